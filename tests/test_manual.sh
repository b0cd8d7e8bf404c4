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

# "LESSON Space, PgDn, Right: help", as the rows of actions.def have it; the heading says
# where.
section KEYS | sed -e 's/^\.SS In a lesson$/.SS LESSON/' -e 's/^\.SS In all of them$/.SS BOTH/' \
    -e 's/^\.SS In a lesson, but not in a recording$/.SS LAB/' \
    -e 's/^\.SS In the list of lessons$/.SS LIST/' |
    awk '/^\.SS/ { where = $2 }
        /^\.TP/ { getline keys; getline words; sub(/^\.B /, "", keys)
            print where, keys ": " words }' | sort >"$work/manual"
sed -n 's/^ACTION([A-Z_]*, \([A-Z]*\), "\([^"]*\)", "[^"]*", "\(.*\)")$/\1|\2|\3/p' \
    src/ui/actions.def |
    awk -F'|' '{ gsub(/ /, ", ", $2); print $1, $2 ": " $3 }' | sort >"$work/program"
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

# "export --text", and "screen --plain" for what the commands with a screen share.
options_of() { # FILE: those of its table
    tr -d '\\\n' <"$1" | grep -o '{ *"--[a-z-]*"' | tr -d '{ "'
}
{
    section COMMANDS
    echo '.TP'
    echo '.B screen'
    section OPTIONS
} | awk '/^\.TP/ {
    getline
    if ($2 !~ /^-/) command = $2
    for (i = 2; i <= NF; i++) {
        sub(/,$/, "", $i)
        if ($i ~ /^--/) print command, $i
    }
}' | sort >"$work/manual"
for file in src/cmd/*.c src/cmd/options.h; do
    command=$(basename "$file" .c)
    options_of "$file" | sed "s/^/$command /; s/^options\.h /screen /"
done | sort -u >"$work/program"
same options 'src/cmd/*.[ch]'

# The demo programs of the lesson format are those that there are.
manual=doc/LESSON-FORMAT.md
sed -n '/^### Demo programs/,/^###* [^D]/p' "$manual" |
    grep -o -E '`(tcp|udp|http)-[^`]*`' | tr -d '`' | sort >"$work/manual"
sed -n '/demo_programs\[\]/,/^};/p' src/demo/demo.c | tr -d '\n' |
    grep -o '{"[a-z-]*", *"[^"]*"' | sed 's/^{"//; s/", *"/ /; s/"$//' | sort >"$work/program"
same 'demo programs' src/demo/demo.c

exit $status
