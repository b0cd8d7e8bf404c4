#!/bin/sh
# The free lab's scenes, against this kernel: what each builds must be so, at every pace.
set -- "$SOCKETARIUM_LESSONS"/scenes/*.md
[ $# -ge 12 ] || { echo "only $# scenes in $SOCKETARIUM_LESSONS/scenes"; exit 1; }
"$SOCKETARIUM" check --jobs 2 "$@" 2>"$TMPDIR/errors" &&
    "$SOCKETARIUM" check --jobs 2 --pause 100ms "$@" 2>"$TMPDIR/errors"
status=$?
# Last, so that a skip's reason is the last line.
cat "$TMPDIR/errors"
exit $status
