#!/bin/sh
# `run` starts a program of the user's inside a host; check does so only when allowed.
set -u
program=${SOCKETARIUM:-build/socketarium}
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
command -v bash >/dev/null 2>&1 || { echo "bash is missing"; exit 77; }

cat >"$dir/run.md" <<'END'
# A program of the user's

It talks to a lesson's server.

## One

```lab
host server 192.168.0.101
host client 192.168.0.110
server: s = socket(AF_INET, SOCK_STREAM, 0)
server: bind(s, *:6666)
server: listen(s, 5)
run client bash -c 'exec 3<>/dev/tcp/192.168.0.101/6666; echo hello >&3; cat <&3'
server: c = accept(s) => 192.168.0.110:*
server: recv(c, 100) => "hello\n"
server: send(c, "bye\n")
server: close(c)
expect count client ESTABLISHED = 0
```
END

"$program" check "$dir/run.md" >"$dir/out" 2>"$dir/err"
status=$?
if [ $status -ne 2 ] || ! grep -q "run.md:13: run client bash" "$dir/err" ||
    ! grep -q -- "--allow-run" "$dir/err"; then
    echo "without --allow-run: status $status, expected 2, the line and the option"
    cat "$dir/out" "$dir/err"
    exit 1
fi
"$program" check --allow-run --journal "$dir/journal" "$dir/run.md" >"$dir/out" 2>&1
status=$?
[ $status -eq 77 ] && { cat "$dir/out"; exit 77; }
if [ $status -ne 0 ] || ! grep -q '"event":"output","host":"client","text":"bye"' "$dir/journal"; then
    echo "with --allow-run: status $status, expected 0 and the output of the program"
    cat "$dir/out"
    exit 1
fi
