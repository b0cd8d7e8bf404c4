#!/bin/sh
# How a page unfolds: what is shown after which line, question and task, and which lines
# are one step.
set -u
cd "$TMPDIR" || exit 1

cat >page.md <<'END'
# Unfold

A page, bit by bit.

## One

Before.

```lab
wire hold
a: bind(u, *:5000) => 0
expect a.u unconnected
wire flow
pace run
sysctl a net.ipv4.ip_default_ttl 65
a: t = socket(AF_INET, SOCK_DGRAM, 0)
+ a: close(t)
a: recv(u, 1) => blocks
a/two: sendto(u, "x", 10.0.0.1:5000)
a: => 1
expect a idle
firewall clear
```

After the block.

```lab setup
host a 10.0.0.1
a: u = socket(AF_INET, SOCK_DGRAM, 0)
```

A question?

- [x] a
- [ ] b

> Because.

After the question.

```lab task
expect a.v unconnected
expect a.u unconnected
```

<!-- note: n -->

```lab solution
a: v = socket(AF_INET, SOCK_DGRAM, 0)
```

After the task.

## Two

Nothing runs.

```lab
# but a comment
```

## Three

```lab
reset
host b 10.0.0.2
```
END

# "shown": the blocks of the page, in order: 0 prose, 1 lab, 2 prose, 3 setup, 4 prose,
# 5 question, 6 prose, 7 task, 8 note, 9 solution, 10 prose.
cat >wanted <<'END'
page 1 shows 1
run 1
  host a 10.0.0.1
  a: u = socket(AF_INET, SOCK_DGRAM, 0)
done
page 1 shows 1
run 1 step 1
  wire hold
  a: bind(u, *:5000) => 0
  expect a.u unconnected
done
run 1 step 2
  wire flow
  pace run
  sysctl a net.ipv4.ip_default_ttl 65
  a: t = socket(AF_INET, SOCK_DGRAM, 0)
  a: close(t)
done
run 1 step 3
  a: recv(u, 1) => blocks
done
run 1 step 4
  a/two: sendto(u, "x", 10.0.0.1:5000)
  a: => 1
  expect a idle
  firewall clear
done
page 1 shows 6
question open
question shown
page 1 shows 8
task open
task shown
run 1
  a: v = socket(AF_INET, SOCK_DGRAM, 0)
done
run 1
  expect a.v unconnected
  expect a.u unconnected
done
task done
page 1 shows 11 and is finished
page 2 shows 1
page 2 shows 1
page 2 shows 2 and is finished
page 3 shows 0
page 3 shows 0
run 3 step 1
  reset
  host b 10.0.0.2
done
page 3 shows 1 and is finished
END

"$SOCKETARIUM" check --journal journal page.md >out 2>&1
status=$?
if [ $status != 0 ]; then
    cat out
    exit $status
fi
# A task is told again whenever more of it holds: once is enough here.
sed -n \
    -e 's/\\"/"/g' \
    -e 's/.*"event":"page","page":\([0-9]*\),"pages":3,"shown":\([0-9]*\),"finished":true.*/page \1 shows \2 and is finished/p' \
    -e 's/.*"event":"page","page":\([0-9]*\),"pages":3,"shown":\([0-9]*\),.*/page \1 shows \2/p' \
    -e 's/.*"event":"page","page":\([0-9]*\),"pages":3,"title".*/page \1 shows 0/p' \
    -e 's/.*"event":"step","page":\([0-9]*\).*,"step":\([0-9]*\).*,"status":"started".*/run \1 step \2/p' \
    -e 's/.*"event":"step","page":\([0-9]*\).*,"status":"started".*/run \1/p' \
    -e 's/.*"event":"step".*"status":"line".*"text":"\(.*\)"}$/  \1/p' \
    -e 's/.*"event":"step".*"status":"done".*/done/p' \
    -e 's/.*"event":"\(question\|task\)".*"status":"\([a-z]*\)".*/\1 \2/p' journal |
    uniq >found
# shellcheck disable=SC2094 # pages 2 and 3 begin twice, which uniq joins
uniq wanted | diff -u - found || {
    echo "FAIL: the page does not unfold so"
    exit 1
}
