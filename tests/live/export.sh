#!/bin/sh
# export writes what a journal holds: text, pictures, captures, JSON, handouts. What tshark
# reads from a capture is what the journal says of the packets.
set -u
failed=0
fail() {
    echo "FAIL: $*"
    failed=1
}

cd "$TMPDIR" || exit 1
"$SOCKETARIUM" check --journal both "$SOCKETARIUM_LESSONS"/09-*.md \
    "$SOCKETARIUM_LESSONS"/17-*.md >out 2>&1
status=$?
[ $status = 77 ] && { cat out; exit 77; }
[ $status = 0 ] || { fail "check ends with $status"; cat out; }

export_() { # ARGUMENTS: into the file `out`
    "$SOCKETARIUM" export "$@" >out 2>err || { fail "export $*: status $?"; cat err; }
}

# A lesson that was run again, as r does: the last run is what counts.
"$SOCKETARIUM" check --journal again "$SOCKETARIUM_LESSONS"/09-*.md >/dev/null
export_ again --json
mv out last
{ "$SOCKETARIUM" check --journal before "$SOCKETARIUM_LESSONS"/09-*.md >/dev/null; }
cat before again >twice
export_ twice --json
cmp -s last out || fail "not the last run of a lesson is exported"

# ---- Pictures and text --------------------------------------------------------------

export_ both --at step:2
cat >expected <<'END'
            client                                           server
         192.168.0.110                                    192.168.0.101
               │            s = socket(AF_INET, SOCK_STREAM, 0) │ CLOSED
               │                                bind(s, *:6666) │
               │                                   listen(s, 5) │ LISTEN
               │                               conn = accept(s) │
        CLOSED │ c = socket(AF_INET, SOCK_STREAM, 0)            │
               │ connect(c, 192.168.0.101:6666)                 │
               ├─ SYN seq=0 win=64240 ─▶ HELD                   │
      SYN-SENT │                                                │

   HOST   STATE        LOCAL               REMOTE              NOW
 Listening
   server LISTEN       0.0.0.0:6666                            0 waiting, room 6
 Connections
 ~ client SYN-SENT     192.168.0.110:PORT  192.168.0.101:6666  sends again SOON
 Connectionless: none
END
sed -e 's/110:[0-9]\{5\}/110:PORT /' -e 's/again [0-9.]* s/again SOON/' out | diff expected - ||
    fail "step 2 of lesson 9 looks different"

export_ both --at step:2 --view screen --size 80x24
[ "$(wc -l <out)" = 24 ] || fail "the screen has $(wc -l <out) lines"
grep -q '2 That somebody is' out || fail "the question is not on the screen"
grep -q '✓' out && fail "the answer is on the screen"
export_ both --at step:2 --ascii
grep -q -- '+- SYN seq=0 win=64240 -> HELD' out || fail "no ladder in ASCII"
LC_ALL=C grep -q '[^ -~]' out && fail "ASCII has other characters"
export_ both --view states --lesson 17
grep -q 'ESTABLISHED' out || fail "no map of the states"
export_ both --lesson lost-twice-out-of-order-damaged --view table --at page:1
grep -q '^ Connections' out || fail "no table"

for theme in light dark auto contrast mono; do
    export_ both --svg --at step:2 --theme $theme
    [ "$(head -c 5 out)" = "<svg " ] || fail "$theme: no SVG"
    grep -q '>HELD</text>\|>SYN seq=0</text>' out || fail "$theme: no packet"
    if command -v xmllint >/dev/null 2>&1; then
        xmllint --noout out || fail "$theme: no XML"
    fi
done

# ---- A capture ----------------------------------------------------------------------

# What the journal says of each packet as it enters the wire: FLAGS SEQ ACK LEN, absolute.
packets() { # LESSON
    awk -v lesson="$1" '/^\{"event":"lab".*"text":/ { on = index($0, "\"lesson\":\"" lesson) }
        on && /"event":"packet"/ && /"frame"/ && !/"action":"corrupted"/' both |
        sed -n 's/.*"flags":"\([A-Z+]*\)".*"len":\([0-9]*\).*"seq_absolute":\([0-9]*\)\(,"ack_absolute":\([0-9]*\)\)\{0,1\}.*/\1 \3 \5 \2/p' |
        awk 'NF == 3 { $4 = $3; $3 = 0 } { print $1, $2, $3, $4 }'
}

