# What the screen tests share: the real program in a terminal of tmux. Keys go in; what
# stands on the screen is waited for, never for how long. Read with: . "$TESTS/screen/libscreen.sh"
#
#   screen_start WIDTH HEIGHT COMMAND...   a new terminal that runs COMMAND
#   key NAME...      tmux's names: Space Enter PgUp 1 q; all of them in one burst
#   words TEXT       as if it was typed
#   click, wheel     the mouse
#   see REGEX        waits for a row that matches (grep -E); gone REGEX for none
#   row, no_row      the same, for more of a picture that is there already
#   picture TEXT     the whole screen, with what differs from run to run masked
#   ended STATUS     waits for the command's end, and for the terminal as it was
# shellcheck shell=sh disable=SC2034

export LC_ALL=C.UTF-8 LANG=C.UTF-8
SCREEN_TERM=${SCREEN_TERM:-screen-256color}
terminals=0 # so far; each has a server of its own
TRIES=${TRIES:-600} # of 50 ms each: what has not happened then will not

skip() {
    echo "$*"
    exit 77
}

fail() {
    echo "FAIL: $*"
    echo "---- the screen:"
    screen
    echo "----"
    cat "$TMPDIR/tmux.errors" 2>/dev/null
    exit 1
}

command -v tmux >/dev/null 2>&1 || skip "tmux is missing"
infocmp "$SCREEN_TERM" >/dev/null 2>&1 || skip "terminfo does not know $SCREEN_TERM"

tm() {
    tmux -u -f /dev/null -S "$TMPDIR/tmux.$terminals" "$@" 2>>"$TMPDIR/tmux.errors"
}

screen() {
    tm capture-pane -p -t lesson
}

trap 'tm kill-server' EXIT
trap 'exit 130' INT TERM HUP

# The reason, where this machine allows no lab.
need_lab() {
    # shellcheck disable=SC2016 # backquotes are a fence
    printf '# Lab\n\nA lab.\n\n## One\n\n```lab setup\nhost a 10.0.0.1\n```\n' >"$TMPDIR/lab.md"
    "$SOCKETARIUM" check "$TMPDIR/lab.md" >"$TMPDIR/lab.out" 2>&1 && return
    [ $? = 77 ] && skip "$(tail -n 1 "$TMPDIR/lab.out")"
    cat "$TMPDIR/lab.out"
    exit 1
}

# ---- starting and ending ------------------------------------------------------------

# Runs in the terminal. The shell stays, for what is left behind must be seen.
cat >"$TMPDIR/pane.sh" <<'END'
ulimit -c 0
trap : INT QUIT TSTP
stty -a >"$TMPDIR/stty.before"
echo "the shell, before"
sh -c 'echo $$ >"$TMPDIR/pid"; exec "$@"' sh "$@"
echo $? >"$TMPDIR/status.new"
stty -a >"$TMPDIR/stty.after"
mv "$TMPDIR/status.new" "$TMPDIR/status"
echo "the shell, after"
exec sleep 600
END

screen_start() { # WIDTH HEIGHT COMMAND...
    width=$1
    height=$2
    shift 2
    [ "$terminals" = 0 ] || tm kill-server
    terminals=$((terminals + 1))
    rm -f "$TMPDIR/pid" "$TMPDIR/status"
    # remain-on-exit: a terminal that closes would take its last words along.
    tm set-option -g default-terminal "$SCREEN_TERM" \; set-option -g status off \; \
        set-option -g remain-on-exit on \; set-option -g escape-time 0 \; \
        new-session -d -s lesson -x "$width" -y "$height" \
        env TMPDIR="$TMPDIR" sh "$TMPDIR/pane.sh" "$@" ||
        { cat "$TMPDIR/tmux.errors" && exit 1; }
    tries=0
    until [ -s "$TMPDIR/pid" ]; do
        once_more "the command did not start"
    done
}

ui_pid() {
    cat "$TMPDIR/pid"
}

