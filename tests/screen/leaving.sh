#!/bin/sh
# Every way out gives the terminal back, and leaves nothing behind: q, signals, a crash,
# kill -9, a lab that dies, a terminal that goes.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

interfaces() {
    sed 's/:.*//' /proc/net/dev | sort
}

# Of the program and all that it started: what is not a zombie.
tree() { # PID
    ps -e -o pid= -o ppid= -o stat= | awk -v root="$1" '
        { parent[$1] = $2; state[$1] = $3 }
        END {
            for (pid in parent) {
                for (up = pid; up > 1 && up != root; up = parent[up]) ;
                if (up == root && state[pid] !~ /^Z/)
                    print pid
            }
        }'
}

# When a process started, in the kernel's ticks since boot (proc_pid_stat(5), field 22).
started() { # PID
    sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 20
}

begin() {
    screen_start 80 24 "$SOCKETARIUM" learn 9
    see 'Space next page'
    key Space
    see 'Space next step'
    key Space
    see 'step 1 of 2'
    key Space
    see 'SYN .*▶ HELD'
    processes=$(tree "$(ui_pid)")
    # The screen, the lab, and a program for each host.
    # shellcheck disable=SC2086 # a list
    set -- $processes
    [ $# -ge 4 ] || fail "expected 4 processes or more, found: $processes"
    moment=$(started self)
    spaces=
    for pid in $processes; do
        spaces="$spaces $(readlink "/proc/$pid/ns/pid" 2>/dev/null)"
    done
}

alive() { # PID
    case $(ps -o stat= -p "$1") in
    '' | Z*) return 1 ;;
    esac
}

# A network namespace has no name here: it is gone with the last process in it.
nothing_left() {
    for pid in $processes; do
        tries=0
        while alive "$pid"; do
            once_more "process $pid is left: $(ps -o args= -p "$pid")"
        done
    done
    own=$(readlink /proc/self/ns/pid)
    for space in $spaces; do
        [ "$space" != "$own" ] || continue
        # A process is in one PID namespace all its life. The number of one that has gone is
        # given again, to younger processes.
        # shellcheck disable=SC2010,SC2012 # one process for all links
        for pid in $(ls -l /proc/[0-9]*/ns/pid 2>/dev/null | grep -F "$space" |
            sed 's,.*/proc/\([0-9]*\)/.*,\1,'); do
            alive "$pid" || continue
            since=$(started "$pid" 2>/dev/null)
            [ "${since:-$((moment + 1))}" -gt "$moment" ] ||
                fail "of the lab's namespaces is left: $(ps -o args= -p "$pid")"
        done
    done
    interfaces >"$TMPDIR/interfaces.after"
    cmp -s "$TMPDIR/interfaces" "$TMPDIR/interfaces.after" ||
        fail "interfaces: $(diff "$TMPDIR/interfaces" "$TMPDIR/interfaces.after")"
}

interfaces >"$TMPDIR/interfaces"

begin
[ "$(tm display-message -p -t lesson '#{alternate_on}')" = 1 ] ||
    fail "the lesson is not on the alternate screen"
key q
see 'Leave this lesson\?'
key q
ended 0
nothing_left

begin
key C-c
ended 130
nothing_left

for signal in INT:130 TERM:143 HUP:129 QUIT:131 SEGV:139 ABRT:134; do
    begin
    kill -s "${signal%:*}" "$(ui_pid)"
    ended "${signal#*:}"
    nothing_left
done

# On the list of lessons, too.
screen_start 80 24 "$SOCKETARIUM"
see 'Enter +resume page' # where lesson 9 was left above
kill -s TERM "$(ui_pid)"
ended 143

# Stopped by the terminal's key, and continued: as any program of a shell.
screen_start 80 24 env PS1='prompt ' SOCKETARIUM="$SOCKETARIUM" sh -i
see '^prompt'
# shellcheck disable=SC2016 # for that shell
words '"$SOCKETARIUM" learn 9'
key Enter
see 'Space next page'
key C-z
see 'Stopped'
gone 'Space next page'
words 'fg'
key Enter
see 'Space next page'
key Space
see 'page 2/7'
key q q
see '^prompt'
gone 'page 2/7'

# Nobody can give the terminal back after this, but nothing may outlive the program.
begin
kill -s KILL "$(ui_pid)"
tries=0
until [ -f "$TMPDIR/status" ]; do
    once_more "the program has not ended"
done
nothing_left

# A lab that dies is told, once here and once after the screen has gone.
kill_lab() {
    kill -s KILL "$(ps -e -o pid= -o ppid= |
        awk -v ui="$(ui_pid)" '$2 == ui { print $1; exit }')"
}

# Whatever is on the screen: nothing, a line that is typed, the keys, and a blank one.
for before in x : '?' b; do
    begin
    key "$before"
    case $before in
    :) see '^ :$' ;;
    '?') see '^ Keys' ;;
    b) gone '[^ ]' ;;
    esac
    kill_lab
    see 'The lab has ended unexpectedly\. +Any key: leave'
    key x
    ended 70
    row 'socketarium: the lab has ended unexpectedly'
    nothing_left
done

# A terminal that goes without a signal: the program is not of its session.
# shellcheck disable=SC2016 # for that shell
screen_start 80 24 setsid -w sh -c 'echo $$ >"$TMPDIR/pid"; exec "$@"' sh "$SOCKETARIUM" learn 9
see 'Space next page'
processes=$(tree "$(ui_pid)")
spaces=
moment=0
tm kill-server
nothing_left
