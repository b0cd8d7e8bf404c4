#!/bin/sh
# A terminal that cannot show a screen, or that terminfo does not know: said, and 2.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

for term in dumb no-such-terminal ''; do
    for command in 'learn 9' ''; do
        # shellcheck disable=SC2086 # a list of words
        screen_start 80 24 env TERM="$term" "$SOCKETARIUM" $command
        see "socketarium: TERM: '$term' is no terminal that can show a screen"
        row 'xterm-256color'
        ended 2
    done
done
screen_start 80 24 env -u TERM "$SOCKETARIUM" learn 9
see "socketarium: TERM: ''"
ended 2

# The same lesson in that terminal, with --plain, asks for no screen.
screen_start 80 24 env TERM=dumb "$SOCKETARIUM" learn --plain 9
see '^Enter: next'
key q Enter
ended 0

for term in xterm xterm-256color screen tmux-256color linux vt100; do
    infocmp "$term" >/dev/null 2>&1 || continue
    screen_start 80 24 env TERM="$term" "$SOCKETARIUM" learn 9
    see 'server LISTEN'
    key q
    see 'Leave this lesson'
    key q
    see 'the shell, after'
done