ended() { # STATUS
    tries=0
    until [ -f "$TMPDIR/status" ]; do
        once_more "the program has not ended"
    done
    [ "$(cat "$TMPDIR/status")" = "$1" ] ||
        fail "exit status $(cat "$TMPDIR/status"), expected $1"
    see 'the shell, after'
    tm capture-pane -p -S - -t lesson | grep -q '^the shell, before' ||
        fail "what stood in the terminal before has gone"
    [ "$(tm display-message -p -t lesson '#{alternate_on} #{cursor_flag} #{keypad_cursor_flag}')" = "0 1 0" ] ||
        fail "alternate screen, cursor or keypad are not as they were"
    cmp -s "$TMPDIR/stty.before" "$TMPDIR/stty.after" || {
        diff "$TMPDIR/stty.before" "$TMPDIR/stty.after"
        fail "the terminal's settings are not as they were"
    }
}

# ---- keys in -------------------------------------------------------------------------

key() {
    tm send-keys -t lesson "$@"
}

words() {
    tm send-keys -t lesson -l "$1"
}

line() { # a lab line
    key :
    see '^ :$'
    words "$1"
    key Enter
    gone '^ :[^ ]'
}

# The mouse, as a terminal of this kind sends it: button, column and row, each with 32 more.
mouse() { # BUTTON COLUMN ROW
    # shellcheck disable=SC2059 # the characters themselves
    words "$(printf "\\033[M\\$(printf %o $(($1 + 32)))\\$(printf %o $(($2 + 32)))\\$(
        printf %o $(($3 + 32)))")"
}

click() { # COLUMN ROW, from 1, up to 94
    mouse 0 "$1" "$2"
    mouse 3 "$1" "$2" # and the button comes up
}

wheel() { # up|down COLUMN ROW
    case $1 in
    up) mouse 64 "$2" "$3" ;;
    down) mouse 65 "$2" "$3" ;;
    esac
}

resize() { # WIDTH HEIGHT
    tm resize-window -t lesson -x "$1" -y "$2"
}

# ---- screen out ----------------------------------------------------------------------

once_more() { # WHAT: a bounded wait's turn
    tries=$((tries + 1))
    [ "$tries" -le "$TRIES" ] || fail "$1"
    sleep 0.05
}

on_screen() {
    screen | grep -E -q -e "$1"
}

see() {
    tries=0
    until on_screen "$1"; do
        once_more "not seen: $1"
    done
}

gone() {
    tries=0
    while on_screen "$1"; do
        once_more "still there: $1"
    done
}

# The same, for what belongs to a picture that is there already. They wait, too: a row can
# be looked at while the terminal is still being written to.
row() {
    see "$1"
}

no_row() {
    gone "$1"
}

# What differs from run to run, in as many columns: ports, how often and when something is
# sent again, how long a call has blocked.
masked() {
    screen | sed -E -e 's/:[3-6][0-9]{4}/:PORT_/g' \
        -e 's/sends again (in )?[0-9.]+ (s|min.*)/sends again N s/' \
        -e 's/(blocked in [a-z]+\(\) for) ([0-9]+ min )?[0-9]+ s/\1 N s/' \
        -e 's/ +$//'
}

picture() { # TEXT
    printf '%s\n' "$1" >"$TMPDIR/expected"
    tries=0
    until masked | diff "$TMPDIR/expected" - >"$TMPDIR/difference"; do
        tries=$((tries + 1))
        if [ "$tries" -gt "$TRIES" ]; then
            cat "$TMPDIR/difference"
            fail "the picture is another one"
        fi
        sleep 0.05
    done
}

# The page's text alone: the first pane, where nothing counts down.
prose() {
    screen | sed -e 's/^│//' -e 's/│.*//' -e '/^─ Sockets/,$d' -e '/^├/,$d' -e 1,2d
}

# Presses Next as long as there is something to read, until REGEX is seen.
read_to() {
    tries=0
    until on_screen "$1"; do
        if on_screen '^ Space read on'; then
            before=$(prose)
            key Space
            while [ "$(prose)" = "$before" ] && ! on_screen "$1"; do
                once_more "reading on shows nothing new; expected: $1"
            done
        else
            once_more "not seen: $1"
        fi
    done
}
