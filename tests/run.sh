#!/bin/sh
# Runs tests, one line for each, and ends with "N passed, N failed".
#
#   tests/run.sh [-b BUILD] [-l LABEL] [-j N] [-m MAKE] [-o] SUITE...
#
# -o: as one user only, an ordinary one if there is a choice.
#
# Suites, in the order in which they should be named (the quick ones first):
#   source   tests/test_*.sh         what the source tree must be like
#   unit     tests/unit/test_*.c     one cmocka program for each module
#   live     tests/live/test_*.c, *.sh   the real kernel
#   screen   tests/screen/*.sh       the real program in a real terminal
#
# A test passes with 0, is skipped with 77 (its last line says why), fails otherwise.
# Scripts named lib*.sh are helpers. live and screen run from `make install` into a folder
# of their own, as root also once more as an ordinary user. They are given:
#   SOCKETARIUM           the installed program
#   SOCKETARIUM_LESSONS   the installed lessons
#   TESTS                 the copy of this folder, readable by everybody
#   HOME, TMPDIR          a new, empty folder for each test
# With TEST_RESULTS=FILE the results are added to FILE as well (bootstrap sums them up).
set -u
umask 022

# A test that takes so many seconds says so.
LONG=10

# ---- One test (called through xargs below) ------------------------------------------

finish() { # WORD: tells the result; whole, though several tests end at the same time
    {
        flock 8
        printf '%-4s %s%s\n' "$1" "$name" "$2" >&9
        printf '%s %s%s%s\n' "$1" "$LABEL" "$name" "$2" >>"$RESULTS"
        if [ "$1" = FAIL ]; then
            tail -n 200 "$log" | sed 's/^/    /' >&9
        elif [ "$1" = ok ]; then
            # A part of a cmocka program can be skipped; that must be seen, too.
            grep -a -v -i 'test(s)' "$log" | grep -a '^\[ *SKIPPED *\]' |
                sed 's/^/    /' >&9
        fi
    } 8>>"$WORK/lock"
}

