#!/bin/sh
# What is drawn: pure ASCII where the locale or an option says so, no colour where that is
# asked for, and columns that stay in line with wide, combined and joined characters.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

# Combining acute, diaeresis, dot below, tilde, zigzag above; and Thai, which stacks.
acute=$(printf '\314\201')
stacked=$(printf 'a\314\210\314\243')
tilde=$(printf 'n\314\203')
zigzag=$(printf 'Z\315\233')
cat >"$TMPDIR/wide.md" <<END
# 三次握手 and ünïcödé 👩‍👩‍👧

Wide.

## 页 Ä 🎏

漢字仮名交じり文は一文字で二列を占める。漢字仮名交じり文は一文字で二列を占める。

Combined: e$acute $stacked $tilde $zigzag ที่ then plain.

Joined: 👩‍👩‍👧 🏳️‍🌈 👍🏽 🇩🇪 ✈️ then plain.

Narrow – ‘quotes’ … and • → ✓.

| 名前 | e$acute |
|---|---|
| 網 | 🐟 |

Which 一?

- [x] 魚 🐟
- [ ] 水
END

# The border stands where it should, in the terminal's own cells: what stands before it is
# printed in another window, behind a mark, and the cursor says how many cells that took.
borders_are_straight() { # ROW...
    for y; do
        row=$(tm capture-pane -p -t lesson -S "$y" -E "$y")
        left=${row%%│*}
        [ "$left" != "$row" ] || fail "row $y has no border"
        printf '#%s' "$left" >"$TMPDIR/text"
        # As words, not as a line for a shell: the user's own may be nologin.
        tm new-window -d -n measure sh -c 'cat "$1"; exec sleep 600' sh "$TMPDIR/text"
        tries=0
        until tm capture-pane -p -t measure | grep -q '^#'; do
            once_more "cannot measure"
        done
        column=$(tm display-message -p -t measure '#{cursor_x}')
        tm kill-window -t measure
        [ "$column" = 32 ] || fail "the border of row $y is $((column - 32)) off: $row"
    done
}

screen_start 80 24 "$SOCKETARIUM" learn "$TMPDIR/wide.md"
see '三次握手'
see '漢字仮名交じり文'
borders_are_straight 2 3 4 5 6 7 8 9 10 11
resize 120 36
see '┬─ Programs'
see '漢字仮名交じり文'
resize 80 24
see '^─ 页 Ä 🎏'
borders_are_straight 2 5 8 11
key q q
ended 0

ascii_only() {
    if screen | LC_ALL=C grep -q '[^ -~]'; then
        fail "not pure ASCII: $(screen | LC_ALL=C grep '[^ -~]')"
    fi
}

for how in "env LC_ALL=C LANG=C $SOCKETARIUM" "env LC_ALL=POSIX $SOCKETARIUM" \
    "$SOCKETARIUM --ascii" "env LC_ALL= LC_CTYPE=C LANG=en $SOCKETARIUM"; do
    case $how in
    *--ascii) set -- "$SOCKETARIUM" learn --ascii ;;
    *) # shellcheck disable=SC2086 # a list of words
        set -- $how learn ;;
    esac
    screen_start 80 24 "$@" 9
    see '^- The server waits -+\+- Wire'
    ascii_only
    see 'Space next page'
    key Space
    see 'page 2/7'
    key Space
    see 'step 1 of 2'
    key Space
    see '\+- SYN .*> HELD'
    ascii_only
    key '?'
    see '^ Keys'
    ascii_only
    key Escape q q
    ended 0
done
screen_start 80 24 env LC_ALL=C "$SOCKETARIUM" learn "$TMPDIR/wide.md"
see 'page 1/1'
ascii_only
key q q
ended 0
screen_start 80 24 env LC_ALL=C "$SOCKETARIUM"
see 'Enter resume page' # where lesson 9 was left above
ascii_only
key q
ended 0

coloured() {
    tm capture-pane -e -p -t lesson | grep -E -q "$(printf '\033')\[([0-9;]*;)?(3[0-8]|4[0-8]|9[0-7])[;m]"
}

screen_start 80 24 "$SOCKETARIUM" learn 9
see '│ LISTEN'
coloured || fail "no colour at all"
key q q
ended 0
screen_start 80 24 "$SOCKETARIUM" learn --mono 9
see '│ LISTEN'
! coloured || fail "--mono is coloured"
key q q
ended 0
screen_start 80 24 env NO_COLOR=1 "$SOCKETARIUM" learn 9
see '│ LISTEN'
! coloured || fail "NO_COLOR is coloured"
key q q
ended 0
# no-color.org: an empty value is none.
screen_start 80 24 env NO_COLOR= "$SOCKETARIUM" learn 9
see '│ LISTEN'
coloured || fail "an empty NO_COLOR is none"
key q q
ended 0
