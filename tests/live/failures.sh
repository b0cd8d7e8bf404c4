#!/bin/sh
# What check says, and with which status it ends, when something is wrong.
set -u
. "$TESTS/live/libfailures.sh"

lesson good.md <<'END'
host a 10.0.0.1
a: u = socket(AF_INET, SOCK_DGRAM, 0)
a: bind(u, *:5000) => 0
END
check 0 good.md
says out "ok   good.md (1 checks)"
says out "1 passed, 0 failed, 0 skipped"
[ ! -s err ] || fail "a good lesson brings an error"

# ---- Results that do not come. Each: its line, and what came instead. -----------------
before_wrong <<'END'
host a 10.0.0.1
host b 10.0.0.2
wire hold
b: s = socket(AF_INET, SOCK_STREAM, 0)
b: bind(s, *:8080)
b: listen(s, 5)
a: c = socket(AF_INET, SOCK_STREAM, 0)
a: connect(c, 10.0.0.2:8080) => blocks
END
wrong 'b: getsockname(s) => *:9' \
    'expected b: getsockname(s) => *:9, but: 0.0.0.0:8080'
wrong 'b: listen(s, 5) => EINVAL' 'expected b: listen(s, 5) => EINVAL, but: 0'
wrong 'b: bind(s, *:8081)' 'b: bind(s, *:8081): EINVAL'
wrong 'b: connect(s, 10.0.0.1:1) => blocks' \
    'expected b: connect(s, 10.0.0.1:1) => blocks, but: EISCONN'
wrong 'b: getpeername(s)' 'b: getpeername(s): ENOTCONN'
wrong 'a: => 0 within 100ms' \
    'expected a: => 0 within 100ms, but: connect() of a is still blocked'
check_wrongs
says out "     What happened last:"
says out "       a waits in connect(): the kernel has put it to sleep."

# What comes after the first failed line does not run.
lesson stop.md <<'END'
host a 10.0.0.1
a: u = socket(AF_INET, SOCK_DGRAM, 0)
expect a.u connected
a: bind(u, *:5000)
expect a.u LISTEN
END
check 1 --journal journal stop.md
[ "$(grep -c 'stop.md:' out)" = 1 ] || fail "more than one line has failed"
! grep -q '"call":"bind"' journal || fail "the rest has run"

# --watch checks again when the file is saved, also when it is put in its place.
lesson watched.md <<'END'
host a 10.0.0.1
expect a.u bound
END
sed 's/^expect.*/a: u = socket(AF_INET, SOCK_DGRAM, 0)/' watched.md >better.md
"$SOCKETARIUM" check --watch watched.md >watched 2>watching &
watcher=$!
for saved in 1 2; do
    tries=0
    until [ "$(grep -c 'Waiting until it is saved' watching)" = $saved ] || [ $tries = 600 ]; do
        tries=$((tries + 1))
        sleep 0.05
    done
    [ $saved = 1 ] && mv better.md watched.md
done
kill $watcher
wait $watcher 2>/dev/null
[ "$(grep -c '^FAIL watched.md' watched)" = 1 ] && [ "$(grep -c '^ok   watched.md' watched)" = 1 ] || {
    fail "--watch: not first a failure and then a success"
    cat watched watching
}
check 2 --watch good.md stop.md
says err "socketarium: option --watch: expected one FILE, not 2"

# A setting that this kernel does not have is no failure, but is said.
lesson setting.md <<'END'
host a 10.0.0.1
sysctl a net.ipv4.no_such_thing 1
END
check 0 setting.md
grep -q '^     setting.md:9: skipped: .*this kernel has no setting net.ipv4.no_such_thing' out ||
    fail "a setting that does not exist is not said"

# ---- Statuses: the worst of several counts; 2, then 1, then 77 ------------------------
lesson bad.md <<'END'
host a 10.0.0.1
b: u = socket(AF_INET, SOCK_DGRAM, 0)
  a: frob(u)
