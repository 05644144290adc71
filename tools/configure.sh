#!/bin/sh
# Writes build/config*.mk to standard output: which flags this compiler takes, how to link the
# libraries, and in MISSING the Debian packages that have to be installed first. Never fails,
# so that the Makefile can say it in one line.
#
# Environment: CC, CPPFLAGS, CFLAGS, LDFLAGS, and CONFIG_KEY, which tells the Makefile later
# whether the answers were for the same compiler and flags.

CC=${CC:-gcc}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
missing='' missing_for_check=''

# builds CODE FLAG...: the compiler and the linker take it without a word.
builds() {
    printf '%s\n' "$1" > "$scratch/probe.c"
    shift
    # shellcheck disable=SC2086 # CC and the user's flags are lists of words
    $CC ${CPPFLAGS-} ${CFLAGS-} ${LDFLAGS-} -Werror -o "$scratch/probe" "$scratch/probe.c" "$@" \
        > /dev/null 2>&1
}

# flags FLAG...: those of them that can be used.
flags() {
    for flag in "$@"; do
        ! builds 'int main(void) { return 0; }' -O2 "$flag" || printf ' %s' "$flag"
    done
}

# together FLAG...: all of them, where they can be used.
together() {
    ! builds 'int main(void) { return 0; }' -O2 "$@" || printf ' %s' "$@"
}

# The highest level of _FORTIFY_SOURCE that compiler and C library know; they warn of a higher one.
fortify() {
    for level in 3 2; do
        if builds '#include <string.h>
                   int main(void) { return 0; }' -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$level; then
            printf ' -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=%s' $level
            return
        fi
    done
}

# need PACKAGE HEADER FLAG...: the header is there and a program links with the flags.
need() {
    package=$1 header=$2
    shift 2
    builds "#include <stdio.h>
            #include <$header>
            int main(void) { return 0; }" "$@" || missing="$missing $package"
}

pkg_libs=$(pkg-config --libs gsl yaml-0.1 jansson libmd xlsxwriter zlib 2> /dev/null)
pkg_cflags=$(pkg-config --cflags gsl yaml-0.1 jansson libmd xlsxwriter zlib 2> /dev/null)

need libc6-dev stdlib.h
# glibc has argp inside; elsewhere it is a library of its own.
argp=
uses_argp='#include <argp.h>
           int main(void) { return argp_parse(0, 0, 0, 0, 0, 0); }'
if [ -z "$missing" ] && ! builds "$uses_argp"; then
    argp=-largp
    builds "$uses_argp" "$argp" || missing="$missing argp-standalone"
fi
command -v pkg-config > /dev/null || missing="$missing pkg-config"
command -v msgfmt > /dev/null || missing="$missing gettext"
for pair in gsl:libgsl-dev yaml-0.1:libyaml-dev jansson:libjansson-dev libmd:libmd-dev \
            xlsxwriter:libxlsxwriter-dev zlib:zlib1g-dev; do
    pkg-config --exists "${pair%:*}" 2> /dev/null || missing="$missing ${pair#*:}"
done
# These have no pkg-config file.
need libcsv-dev csv.h -lcsv
need libunistring-dev unistr.h -lunistring
need librandom123-dev Random123/philox.h
# cmocka.h wants these before it and does not say so.
builds '#include <setjmp.h>
        #include <stdarg.h>
        #include <stddef.h>
        #include <stdint.h>
        #include <cmocka.h>
        int main(void) { return 0; }' -lcmocka || missing_for_check=libcmocka-dev

cat << END
CONFIG_KEY := ${CONFIG_KEY-}
MISSING := $missing
MISSING_FOR_CHECK := $missing_for_check
LIB_CFLAGS := $pkg_cflags
LIBS := $pkg_libs -lcsv -lunistring -lm $argp
AR_FLAGS := rcs$(touch "$scratch/member" && ar rcsD "$scratch/archive.a" "$scratch/member" 2> /dev/null && echo D)
AVX2_CFLAGS :=$(flags -mavx2)
AVX512_CFLAGS :=$(together -mavx512f -mavx512bw -mavx512dq -mavx512vl)
HARDEN_CFLAGS :=$(flags -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE)$(fortify)
HARDEN_LDFLAGS :=$(flags -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
END