if command -v tshark >/dev/null 2>&1; then
    for lesson in 09 17; do
        "$SOCKETARIUM" export both --lesson $lesson --pcap -o capture || fail "export --pcap"
        packets $lesson >expected
        [ -s expected ] || fail "lesson $lesson has no packets"
        tshark -r capture -o tcp.relative_sequence_numbers:FALSE -T fields \
            -e tcp.flags.syn -e tcp.flags.fin -e tcp.flags.reset -e tcp.flags.ack \
            -e tcp.seq -e tcp.ack -e tcp.len 2>err |
            awk 'function set(field) { return field ~ /1|True/ }
                { word = $7 > 0 ? "DATA" : ""
                  if (!word && set($1)) word = "SYN"
                  if (!word && set($2)) word = "FIN"
                  if (!word && set($3)) word = "RST"
                  if (set($4) && word != "DATA") word = word (word ? "+" : "") "ACK"
                  print word, $5, $6, $7 }' >found
        diff expected found || fail "lesson $lesson: < the journal, > tshark"
        tshark -r capture -o tcp.check_checksum:TRUE -o ip.check_checksum:TRUE \
            -Y 'tcp.checksum.status == 0 or ip.checksum.status == 0' >wrong 2>err
        [ -s wrong ] && { fail "wrong checksums"; cat wrong; }
        # In the order in which they were, at the times of the lab's day.
        tshark -r capture -T fields -e frame.time_epoch 2>err >times
        sort -n -c times || fail "lesson $lesson: the times go back"
        first=$(sed -n "s/.*\"lesson\":\"$lesson-.*//; s/.*\"received_ns\":\([0-9]\{10\}\).*/\1/p" both |
            head -n 1)
        [ "$(head -n 1 times | cut -c 1-7)" = "$(echo "$first" | cut -c 1-7)" ] ||
            fail "lesson $lesson: the time $(head -n 1 times)"
    done
    # A moment ends the capture, too.
    "$SOCKETARIUM" export both --pcap --at step:2 | tshark -r - 2>err | grep -c SYN >found
    [ "$(cat found)" = 1 ] || fail "up to step 2 there is one SYN, not $(cat found)"
else
    echo "tshark is missing: the captures are not read"
fi

# ---- JSON, handouts -----------------------------------------------------------------

export_ both --json --at step:2
[ "$(sed 's/^{"object":"\([a-z]*\)".*}$/\1/' out | tr '\n' ' ')" = \
    "moment host host socket socket packet thread thread " ] || fail "--json: $(cat out)"

export_ both --handout
[ "$(grep -c '^```$' out)" -gt 10 ] || fail "the handout has few pictures"
grep -q '^## Answers$' out || fail "the handout has no answers"
grep -q '\[x\]' out && fail "the handout has boxes that are marked"
export_ both --handout --no-answers
grep -q '^## Answers$' out && fail "the handout has answers"
# A lesson that is run for it.
export_ 9 --handout
grep -q 'SYN-RECEIVED' out || fail "a handout of lesson 9 as it runs"

# ---- Files --------------------------------------------------------------------------

mkdir folder && echo old >folder/target && ln -s folder/target link && chmod 600 folder/target
"$SOCKETARIUM" export both -o link || fail "-o link"
[ -L link ] && grep -q LISTEN folder/target || fail "the link was replaced, not its file"
[ "$(stat -c %a folder/target)" = 600 ] || fail "the file has other rights"
[ "$(ls folder)" = target ] || fail "something was left: $(ls folder)"
mkfifo pipe
cat pipe >piped &
"$SOCKETARIUM" export both -o pipe || fail "-o into a pipe"
wait
[ -p pipe ] || fail "the pipe was replaced"
diff piped folder/target || fail "the pipe was given something else"
"$SOCKETARIUM" export - <both >out || fail "a journal on standard input"
head -c 20000 both >growing
"$SOCKETARIUM" export growing >out || fail "a journal whose last line is not whole yet"
"$SOCKETARIUM" export both | head -n 1 >out || fail "a closed pipe"

# ---- Wrong use ----------------------------------------------------------------------

refused() { # WORDS ARGUMENTS
    words=$1
    shift
    "$SOCKETARIUM" export "$@" >out 2>err
    [ $? = 2 ] || fail "export $*: not 2"
    [ -s out ] && fail "export $*: something on standard output"
    grep -q -F -- "$words" err || fail "export $*: expected '$words', not $(cat err)"
}

refused "expected one JOURNAL or LESSON"
refused "not several" both --svg --json
refused "option --at: 'page'; expected page:N, step:N or end" both --at page
refused "option --at: page 9: 7 pages of the lesson are recorded" both --at page:9
refused "steps of the lesson are recorded" both --at step:100
refused "expected one of screen, ladder, table, states" both --view wire
refused "option --size: '20x5'" both --view screen --size 20x5
refused "option --size: '80x24x'" both --size 80x24x
refused "expected one of auto, dark, light, contrast, mono" both --theme blue
refused "is not in it; expected 09-the-three-way-handshake, 17-" both --lesson 3
refused "no lesson 'nothing'" nothing
refused "no-such-folder/x: No such file" both -o no-such-folder/x
: >empty
refused "empty:1: it has no line" empty
sed '5s/.*/{"seq":4}/' both >damaged
refused "damaged:5: column" damaged
sed '5s/"host":"client"/"host":"nobody"/; 5s/added/exited/' both >stranger
refused "stranger:5: unknown host" stranger
exit $failed
