#!/bin/sh
# What check says of a page, of the world's lines, of calls and of demo programs that are
# written wrong: FILE:LINE:COLUMN and a sentence. All of a file are told, and nothing runs.
set -u
. "$TESTS/live/libfailures.sh"

refused() { # FILE: is refused, with the messages on standard input, with LF and with CRLF
    cat >refusals
    check 2 "$1"
    diff -u refusals err || fail "$1 is not refused so"
    sed 's/$/\r/' "$1" >crlf
    mv crlf "$1"
    check 2 "$1"
    diff -u refusals err || fail "$1 is not refused so with CRLF"
}

# ---- The page -------------------------------------------------------------------------
cat >head.md <<'END'
Hello.

# Title

Summary.
Level: core

Level: hard
Time: long

Too late.

## One

# Again
END
refused head.md <<'END'
head.md:1:1: expected '# Title' before anything else
head.md:6:1: expected 'Level:' in a paragraph below the summary
head.md:8:1: unknown level 'hard': expected core, more or deep
head.md:9:1: unknown time 'long': expected minutes, such as 10 min
head.md:11:1: this stands before the first page: expected a '## Heading' above it
head.md:15:3: a second title: expected '# Title' once, at the top
END

cat >blocks.md <<'END'
# Title

```lab
wait 1s
```

## One

```lab stup
wait 1s
```

- An item

  ```lab
  wait 1s
  ```

Nothing right?

- [ ] a
- [ ] b

Boxes on some?

- [x] a
- b

Too many?

- [x] 1
- [ ] 2
- [ ] 3
- [ ] 4
- [ ] 5
- [ ] 6
- [ ] 7
- [ ] 8
- [ ] 9
- [ ] 10

```lab
host a 10.0.0.1
```

- [x] Nobody asks.

> Inside?
>
> - [x] a

```lab task
wait 1s
```

```lab
+ wait 1s
```

```lab solution
wait 1s
```

## Two

```lab
wait 1s
END
refused blocks.md <<'END'
blocks.md:3:4: a lab block before the first page: expected it below a '## Heading'
blocks.md:9:8: unknown word 'stup' after 'lab': expected 'setup', 'task' or 'solution'
blocks.md:15:6: a lab block inside a list or quote: expected it at top level
blocks.md:21:4: no answer of this question is right: mark one [x]
blocks.md:27:3: an item without a box in a list that has boxes: expected [ ] or [x] on every item
blocks.md:40:4: answer 10 of a question: it may have at most 9
blocks.md:46:4: a question needs a paragraph before it that asks it
blocks.md:50:6: a question inside a list or quote: expected it at top level
blocks.md:52:1: a task without solution: expected a 'lab solution' block right after it
blocks.md:53:1: a task holds only 'expect' lines: expected this one in a 'lab' or 'lab solution' block
blocks.md:57:3: '+' joins the step before, and there is none in this block: expected the line without it
blocks.md:60:1: a solution without task: expected a 'lab task' block right before it
blocks.md:66:4: the fence that begins here is not closed: expected a line ```
END

# ---- Lab lines. Each wrong one: itself, its column and what is said. --------------------
begin_bad() { # FILE: its first lines on standard input
    bad_file=$1
    cat >lines
    : >messages
}

bad() { # LINE COLUMN MESSAGE
    printf '%s\n' "$1" >>lines
    also "$2" "$3"
}

also() { # COLUMN MESSAGE: one more of the same line
    printf '%s\n' "$bad_file:$((7 + $(wc -l <lines))):$1: $2" >>messages
}

end_bad() {
    lesson "$bad_file" <lines
    refused "$bad_file" <messages
}

