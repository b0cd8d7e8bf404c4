# Lesson 9 from its first page to its last, in a window of any size: what the issue of the
# handshake promises must be seen in the table and on the wire.
# shellcheck shell=sh

port_of() { # HOST STATE COLUMN: the port in the table, 3 local or 4 remote
    masked=$(screen | sed 's/[│~+]/ /g' | grep -E "^ +$1 $2 +192")
    # shellcheck disable=SC2086 # its columns
    set -- "$3" $masked
    shift "$1"
    printf '%s\n' "${1##*:}"
}

first_page() {
    see 'page 1/7'
    see 'server LISTEN +0\.0\.0\.0:6666'
    row '│ LISTEN' # on the ladder
    row 'Connections: none'
    key Space
    see 'page 2/7'
}

syn_held() {
    see 'Space next step'
    key Space
    see 'step 1 of 2'
    see '\+ client CLOSED +not bound yet'
    key Space
    see 'step 2 of 2'
    see '[~+] client SYN-SENT +192\.168\.0\.110:[0-9]+ +192\.168\.0\.101:6666 +sends again'
    row '├─ SYN (seq=0|x[0-9]+).*▶ HELD'
    row 'SYN-SENT │ '
    no_row 'SYN-RECEIVED'
    client_port=$(port_of client SYN-SENT 3)
    read_to '1-3 answer'
    no_row 'right'
    key 1
    see 'Right\.'
    row '\* 1 Nothing +✓ right'
    read_to 'Space next page'
    key Space
    see 'page 3/7'
}

syn_delivered() {
    read_to '1-3 answer'
    key 1
    see 'Not quite\.'
    row '1 0 +✗ not this'
    no_row '2 1 +✓ right'
    key 3
    see '3 6666 +✗ not this'
    row '2 1 +✓ right'
    read_to '1-2 answer'
    key Space
    see 'answer shown'
    read_to 'Space next step'
    key Space
    see 'step 1 of 1'
    see '\+ server SYN-RECEIVED +192\.168\.0\.101:6666'
    row 'client SYN-SENT +192'
    row 'SYN .*▶│'
    row '│ SYN-RECEIVED'
    row 'HELD ◀.* SYN\+ACK'
    [ "$(port_of server SYN-RECEIVED 4)" = "$client_port" ] ||
        fail "the server's half does not name the client's port $client_port"
    read_to 'Space next page'
    key Space
    see 'page 4/7'
}

syn_ack_delivered() {
    read_to '1-3 answer'
    key 2
    see 'Right\.'
    read_to 'Space next step'
    key Space
    see 'step 1 of 2'
    see '~ client ESTABLISHED'
    row 'server SYN-RECEIVED'
    row '│◀.*SYN\+ACK'
    row 'ESTABLISHED │'
    row 'ACK (seq=1 )?ack=1.*▶ HELD'
    row 'connect\(\) = 0'
    read_to '1-3 answer'
}

ack_delivered() {
    key 3
    see 'Not quite\. Try once more'
    key 2
    see 'Right, at the second try'
    read_to 'Space next step'
    key Space
    see 'step 2 of 2'
    see '~ server ESTABLISHED'
    row 'client ESTABLISHED'
    row '│ ESTABLISHED'
    row 'ACK (seq=1 )?ack=1.*▶│'
    no_row 'HELD'
    read_to 'Space next page'
    key Space
    see 'page 5/7'
}

lost_syn() {
    read_to '1-3 answer'
    key 3
    see 'Right\.'
    read_to 'Space next step'
    key Space
    see 'step 1 of 5'
    see '\+ client CLOSED'
    key Space
    see 'step 2 of 5'
    see '✗ '
    see 'client SYN-SENT'
    read_to 'Space next step'
    key Space
    see 'step 3 of 5'
    see '├╌ SYN .*▶ HELD'
    read_to 'Space next step'
    key Space
    see 'step 4 of 5'
    see 'server ESTABLISHED +192.* +192.*not accepted'
    read_to 'Space next step'
    key Space
    see 'step 5 of 5'
    gone 'not accepted'
    read_to 'Space next page'
    key Space
    see 'page 6/7'
}

solution_shown() {
    see 'Stop in the middle' # the page begins at its top
    read_to 'Space show one way'
    no_row 'HELD'
    row 'not yet'
    key Space
    see 'Show one way to do it\?'
    key x
    see 'Space show one way'
    no_row 'solution shown'
    key Space
    see 'Show one way to do it\?'
    key Space
    read_to 'Space run it'
    key Space
    see 'Task: done\.'
    see 'server SYN-RECEIVED'
    row 'client ESTABLISHED'
    row 'ACK.*HELD|HELD.*ACK'
    read_to 'Space next page'
    key Space
    see 'page 7/7'
    read_to 'The end\.'
    row 'one\.'
}

walk_the_handshake() {
    first_page
    syn_held
    syn_delivered
    syn_ack_delivered
    ack_delivered
    lost_syn
    solution_shown
    key q
    see 'Leave this lesson\?'
    key q
    ended 0
}
