#!/bin/sh
# check --journal names each packet and each change of state, in the order in which they
# happened.
set -u
failed=0
fail() {
    echo "FAIL: $*"
    failed=1
}

# What a journal says of calls, packets and states; one line each.
order() {
    sed -n \
        -e 's/.*"event":"packet",.*"action":"\([a-z]*\)","from":"\([a-z]*\)","to":"\([a-z]*\)",.*"flags":"\([A-Z+]*\)".*/packet \1 \4 \2->\3/p' \
        -e 's/.*"event":"socket","host":"\([a-z]*\)",.*"change":"\(appeared\|state\|vanished\)","from":"\([A-Z0-9-]*\)","state":"\([A-Z0-9-]*\)".*/socket \1 \3->\4/p' \
        -e 's/.*"event":"call","thread":"\([a-z0-9/]*\)","call":"\([a-z]*\)".*"status":"\([a-z]*\)".*/call \1 \2 \3/p' "$1"
}

run() { # JOURNAL FILE...
    journal=$1
    shift
    "$SOCKETARIUM" check --journal "$journal" "$@" >"$TMPDIR/out" 2>&1
    status=$?
    if [ $status = 77 ]; then
        cat "$TMPDIR/out"
        exit 77
    fi
    [ $status = 0 ] || { fail "check $* ends with $status"; cat "$TMPDIR/out"; }
}

cd "$TMPDIR" || exit 1
cat >opening <<'END'
call server socket started
call server socket returned
socket server CLOSED->CLOSED
call server bind started
call server bind returned
call server listen started
call server listen returned
socket server CLOSED->LISTEN
call server accept started
call server accept blocked
END
cat >connecting <<'END'
call client socket started
call client socket returned
socket client CLOSED->CLOSED
call client connect started
packet held SYN client->server
socket client CLOSED->SYN-SENT
call client connect blocked
END
cat >handshake <<'END'
packet delivered SYN client->server
socket server LISTEN->SYN-RECEIVED
packet held SYN+ACK server->client
packet delivered SYN+ACK server->client
socket client SYN-SENT->ESTABLISHED
packet held ACK client->server
call client connect returned
END
cat >open <<'END'
packet delivered ACK client->server
socket server SYN-RECEIVED->ESTABLISHED
END
{
    cat opening connecting handshake open
    echo "call server accept returned"
    cat connecting
    # The lost SYN, and the copy of it.
    echo "packet dropped SYN client->server"
    echo "packet held SYN client->server"
    cat handshake open
    echo "call server accept started"
    echo "call server accept returned"
    # The task, in a lab of its own.
    cat opening connecting handshake
} >expected
run nine "$SOCKETARIUM_LESSONS"/09-*.md
order nine >found
# The lost SYN may be sent more than once while this machine is busy: a copy that joins is
# no new packet. So each packet of the lesson is told once.
grep -v '"joins"' nine >alone
order alone >found
diff -u expected found || fail "lesson 09 in another order"

# Every line is an object; seq has no gaps.
awk -F'[:,]' '!/^\{.*\}$/ { print "line " NR " is no object"; bad = 1 }
    NR > 1 && !($1 == "{\"seq\"" && $2 == NR - 1) { print "line " NR ": " substr($0, 1, 60); bad = 1 }
    END { exit bad }' nine || fail "the journal's lines"
head -n 1 nine | grep -q '"event":"lab","format":1' || fail "the first line is no lab"

# A SYN comes before the news that its connect() has blocked, also where many threads make
# the lab slow to look.
{
    printf '# Many\n\nMany threads.\n\n## One\n\n```lab\nhost a 10.0.0.1\nhost b 10.0.0.2\nwire hold\n'
    i=0
    while [ $i -lt 100 ]; do
        i=$((i + 1))
        echo "a/t$i: c = socket(AF_INET, SOCK_STREAM, 0)"
        echo "a/t$i: connect(c, 10.0.0.2:5000) => blocks"
    done
    printf '```\n'
} >many.md
run many many.md
order many | awk '/connect started/ { started = $2 }
    /connect blocked/ && before == "call " started " connect started" { print; bad++ }
    { before = $0 }
    END { exit bad > 0 }' || fail "connect() is told to block before its SYN"
[ "$(order many | grep -c 'connect blocked')" = 100 ] || fail "not each connect() blocked"

# What is held when the wire becomes slow is on its way from then on.
cat >slow.md <<'END'
# Slow

Let go, slowly.

## One

```lab
host a 10.0.0.1
host b 10.0.0.2
wire hold
a: u = socket(AF_INET, SOCK_DGRAM, 0)
a: sendto(u, "1", 10.0.0.2:5000)
a: sendto(u, "2", 10.0.0.2:5000)
duplicate
wire slow 20ms
```
END
run slow slow.md
sed -n 's/.*"event":"packet","id":\([0-9]*\),"action":"\([a-z]*\)".*"flags":"UDP".*/\1 \2/p' slow |
    tr '\n' ' ' >found
[ "$(cat found)" = "1 held 2 held 3 duplicated 1 sent 3 sent 2 sent 1 delivered 3 delivered 2 delivered " ] ||
    fail "held packets that cross slowly: $(cat found)"

# A kill is told before what it causes, and the next line comes after all of that.
cat >killed.md <<'END'
# Killed

Cause and effect.

## One

```lab
host a 10.0.0.1
host b 10.0.0.2
b: s = socket(AF_INET, SOCK_STREAM, 0)
b: bind(s, *:5000)
b: listen(s, 5)
a: c = socket(AF_INET, SOCK_STREAM, 0)
a: connect(c, 10.0.0.2:5000)
a: k = fork()
a: close(c)
kill a/k
b: conn = accept(s)
kill b
```
END
run killed killed.md
sed -n -e 's/.*"host":"\([a-z]*\)","change":"exited".*"text":"\([A-Z]*\)".*/\1 \2/p' \
    -e 's/.*"event":"packet",.*"action":"sent","from":"\([a-z]*\)".*"flags":"FIN+ACK".*/\1 FIN/p' \
    -e 's/.*"event":"socket","host":"\([a-z]*\)",.*"state":"\(FIN-WAIT-1\|LAST-ACK\)".*/\1 \2/p' \
    -e 's/.*"event":"step",.*"text":"b: conn = .*/next/p' \
    killed | tr '\n' ' ' >found
[ "$(cat found)" = "a SIGKILL a FIN a FIN-WAIT-1 next b SIGKILL b FIN b LAST-ACK " ] ||
    fail "killed programs: $(cat found)"

# Several lessons: whole, one after the other, as on the command line.
run three --jobs 3 "$SOCKETARIUM_LESSONS"/06-*.md "$SOCKETARIUM_LESSONS"/09-*.md \
    "$SOCKETARIUM_LESSONS"/02-*.md
lessons=$(sed -n 's/^{"event":"lab","format":1,.*"lesson":"\([0-9]*\)-.*/\1/p' three | tr '\n' ' ')
[ "$lessons" = "06 09 02 " ] || fail "lessons in the order '$lessons'"
awk '/^\{"event":"lab","format":1/ { seq = 0; next }
    { if (index($0, "{\"seq\":" ++seq ",") != 1) { print substr($0, 1, 60); bad = 1 } }
    END { exit bad }' three || fail "seq of several lessons"
exit $failed
