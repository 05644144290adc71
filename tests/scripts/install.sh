#!/bin/sh
# What `make install` puts in place can be run, and linked to by a program of five lines, and
# `make uninstall` takes all of it out again.
cd "$(dirname "$0")/../.." || exit 70
# shellcheck source=tests/support/check.sh
. tests/support/check.sh
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root
prefix=/opt/paritet

there() {
    for file in bin/paritet lib/libparitet.a lib/pkgconfig/paritet.pc include/paritet/base.h \
        share/man/man1/paritet.1 share/man/man1/paritet-report.1 share/man/man5/paritet-model.5 \
        share/bash-completion/completions/paritet \
        share/zsh/site-functions/_paritet share/fish/vendor_completions.d/paritet.fish \
        share/doc/paritet/examples/models/copenhagen.yaml; do
        [ -s "$root$prefix/$file" ] || { echo "no $file"; return 1; }
    done
}

# The flags of the build under test, because a library with sanitizers links with theirs only.
links() {
    case ${VARIANT:-release} in
    san) extra='-fsanitize=address,undefined' ;;
    cov) extra='--coverage' ;;
    *) extra= ;;
    esac
    {
        for header in "$root$prefix"/include/paritet/*.h; do
            echo "#include <paritet/$(basename "$header")>"
        done
        echo 'int main(void) { return 0; }'
    } > "$scratch/user.c"
    flags=$(PKG_CONFIG_PATH=$root$prefix/lib/pkgconfig pkg-config \
        --define-variable=prefix="$root$prefix" --cflags --libs paritet) || return
    # shellcheck disable=SC2086 # lists of words
    ${CC:-gcc} -std=c11 -Wall -Werror "$scratch/user.c" -Wl,--whole-archive \
        "$root$prefix/lib/libparitet.a" -Wl,--no-whole-archive $flags $extra -o "$scratch/user" &&
        "$scratch/user"
}

gone() {
    left=$(find "$root" -type f -o -type l)
    [ -z "$left" ] || { echo "left: $left"; return 1; }
}

check "install" make -s install DESTDIR="$root" PREFIX="$prefix"
check "puts everything in place" there
check "the program runs" "$root$prefix/bin/paritet" --version
check "the library links by pkg-config" links
check "uninstall" make -s uninstall DESTDIR="$root" PREFIX="$prefix"
check "uninstall leaves nothing" gone
