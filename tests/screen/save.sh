#!/bin/sh
# w saves what the screen shows, as a text and as a picture, and never over a file.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

cat >"$TMPDIR/kept.md" <<'END_OF_LESSON'
# Kept

A page.

## One

```lab setup
host a 10.0.0.1
a: s = socket(AF_INET, SOCK_STREAM, 0)
a: bind(s, *:13111)
a: listen(s, 1)
```

Words to keep.
END_OF_LESSON

# Starts in a folder, as a reader does.
cat >"$TMPDIR/in.sh" <<'END_OF_SCRIPT'
cd "$1" && shift && exec "$@"
END_OF_SCRIPT

# Presses: SAVE
saved=$TMPDIR/saved
mkdir "$saved"
screen_start 80 24 sh "$TMPDIR/in.sh" "$saved" "$SOCKETARIUM" learn "$TMPDIR/kept.md"
see 'The end'
picture=$(screen)
key w
see 'Saved what the screen shows: kept-page-1\.txt and \.svg'
[ "$(cat "$saved/kept-page-1.txt")" = "$picture" ] ||
    fail "the text is not what the screen shows: $(cat "$saved/kept-page-1.txt")"
grep -q 'Words to keep' "$saved/kept-page-1.svg" || fail "the picture has not the words"
grep -q '</svg>' "$saved/kept-page-1.svg" || fail "the picture is not whole"
key x
gone 'Saved'

# Where one of the two is there already, another name is found.
echo 'of somebody' >"$saved/kept-page-1-2.svg"
key z w
see 'Saved what the screen shows: kept-page-1-3\.txt and \.svg'
cmp -s "$saved/kept-page-1-3.txt" "$saved/kept-page-1.txt" && fail "the same text again"
[ "$(cat "$saved/kept-page-1-2.svg")" = 'of somebody' ] || fail "a file was overwritten"
[ -e "$saved/kept-page-1-2.txt" ] && fail "half of a name was taken"
# Also by a link that leads nowhere.
ln -s "$TMPDIR/nowhere" "$saved/kept-page-1-4.txt"
key w
see 'Saved what the screen shows: kept-page-1-5\.txt'
[ -e "$TMPDIR/nowhere" ] && fail "it was written through a link"
# A sheet is saved as a sheet.
key m
see 'States'
key w
see 'Saved'
grep -q 'LAST-ACK' "$saved/kept-page-1-6.txt" || fail "the map is not in its file"
key Escape q q
ended 0

# A folder that has gone cannot be written, whoever runs this.
mkdir "$TMPDIR/gone"
screen_start 80 24 sh "$TMPDIR/in.sh" "$TMPDIR/gone" "$SOCKETARIUM" learn "$TMPDIR/kept.md"
see 'The end'
rmdir "$TMPDIR/gone"
key w
see 'Not saved: kept-page-1\.txt: No such file or directory'
key x
see 'The end'
key q q
ended 0
