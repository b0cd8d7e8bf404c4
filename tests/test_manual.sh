#!/bin/sh
# The manual says what the program does: its keys are those of src/ui/actions.def, its
# commands and options those of src/cmd, and doc/LESSON-FORMAT.md names the demo programs
# with their arguments. Silent when all is well. With a folder as its argument it looks
# there.
set -u
cd "${1:-$(dirname "$0")/..}" || exit 1
manual=doc/socketarium.1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
status=0

# A section of the manual, without what only troff needs.
section() { # NAME
    sed -n "/^\.SH $1\$/,/^\.SH /p" "$manual" |
        sed -e '/^\.SH /d' -e 's/\\-/-/g; s/\\&//g; s/\\f[A-Z]//g; s/\\(dq/"/g'
}

same() { # WHAT WHERE: compares $work/manual with $work/program
    if [ ! -s "$work/program" ]; then
        echo "test_manual.sh: no $1 found in $2"
        status=1
    elif ! diff "$work/manual" "$work/program" >"$work/diff"; then
        echo "$manual: $1: < in the manual, > in $2"
        sed -n 's/^[<>]/    &/p' "$work/diff"
        status=1
    fi
}

# "Space, PgDn, Right: help", as the rows of actions.def have it.
section KEYS | awk '/^\.TP/ { getline keys; getline words
    sub(/^\.B /, "", keys); print keys ": " words }' >"$work/manual"
sed -n 's/^ACTION([A-Z_]*, "\([^"]*\)", "[^"]*", "\(.*\)")$/\1|\2/p' src/ui/actions.def |
    sed 's/^1 2 3 4 5 6 7 8 9|/1-9|/' |
    awk -F'|' '{ gsub(/ /, ", ", $1); print $1 ": " $2 }' >"$work/program"
same keys src/ui/actions.def
if [ "$(grep -c '^ACTION(' src/ui/actions.def)" != "$(wc -l <"$work/program" | tr -d ' ')" ]
then
    echo "test_manual.sh: cannot read every row of src/ui/actions.def"
    status=1
fi

section COMMANDS | awk '/^\.TP/ { getline; if ($2 !~ /^-/) print $2 }' |
    sort >"$work/manual"
sed -n '/cmd_defs\[\]/,/^};/s/^ *{"\([a-z]*\)".*/\1/p' src/cmd/cmd.c | sort >"$work/program"
same commands src/cmd/cmd.c

{ section COMMANDS; section OPTIONS; } | grep '^\.B' | grep -o -e '--[a-z-]*' |
    grep -v -x -e '--help' -e '--version' | sort -u >"$work/manual"
grep -h -o '{"--[a-z-]*"' src/cmd/*.c | tr -d '{"' | sort -u >"$work/program"
same options 'src/cmd/*.c'

# The demo programs of the lesson format are those that there are.
manual=doc/LESSON-FORMAT.md
sed -n '/^### Demo programs/,/^###* [^D]/p' "$manual" |
    grep -o -E '`(tcp|udp|http)-[^`]*`' | tr -d '`' | sort >"$work/manual"
sed -n '/demo_programs\[\]/,/^};/p' src/demo/demo.c | tr -d '\n' |
    grep -o '{"[a-z-]*", *"[^"]*"' | sed 's/^{"//; s/", *"/ /; s/"$//' | sort >"$work/program"
same 'demo programs' src/demo/demo.c

exit $status
