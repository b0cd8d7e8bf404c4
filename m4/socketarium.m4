# SOCKETARIUM_WARNINGS([FLAGS])
# Puts those that this compiler knows into WARN_CFLAGS. -Werror makes a compiler that only
# warns about an unknown flag refuse it.
AC_DEFUN([SOCKETARIUM_WARNINGS], [
    WARN_CFLAGS=
    saved_CFLAGS=$CFLAGS
    for flag in $1; do
        AC_MSG_CHECKING([whether $CC knows $flag])
        CFLAGS="$saved_CFLAGS -Werror $flag"
        AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
            [AC_MSG_RESULT([yes]); WARN_CFLAGS="$WARN_CFLAGS $flag"],
            [AC_MSG_RESULT([no])])
    done
    CFLAGS=$saved_CFLAGS
])

# SOCKETARIUM_MODULE([PREFIX], [MODULE])
# Like PKG_CHECK_MODULES, but a missing module is remembered, not the end.
AC_DEFUN([SOCKETARIUM_MODULE], [
    PKG_CHECK_MODULES([$1], [$2], [], [missing_modules="$missing_modules $2"])
])
