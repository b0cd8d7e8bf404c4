#!/bin/sh
# What the lesson language promises, against this kernel: each line of LESSON-FORMAT.md
# in a lesson of its own kind, and RFC 9293's figures. They mostly wait for the kernel's
# timers, so many run side by side.
set -- "$TESTS"/live/lessons/*.md
[ -f "$1" ] || { echo "no lessons in $TESTS/live/lessons"; exit 1; }
"$SOCKETARIUM" check --jobs 8 "$@" 2>"$TMPDIR/errors"
status=$?
cat "$TMPDIR/errors"
exit $status