begin_bad world.md <<'END'
host server 192.168.0.101 # the first
END
bad 'é' 1 "unknown command 'é': expected a command such as deliver or expect, or 'HOST: CALL(...)'"
bad 'wait "é" x' 6 "'\"é\"' is no duration: expected one such as 500ms or 2s"
also 10 "'x' is not expected here: expected the end of the line"
bad 'wait 5m' 6 "'5m' is no duration: expected one such as 500ms or 2s"
bad 'wait 11m#in' 6 "'11m#in' is no duration: expected one such as 500ms or 2s"
bad 'wait 601s' 6 "'601s' is out of range: expected 1ms to 600s (10 minutes)"
bad 'wait "1s' 6 'a text that is not closed: expected a second "'
bad '#5 is a packet' 1 "unknown command '#5': expected a command such as deliver or expect, or 'HOST: CALL(...)'"
bad 'client: close(s)' 1 "unknown host 'client': expected the name of a host that an earlier 'host' line made"
bad 'host client' 12 'the line ends too early: expected an address such as 192.168.0.101'
bad 'host b 10.0.0.300' 8 "'10.0.0.300' is no address: expected one such as 192.168.0.101 or fd00::1"
bad 'host c 10.0.0.2/0' 17 "'0' is out of range: expected one from 1 to 32"
bad 'host d 10.0.0.3 rto=5' 21 "'5' is no duration: expected one such as 500ms or 2s"
bad 'host e 10.0.0.4 ack=now' 17 "unknown word 'ack=now': expected rto=DURATION or ack=delayed"
bad 'host f 192.168.0.101' 8 "the address 192.168.0.101 is that of 'server': expected another one"
bad 'host server 10.0.0.5' 6 "there is a host 'server' already: expected another name"
bad 'sysctl server kernel.hostname x' 15 "'kernel.hostname' is no key of a host's network: expected one such as net.ipv4.tcp_syn_retries"
bad 'sysctl server net.ipv4.tcp_sack' 32 'the line ends too early: expected a value'
bad 'wire stop' 6 "unknown wire mode 'stop': expected hold, flow or slow DURATION"
bad 'wire slow' 10 'the line ends too early: expected a duration such as 500ms'
bad 'wait' 5 'the line ends too early: expected a duration such as 2s'
bad 'reset all' 7 "'all' is not expected here: expected the end of the line"
end_bad

begin_bad names.md <<'END'
END
for word in all count no wire within last nobody host sysctl wait reset demo pace step \
    deliver drop duplicate corrupt replay unplug plug kill firewall inject crash boot \
    destroy run expect; do
    bad "host $word 10.0.0.1" 6 "a host cannot be called '$word', which means something else: expected another name"
    echo reset >>lines # the address is free again
done
for word in 1a a- _a a.b abcdefghijklmnop; do
    bad "host $word 10.0.0.1" 6 "'$word' cannot name a host: expected a letter, then letters, digits, _ or -, at most 15 in all, no - at the end"
done
echo 'host good 10.0.0.2' >>lines
bad 'good/abcdefghijklmnop: exit()' 6 "'abcdefghijklmnop' cannot name a thread: expected a letter, then letters, digits, _ or -, at most 15 in all, no - at the end"
bad 'good: abcdefghijklmnop = fork()' 7 "'abcdefghijklmnop' cannot name a variable: expected a letter, then letters, digits, _ or -, at most 15 in all, no - at the end"
end_bad

# ---- Calls -------------------------------------------------------------------------------
begin_bad calls.md <<'END'
host server 192.168.0.101
server: s = socket(AF_INET, SOCK_STREAM, 0)
server: n = send(s, "x")
END
arguments() { # CALL COUNT USAGE: too few or too many
    bad "server: $1(s, 1, 2, 3)" 9 "$1 takes $2, not 4: expected $1($3)"
}
arguments bind '2 arguments' 'SOCKET, ADDRESS:PORT'
arguments listen '2 arguments' 'SOCKET, NUMBER'
arguments accept '1 argument' 'SOCKET'
arguments connect '2 arguments' 'SOCKET, ADDRESS:PORT'
arguments send '2 arguments' 'SOCKET, "text"'
arguments recv '2 arguments' 'SOCKET, SIZE'
arguments sendto '3 arguments' 'SOCKET, "text", ADDRESS:PORT'
arguments recvfrom '2 arguments' 'SOCKET, SIZE'
arguments shutdown '2 arguments' 'SOCKET, SHUT_WR'
arguments close '1 argument' 'SOCKET'
arguments setsockopt '3 arguments' 'SOCKET, OPTION, VALUE'
arguments getsockopt '2 arguments' 'SOCKET, OPTION'
arguments getsockname '1 argument' 'SOCKET'
arguments getpeername '1 argument' 'SOCKET'
arguments return '0 arguments' ''
arguments exit '0 arguments' ''
bad 'server: t = socket(AF_INET, SOCK_STREAM)' 13 'socket takes 3 arguments, not 2: expected socket(AF_INET, SOCK_STREAM, NUMBER)'
bad 'server: t = fork(s)' 13 'fork takes 0 arguments, not 1: expected fork()'
bad 'server: fork()' 9 'the child needs a name: expected child = fork()'
for call in 'bind(s, *:80)' 'listen(s, 1)' 'connect(s, 10.0.0.1:1)' 'sendto(s, "", 10.0.0.1:1)' \
    'recvfrom(s, 1)' 'shutdown(s, SHUT_RD)' 'close(s)' 'setsockopt(s, TCP_NODELAY, 1)' \
    'getsockopt(s, SO_ERROR)' 'getsockname(s)' 'getpeername(s)' 'return()' 'exit()'; do
    bad "server: v = $call" 13 "${call%%(*}() gives nothing to keep: expected no 'v =' (only socket, accept, recv, send and fork set a variable)"
