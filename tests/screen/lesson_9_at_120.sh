#!/bin/sh
# The handshake in a larger window, with boxes and the programs: 120x36.
# shellcheck source=tests/screen/libscreen.sh
. "$TESTS/screen/libscreen.sh"
# shellcheck source=tests/screen/libhandshake.sh
. "$TESTS/screen/libhandshake.sh"
need_lab

screen_start 120 36 "$SOCKETARIUM" learn 9
see '┌─ The server waits ─+┬─ Wire ─+┬─ Programs ─+┐'
see '^└─+┘'
see 'server: blocked in accept\(\)'
row '▶ 4 conn = accept\(s\)'
row 'NOW +PROTO +OWNER'
walk_the_handshake
