#!/bin/bash
# The built program has the hardening that its compiler offers: what tools/configure.sh found is looked
# for in the program itself, and what it did not find is named.
cd "$(dirname "$0")/../.." || exit 70
program=build/${VARIANT:-release}/paritet
if [ "${VARIANT:-release}" != release ]; then
    echo "ok hardening: the release's own"
    exit 0
fi
command -v readelf > /dev/null || { echo "SKIP hardening: readelf"; exit 0; }

flags=$(sed -n 's/^HARDEN_[A-Z]* :=//p' build/config.mk | tr '\n' ' ')
headers=$(readelf -hlWd "$program")
symbols=$(nm -D --undefined-only "$program")
lost=

# has NAME FLAG PATTERN TEXT: the flag was found, and the text shows what it does.
has() {
    case $flags in
    *" $2"*) grep -Eq -- "$3" <<< "$4" || wrong="$wrong $1" ;;
    *) lost="$lost $1" ;;
    esac
}
wrong=
has position-independent -pie 'Type: +DYN' "$headers"
has position-independent -pie 'FLAGS_1.*PIE' "$headers"
has read-only-relocations -Wl,-z,relro 'GNU_RELRO' "$headers"
has bound-at-the-start -Wl,-z,now 'FLAGS_1.* NOW' "$headers"
has no-executable-stack -Wl,-z,noexecstack 'GNU_STACK .* RW +0x' "$headers"
has stack-protector -fstack-protector-strong '__stack_chk_fail' "$symbols"
has fortified -D_FORTIFY_SOURCE= '__(fprintf|snprintf|memcpy|vsnprintf)_chk' "$symbols"
# a page that is crossed is touched: by "or $0,(%rsp)", by "str xzr"
touched='or[ql] +.0x0,.*[(]%rsp|str +xzr'
has stack-clash-protection -fstack-clash-protection "$touched" "$(objdump -d "$program" | grep -E -m1 "$touched")"
has control-flow-protection -fcf-protection 'endbr|bti|paciasp' \
    "$(objdump -d "$program" --disassemble=main | grep -E 'endbr|bti|paciasp')"
! grep -Eq 'TEXTREL|RPATH|RUNPATH|LOAD .* RWE' <<< "$headers" || wrong="$wrong text-relocations-or-paths"

if [ -n "$wrong" ]; then
    echo "FAIL hardening: missing in $program:$wrong"
else
    echo "ok hardening all that the compiler offers is on${lost:+ (it does not offer:$lost)}"
fi
# A format that is no literal and has no arguments is an error.
cat > "${TMPDIR:-/tmp}/format.$$.c" << 'END'
#include <stdio.h>
int main(int n, char **words) { return printf(words[n - 1]); }
END
warnings=$(sed -n '/^WARNINGS :=/,/[a-z]$/p' Makefile | grep -oE -- '-W[^ ]+')
# shellcheck disable=SC2086 # lists of words
if ${CC:-gcc} -fsyntax-only $warnings \
    "${TMPDIR:-/tmp}/format.$$.c" 2> /dev/null; then
    echo "FAIL hardening a text as a format is an error: it was compiled"
else
    echo "ok hardening a text as a format is an error"
fi
rm -f "${TMPDIR:-/tmp}/format.$$.c"