run_one() { # SUITE/FILE@USER
    name=${1%@*}
    user=${1#*@}
    home=$(mktemp -d "$WORK/home.XXXXXX") || exit 1
    log=$home.log
    case $name in
    source/*) cd "$SOURCE" && program=tests/${name#source/} ;;
    unit/*) cd "$SOURCE" && program=$BUILD/tests/$name ;;
    *) cd "$home" && program=$WORK/tests/$name ;;
    esac
    begun=$(date +%s)
    set -- "$program"
    case $name in
    *.sh) [ -x "$program" ] || set -- sh "$program" ;;
    esac
    if [ "$user" != "$(id -u)" ]; then
        chown "$user:$user" "$home"
        set -- setpriv "--reuid=$user" "--regid=$user" --clear-groups "$@"
    fi
    case $name in
    live/* | screen/*) [ "$(id -u)" != 0 ] || name="$name as uid $user" ;;
    esac
    env -u XDG_CONFIG_HOME -u XDG_STATE_HOME -u XDG_DATA_HOME -u XDG_CACHE_HOME \
        -u XDG_RUNTIME_DIR -u LINES -u COLUMNS -u NO_COLOR -u TMUX -u MAKEFLAGS -u SHELL \
        HOME="$home" TMPDIR="$home" TZ=UTC TESTS="$WORK/tests" \
        SOCKETARIUM="$WORK/root$BINDIR/socketarium" \
        SOCKETARIUM_LESSONS="$WORK/root$LESSONSDIR" \
        timeout -k 10 "${TEST_TIMEOUT:-240}" "$@" >"$log" 2>&1 </dev/null 9>&-
    status=$?
    took=$(($(date +%s) - begun))
    case $status in
    0) finish ok "$([ "$took" -lt "$LONG" ] || echo " ($took s)")" ;;
    77)
        why=$(grep -a -v '^ *$' "$log" | tail -n 1 | cut -c 1-200)
        finish skip ": ${why:-it gave no reason}"
        ;;
    124 | 137)
        echo "(stopped: it did not end within ${TEST_TIMEOUT:-240} s)" >>"$log"
        finish FAIL ""
        ;;
    *) finish FAIL "" ;;
    esac
    rm -rf "$home"
}

if [ "${1-}" = --one ]; then
    run_one "$2"
    exit 0
fi

# ---- All of them -------------------------------------------------------------------

BUILD=build
LABEL=
jobs=$(nproc 2>/dev/null || echo 2)
make="make"
only=no
while getopts b:l:j:m:o option; do
    case $option in
    b) BUILD=$OPTARG ;;
    l) LABEL="$OPTARG: " ;;
    j) jobs=$OPTARG ;;
    m) make=$OPTARG ;;
    o) only=yes ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))

tests=$(cd "$(dirname "$0")" && pwd) || exit 1
SOURCE=$(dirname "$tests")
BUILD=$(cd "$BUILD" && pwd) || exit 1
export SOURCE BUILD LABEL

# In /tmp, whatever TMPDIR says: an ordinary user must get there.
WORK=$(mktemp -d /tmp/socketarium-test.XXXXXX) || exit 1
RESULTS=$WORK/results
export WORK RESULTS
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM HUP
chmod 755 "$WORK"
: >"$RESULTS"
exec 9>&1

# BINDIR, LESSONSDIR, UNIT_TESTS, LIVE_TESTS, as this build was configured.
eval "$("$make" -s --no-print-directory -C "$BUILD" test-settings)"
export BINDIR LESSONSDIR

note() { # WORD NAME: a result that is not a test program's
    printf '%-4s %s\n' "$1" "$2"
    printf '%s %s%s\n' "$1" "$LABEL" "$2" >>"$RESULTS"
}

staged=no
stage() { # installs the program and copies the tests; once
    [ "$staged" = no ] || return 0
    staged=yes
    if ! "$make" -s -C "$BUILD" install DESTDIR="$WORK/root" >"$WORK/install" 2>&1; then
        note FAIL "make install"
        sed 's/^/    /' "$WORK/install"
        staged=failed
        return 1
    fi
    mkdir -p "$WORK/tests"
    for folder in live screen; do
        [ ! -d "$tests/$folder" ] || cp -R "$tests/$folder" "$WORK/tests/"
    done
    for program in $(built "$LIVE_TESTS"); do
        cp "$BUILD/tests/$program" "$WORK/tests/$program"
    done
    chmod -R a+rX "$WORK/root" "$WORK/tests"
}

scripts() { # SUITE FOLDER
    for file in "$2"/*.sh; do
        case ${file##*/} in
        '*.sh' | lib*.sh | run.sh) ;;
        *) echo "$1/${file##*/}" ;;
        esac
    done
}

built() { # PROGRAMS: those that this build has; without cmocka it has fewer
    for file in $1; do
        [ ! -x "$BUILD/$file" ] || echo "${file#tests/}"
    done
}

users() {
    if [ "$only" = yes ] && [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null 2>&1; then
        echo 65534
        return
    fi
    id -u
    if [ "$(id -u)" = 0 ]; then
        if command -v setpriv >/dev/null 2>&1; then
            echo 65534
        fi
    fi
}

in_parallel() { # [FACTOR]: reads SUITE/FILE@USER lines
    xargs -r -P $((jobs * ${1:-1})) -n 1 sh "$tests/run.sh" --one
}

for suite; do
    case $suite in
    source) scripts source "$tests" | sed "s/\$/@$(id -u)/" | in_parallel ;;
    unit)
        if [ -z "$(built "$UNIT_TESTS")" ]; then
            note skip "unit: no test programs were built (is cmocka installed?)"
        else
            built "$UNIT_TESTS" | sed "s/\$/@$(id -u)/" | in_parallel
        fi
        ;;
    live | screen)
        stage || continue
        [ "$staged" = yes ] || continue
        for user in $(users); do
            {
                [ "$suite" != live ] || built "$LIVE_TESTS"
                scripts "$suite" "$tests/$suite"
            } | sed "s/\$/@$user/"
        done | in_parallel 3 # they wait for the kernel more than they compute
        ;;
    *)
        echo "run.sh: no suite '$suite'; there are: source unit live screen" >&2
        exit 2
        ;;
    esac
done

count() { # WORD
    grep -c "^$1 " "$RESULTS"
}
failed=$(count FAIL)
skipped=$(count skip)
[ -z "${TEST_RESULTS-}" ] || cat "$RESULTS" >>"$TEST_RESULTS"
printf '%s passed, %s failed' "$(count ok)" "$failed"
[ "$skipped" = 0 ] || printf ', %s skipped' "$skipped"
echo
[ "$failed" = 0 ]
