#!/bin/bash
# make reproducible: what is committed, built in two folders under other habits, is the same bytes:
# tarball, program, library, and the Debian packages where dpkg-buildpackage is.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 70
unset MAKEFLAGS MFLAGS MAKELEVEL VARIANT CFLAGS CPPFLAGS LDFLAGS SOURCE_DATE_EPOCH
export CC=gcc # a cache of compilations would compare an object with itself
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
result=0

# in_habit N COMMAND...: as somebody else, in another place, at another hour.
in_habit() {
    if [ "$1" = 1 ]; then
        (umask 022 && TZ=UTC LC_ALL=C.UTF-8 HOME=/nonexistent "${@:2}")
    else
        (umask 002 && TZ=Pacific/Kiritimati LC_ALL=$(locale -a | grep -i '^da_DK\.utf' || echo C.UTF-8) \
            HOME=$scratch USER=somebody "${@:2}")
    fi
}

# same NAME FILE...: below both folders.
same() {
    local name=$1 file
    shift
    for file in "$@"; do
        if ! cmp "$scratch/one/$file" "$scratch/a-second-folder/$file"; then
            echo "FAIL reproducible $name: $file"
            result=1
            return
        fi
    done
    echo "ok reproducible $name: $(cd "$scratch/one" && sha256sum "$@" | cut -c 1-16 | paste -sd' ')"
}

# make_dist FOLDER: the tarball of a copy of the repository.
# shellcheck disable=SC2317,SC2329 # called by in_habit
make_dist() {
    git clone -q . "$1/clone" && make -s -C "$1/clone" dist > /dev/null &&
        tar -xzf "$1"/clone/build/dist/*.tar.gz -C "$1" && cp "$1"/clone/build/dist/*.tar.gz "$1/"
}

version=$(sed -n 's/^#define PT_VERSION "\(.*\)"/\1/p' include/paritet/base.h)
tree=paritet-$version
number=0
for folder in "$scratch/one" "$scratch/a-second-folder"; do
    number=$((number + 1))
    mkdir -p "$folder"
    in_habit $number make_dist "$folder" || { echo "FAIL reproducible: make dist"; exit 1; }
    # The order in which files lie in a folder is not the same either.
    [ $number = 1 ] || (cd "$folder/$tree" && find src -name '*.c' | sort -r |
        while read -r file; do cp -p "$file" "$file.new" && mv "$file.new" "$file"; done)
    in_habit $number make -s -C "$folder/$tree" -j$((number + 1)) > "$folder/log" 2>&1 ||
        { tail -n 20 "$folder/log"; echo "FAIL reproducible: make"; exit 1; }
    in_habit $number make -s -C "$folder/$tree" install DESTDIR="$folder/root" > "$folder/log" 2>&1
done
same tarball "$tree.tar.gz"
same "program and library" "$tree/build/release/paritet" "$tree/build/release/libparitet.a"
if diff -r "$scratch/one/root" "$scratch/a-second-folder/root"; then
    echo "ok reproducible installation: $(find "$scratch/one/root" -type f | wc -l) files"
else
    echo "FAIL reproducible installation"
    result=1
fi
if grep -rlaF "$scratch" "$scratch/one/root"; then
    echo "FAIL reproducible: names the folder it was built in"
    result=1
fi

if ! command -v dpkg-buildpackage > /dev/null || ! command -v dh > /dev/null; then
    echo "SKIP reproducible packages: debhelper (make deps-dev)"
    exit $result
fi
number=0
for folder in "$scratch/one" "$scratch/a-second-folder"; do
    number=$((number + 1))
    rm -rf "$folder/$tree/build"
    (cd "$folder/$tree" && in_habit $number env DEB_BUILD_OPTIONS="nocheck parallel=$number" \
        dpkg-buildpackage -b -us -uc) > "$folder/log" 2>&1 ||
        { tail -n 20 "$folder/log"; echo "FAIL reproducible: dpkg-buildpackage"; exit 1; }
done
mapfile -t packages < <(cd "$scratch/one" && ls ./*.deb)
same "${#packages[@]} packages" "${packages[@]}"
exit $result
