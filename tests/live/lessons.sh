#!/bin/sh
# Every lesson, against this kernel: what it promises must be so.
set -- "$SOCKETARIUM_LESSONS"/[0-9]*.md
[ -f "$1" ] || { echo "no lessons in $SOCKETARIUM_LESSONS"; exit 1; }
"$SOCKETARIUM" check "$@" 2>"$TMPDIR/errors"
status=$?
# Last, so that a skip's reason is the last line.
cat "$TMPDIR/errors"
exit $status