done
bad 'server: bind(n, *:80)' 14 "'n' holds a number: expected a variable with a socket"
bad 'server: bind(other, *:80)' 14 "unknown variable 'other': expected one that an earlier line on this host has set"
bad 'server: bind(s, [fd00::1:80)' 17 "'[fd00::1:80' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666 or [fd00::1]:80"
bad 'server: bind(s, *:65536)' 19 "'65536' is out of range: expected one from 0 to 65535"
bad 'server: connect(s, *:80)' 20 "'*:80': '*' is for bind; expected the ADDRESS:PORT of the other side"
bad 'server: listen(s, "5")' 19 "'\"5\"' is no number: expected a whole number"
bad 'server: send(s, "x" * 16777217)' 23 "'16777217' is out of range: expected one from 1 to 16777216"
bad 'server: send(s, "xy" * 8388609)' 17 'too much data: expected at most 16 MiB'
bad 'server: send(s, "\z")' 18 "unknown escape '\\z': expected one of C's, such as \\n, \\x41 or \\0"
bad 'server: recv(s, 16777217)' 17 "'16777217' is out of range: expected one from 0 to 16777216"
bad 'server: shutdown(s, SHUT_WRR)' 21 "unknown way to shut down 'SHUT_WRR'; did you mean 'SHUT_WR'?"
bad 'server: setsockopt(s, SO_REUSEADDRESS, 1)' 23 "unknown socket option 'SO_REUSEADDRESS'; did you mean 'SO_REUSEADDR'?"
bad 'server: setsockopt(s, SO_ERROR, 1)' 23 "'SO_ERROR' can only be read: expected getsockopt(s, SO_ERROR)"
bad 'server: setsockopt(s, SO_LINGER, 5)' 34 "'5' is no value of SO_LINGER: expected \"on,SECONDS\", such as \"1,0\""
bad 'server: setsockopt(s, TCP_KEEPIDLE, "on,5")' 37 "'\"on,5\"' is no number: expected a whole number"
bad 'server: listen(s, 5) => blocks' 25 'listen() never blocks: expected another result'
bad 'server: send(s, "x") => "x"' 25 'send() gives no data: only recv and recvfrom do; expected another result'
bad 'server: send(s, "x") => 10.0.0.1:1' 25 'send() gives no ADDRESS:PORT: only accept, recvfrom, getsockname and getpeername do'
bad 'server: recv(s, 1) => "x" from 10.0.0.1:1' 23 'recv() does not tell a sender: only recvfrom does'
bad 'server: recv(s, 1) => ECONNREST' 23 "unknown result 'ECONNREST'; did you mean 'ECONNRESET'?"
bad 'server: recv(s, 1) => 0 within 5s' 25 "'within' is not expected here: expected it in a line of its own, 'THREAD: => RESULT within DURATION'"
bad 'server: => 0 within 601s' 21 "'601s' is out of range: expected 1ms to 600s (10 minutes)"
bad 'server/web: => 0' 1 "'server/web' has made no call yet: expected one before '=>'"
bad 'server: exit() => 0' 19 "exit() gives nothing: expected no '=>'"
bad 'server: return() => blocks' 21 "return() gives nothing: expected no '=>'"
bad 'server: => 0' 12 "return() gives nothing: expected no '=>'"
end_bad

# ---- Demo programs ------------------------------------------------------------------------
begin_bad demos.md <<'END'
host server 192.168.0.101
END
bad 'step server' 6 "no demo program runs on 'server': expected a 'demo' line before it"
for program in tcp-echo-server tcp-threaded-server tcp-forking-server tcp-select-server \
    http-server udp-echo-server; do
    bad "demo server $program" 13 "wrong number of arguments: expected $program PORT"
done
bad 'demo server tcp-client' 13 'wrong number of arguments: expected tcp-client ADDRESS:PORT [TEXT]'
bad 'demo server udp-client 10.0.0.1:1 a b' 13 'wrong number of arguments: expected udp-client ADDRESS:PORT [TEXT]'
bad 'demo server tcp-echo-server 65536' 29 "'65536' is out of range: expected one from 1 to 65535"
bad 'demo server udp-client 10.0.0.1' 24 "'10.0.0.1' is no ADDRESS:PORT: expected one such as 192.168.0.101:6666 or [fd00::1]:80"
bad 'demo server tcp-eco-server 7' 13 "unknown demo program 'tcp-eco-server'; did you mean 'tcp-echo-server'?"
bad 'pace walk' 6 "unknown pace 'walk': expected call or run"
bad 'step server 0' 13 "'0' is out of range: expected one from 1 to 10000"
bad 'step sever' 6 "unknown host 'sever'; did you mean 'server'?"
end_bad

exit $failed