expect a.u
sysctl a net.ipv4/../../kernel/hostname x
END
check 1 good.md stop.md good.md
says out "2 passed, 1 failed, 0 skipped"
check 2 stop.md bad.md good.md
says out "1 passed, 2 failed, 0 skipped"
[ "$(cut -d: -f1-3 err | tr '\n' ' ')" = \
    "bad.md:9:1 bad.md:10:6 bad.md:11:10 bad.md:11:11 bad.md:12:10 " ] || {
    fail "not all errors, or not there"
    cat err
}
[ "$(sed -n 's/^\([a-zA-Z][a-zA-Z]*\) .*md.*/\1/p' out | tr '\n' ' ')" = "FAIL FAIL ok " ] || fail "not in the order of the command line"

# ---- Files that are no lessons --------------------------------------------------------
printf 'a\0b\n' >nul.md
: >empty.md
printf '\377\376\001' >binary.md
head -c 5000000 /dev/zero | tr '\0' 'x' >large.md
mkdir folder.md
check 2 nul.md
says err "nul.md:1:1: not a text file: expected UTF-8"
check 2 binary.md
says err "binary.md:1:1: not a text file: expected UTF-8"
check 2 empty.md
grep -q '^empty.md:1:1: ' err || fail "an empty file"
check 2 large.md
says err "socketarium: large.md: larger than 4194304 bytes"
check 2 folder.md
says err "socketarium: folder.md: is a directory; expected a file"
check 2 none.md
says err "socketarium: none.md: No such file or directory"
check 2 good.md none.md
says out "1 passed, 1 failed, 0 skipped"

# ---- Wrong use ------------------------------------------------------------------------
check 2
check 2 --unknown good.md
grep -q "unknown option '--unknown'" err || fail "an unknown option"
one_line err
for wrong in --jobs=0 --jobs=65 --jobs=x --jobs= --pause=3 --pause=601s --pause=-1s --coverage=1; do
    check 2 "$wrong" good.md
    one_line err
    [ ! -s out ] || fail "$wrong prints something"
done
check 2 --jobs
check 2 --journal none/journal good.md
check 0 --jobs 1 good.md good.md
check 0 --jobs=64 good.md good.md good.md
says out "3 passed, 0 failed, 0 skipped"
check 0 --pause 1ms good.md
check 0 --coverage good.md
grep -q '^  LISTEN  *not seen$' out || fail "coverage of UDP names LISTEN"
cp good.md ./-good.md
check 0 -- -good.md

# ---- Names of files are made printable --------------------------------------------------
esc=$(printf 'x\033[31m.md')
cp stop.md "$esc"
check 1 "$esc"
! grep -q "$(printf '\033')" out err || fail "an escape in a file's name reaches the terminal"

# ---- Output that cannot be written -------------------------------------------------------
if [ -c /dev/full ]; then
    check 70 --journal /dev/full good.md
    says err "socketarium: cannot write the journal: No space left on device"
    "$SOCKETARIUM" check good.md >/dev/full 2>err
    [ $? = 70 ] || fail "a full disk looks like a passed check"
fi
# A reader that has gone is no error. (The fifo's reader ends before anything is written.)
mkfifo fifo
{
    "$SOCKETARIUM" check good.md good.md 2>err
    echo $? >status
} >fifo &
: <fifo
wait $!
[ "$(cat status)" = 0 ] && [ ! -s err ] || fail "a closed pipe"

# ---- Namespaces refused --------------------------------------------------------------------
refused() { # SYSCTL
    unshare -Ur sh -c "echo 0 >/proc/sys/user/$1 && exec \"\$@\"" sh \
        "$SOCKETARIUM" check good.md bad.md stop.md >out 2>err
    [ $? = 2 ] || fail "refused ($1), and a bad file: not 2"
    says out "0 passed, 1 failed, 2 skipped"
    [ "$(grep -c 'Namespaces are refused' err)" = 1 ] || fail "the refusal is not said once"
    unshare -Ur sh -c "echo 0 >/proc/sys/user/$1 && exec \"\$@\"" sh \
        "$SOCKETARIUM" check good.md stop.md >out 2>err
    [ $? = 77 ] || fail "refused ($1): not 77"
    one_line err
    grep -q "user.$1 is 0. Fix: " err || fail "no cause or no fix"
    says out "0 passed, 0 failed, 2 skipped"
}
if unshare -Ur true 2>/dev/null; then
    refused max_net_namespaces
fi
exit $failed
