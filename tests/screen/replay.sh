#!/bin/sh
# Recordings: stepped like a lesson, without a lab; a class that follows its teacher; what
# is shown where no lab can be made; damaged ones.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
need_lab

journal=$TMPDIR/nine.ndjson
"$SOCKETARIUM" check --journal "$journal" "$SOCKETARIUM_LESSONS"/09-*.md >/dev/null ||
    fail "lesson 9 does not pass"

screen_start 80 24 "$SOCKETARIUM" replay "$journal"
see 'page 1/7 .* recorded$'
row '\+ server LISTEN'
row 'Space next'
key d
see 'recording: it goes as it went'
key :
see 'recording: no line can be typed'
key r
see 'recording: PgUp goes back'
key Space Space Space
see 'SYN .*▶ HELD'
read_to '1-3 answer'
no_row 'right'
# The reader's own answers count, with a second try.
key 2
see 'Try once more'
key 1
see 'Right, at the second try'
row '✗ not this'
# Looking back, and on again: the answer stands as the recording has it only if nobody gave one.
key PgUp
see '1-3 answer|Space read on'
key ]
key [
# To the end, where nothing runs.
key End
see 'page 7/7'
read_to 'The recording ends\.'
key Space
see 'The recording ends here'
key PgUp
see 'Space next'
key q q
ended 0

# A class behind its teacher.
live=$TMPDIR/live.ndjson
: >"$live"
screen_start 80 24 "$SOCKETARIUM" learn --journal "$live" 9
see 'Space next page'
teacher=$terminals
tm new-window -d -n class env "$SOCKETARIUM" replay --follow "$live"
class() {
    tries=0
    until tm capture-pane -p -t class | grep -E -q -e "$1"; do
        once_more "the class does not see: $1"
    done
}
class 'page 1/7 .* follows$'
key Space Space Space
see 'SYN .*▶ HELD'
class 'SYN .*▶ HELD'
tm send-keys -t class Space
class '1-3 answer'
tm send-keys -t class 1 # the class answers by itself; more comes from the teacher
class 'Right\.'
class 'Following'
tm send-keys -t class PgUp
class 'review$'
tm send-keys -t class End
class 'follows$'
# The teacher runs the page again: the class goes along.
key r r
see 'page 2/7'
gone 'SYN .*HELD'
class 'page 2/7'
tries=0
while tm capture-pane -p -t class | grep -q 'HELD$\|HELD  *│'; do
    once_more "the class still sees the old lab"
done
tm send-keys -t class q q
[ "$teacher" = "$terminals" ] || fail "another terminal"
key q q
ended 0

# No lab can be made: the recording, and why. With lesson 9's as if it was shipped.
mkdir -p "$TMPDIR/lessons/recordings"
cp "$SOCKETARIUM_LESSONS"/09-*.md "$TMPDIR/lessons"
cp "$journal" "$TMPDIR/lessons/recordings/09-the-three-way-handshake.ndjson"
cat >"$TMPDIR/refused.sh" <<'END_OF_SCRIPT'
# A user namespace in which no other one may be made.
echo 0 >/proc/sys/user/max_user_namespaces &&
    exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$@"
END_OF_SCRIPT
refused="unshare --user --map-current-user --keep-caps sh $TMPDIR/refused.sh"
if $refused true 2>/dev/null; then
    # shellcheck disable=SC2086 # words
    screen_start 80 24 env SOCKETARIUM_LESSONS="$TMPDIR/lessons" $refused \
        "$SOCKETARIUM" learn 9
    see 'recording, for no lab can be made here'
    see 'recorded$'
    key End
    see 'page 7/7'
    "$SOCKETARIUM" progress >"$TMPDIR/progress"
    grep -q '1 of them done' "$TMPDIR/progress" && fail "what was passed over is done"
    key PgUp
    key q q
    ended 0
    # shellcheck disable=SC2086 # words
    screen_start 80 24 env SOCKETARIUM_LESSONS="$TMPDIR/lessons" $refused \
        "$SOCKETARIUM" learn 9
    see 'recorded$'
    key Space
    see 'page 2/7'
    key q q
    ended 0
    # shellcheck disable=SC2086 # words
    SOCKETARIUM_LESSONS="$TMPDIR/lessons" $refused "$SOCKETARIUM" learn --plain 9 \
        >"$TMPDIR/told" 2>"$TMPDIR/why" || fail "learn --plain: $?"
    grep -q 'recording, for no lab can be made here' "$TMPDIR/why" || fail "it is not said why"
    grep -q 'ESTABLISHED' "$TMPDIR/told" || fail "the recording is not told"
else
    echo "no user namespace without others can be made here"
fi

# Damaged ones, before a screen is opened and while it is read.
head -n 60 "$journal" >"$TMPDIR/short.ndjson"
"$SOCKETARIUM" replay --plain "$TMPDIR/short.ndjson" >"$TMPDIR/told" || fail "a short one: $?"
grep -q LISTEN "$TMPDIR/told" || fail "a short one is not told"
{
    head -n 3 "$journal"
    echo '{"seq":3,"t":1,"event":"nonsense"}'
} >"$TMPDIR/damaged.ndjson"
for how in --plain --mono; do
    screen_start 80 24 "$SOCKETARIUM" replay "$how" "$TMPDIR/damaged.ndjson"
    see 'damaged\.ndjson:4: '
    ended 2
done
screen_start 80 24 "$SOCKETARIUM" replay /dev/null
see '/dev/null:1: the file is empty; expected a journal'
ended 2
screen_start 80 24 "$SOCKETARIUM" replay "$TMPDIR/none"
see 'none: No such file'
ended 2
