# Helpers of the tests of what check says when something is wrong; for a shell that runs
# in an empty folder of its own. At the end: exit $failed.
failed=0
fail() {
    echo "FAIL: $*"
    failed=1
}

cd "$TMPDIR" || exit 1

lesson() { # FILE: its lab lines on standard input; they begin on line 8
    {
        printf '# Test\n\nA test.\n\n## One\n\n```lab\n'
        cat
        printf '```\n'
    } >"$1"
}

check() { # STATUS ARGUMENTS: runs check, and wants that status
    want=$1
    shift
    "$SOCKETARIUM" check "$@" >out 2>err </dev/null
    status=$?
    if [ $status = 77 ] && [ "$want" != 77 ]; then
        cat err
        exit 77
    fi
    [ $status = "$want" ] || {
        fail "check $* ends with $status, not $want"
        cat out err
    }
}

says() { # FILE LINE: that whole line is there
    grep -qxF -e "$2" "$1" || {
        fail "$1 does not say: $2"
        cat "$1"
    }
}

one_line() { # FILE
    [ "$(wc -l <"$1")" = 1 ] || {
        fail "$1 is not one line"
        cat "$1"
    }
}

# ---- Lines that fail as they run ------------------------------------------------------
# Many of them wait for what does not come, so they run side by side.
wrongs=0
: >before

before_wrong() { # the lines that stand before each wrong one, on standard input
    cat >before
}

wrong() { # LINES WHAT: the last of them fails, and check says what it is and what is there
    wrongs=$((wrongs + 1))
    {
        cat before
        printf '%s\n' "$1"
    } | lesson wrong$wrongs.md
    at=$(($(wc -l <wrong$wrongs.md) - 1)) # below it the fence is closed
    echo "FAIL wrong$wrongs.md" >>wanted
    echo "     wrong$wrongs.md:$at:1: $2" >>wanted
    echo "     (the rest was not run)" >>wanted
}

check_wrongs() { # runs them all
    files=
    for i in $(seq $wrongs); do files="$files wrong$i.md"; done
    check 1 --jobs 30 $files
    says out "0 passed, $wrongs failed, 0 skipped"
    # A port is the kernel's choice, and a SYN may have been sent again meanwhile; how much
    # held before is not the question.
    sed -e 's/ ([0-9]* checks)$//' -e 's/10\.0\.0\.1:[0-9][0-9][0-9][0-9][0-9]/10.0.0.1:PORT/g' -e 's/SYN x[0-9]*/SYN/' \
        -e '/^     What happened/d' -e '/^       /d' -e '/^[0-9]/d' out >found
    diff -u wanted found || fail "not what is there"
}
