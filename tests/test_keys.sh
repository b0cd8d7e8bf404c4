#!/bin/sh
# Every action of src/ui/actions.def is pressed in a screen test: the test names it in a
# comment, "# Presses: ZOOM PANE", and presses one of its keys. Silent when all is well.
# With a folder as its argument it looks there.
set -u
cd "${1:-$(dirname "$0")/..}" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
status=0

complain() {
    echo "$*"
    status=1
}

# The keys that a test presses, one a line, named as in actions.def.
pressed() { # FILE
    sed -n -e 's/ # .*//' -e 's/^ *key //p' "$1" | tr -d "'\"" | tr ' ' '\n' |
        sed -e 's/^Escape$/Esc/' -e 's/^[1-9]$/1-9/'
    grep -q '^ *line ' "$1" && echo :
    grep -q '^ *\(click\|wheel\) ' "$1" && echo Mouse
}

for file in tests/screen/*.sh; do
    pressed "$file" >"$work/$(basename "$file")"
done
sed -n 's/^ACTION(\([A-Z_]*\), [A-Z]*, "\([^"]*\)".*/\1 \2/p' src/ui/actions.def >"$work/actions"
[ -s "$work/actions" ] || complain "test_keys.sh: no actions found in src/ui/actions.def"

while read -r action keys; do
    files=$(grep -l -E "^# Presses:.* $action( |\$)" tests/screen/*.sh)
    [ "$files" ] || complain "tests/screen: nothing presses $action ($keys)"
    for file in $files; do
        echo "$keys" | tr ' ' '\n' | grep -q -x -F -f - "$work/$(basename "$file")" ||
            complain "$file: it names $action, and presses none of $keys"
    done
done <"$work/actions"

# No test names what is no action.
# shellcheck disable=SC2013 # words
for action in $(sed -n 's/^# Presses: //p' tests/screen/*.sh); do
    grep -q "^$action " "$work/actions" ||
        complain "tests/screen: '$action' is no action of src/ui/actions.def"
done
exit $status
