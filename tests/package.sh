#!/bin/bash
# make check-package: the tarball of `make dist` becomes Debian packages in a bare system that has
# nothing but what debian/control asks for, by an ordinary user, with the tests; lintian looks at them;
# a second bare system installs them, a planner uses them there, autopkgtest tests them, and removing
# them leaves nothing. Needs root, debootstrap, lintian and autopkgtest.
#
# DEB_BUILD_OPTIONS=nocheck leaves out the tests of the build; KEEP=1 leaves the folders.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 70
program=$PWD/build/release/paritet
unset MAKEFLAGS MFLAGS MAKELEVEL VARIANT CC CFLAGS CPPFLAGS LDFLAGS

if [ "$(id -u)" -ne 0 ]; then
    echo "SKIP package: not root"
    exit 0
fi
for tool in debootstrap lintian autopkgtest; do
    command -v $tool > /dev/null || { echo "SKIP package: $tool (make deps-dev)"; exit 0; }
done
# shellcheck source=tests/support/bare_root.sh
. tests/support/bare_root.sh
work=$(mktemp -d)
chmod 755 "$work"
trap 'umount "$work"/*/dev/pts 2> /dev/null; bare_remove "$work/build" "$work/clean"; [ -n "${KEEP-}" ] || rm -rf --one-file-system "$work"' EXIT


# step NAME COMMAND...: its last words are shown where it fails, and it goes no further then.
step() {
    local name=$1 start=$SECONDS
    shift
    if "$@" > "$work/log" 2>&1; then
        echo "ok package $name ($((SECONDS - start)) s)"
    else
        tail -n "${LINES_SHOWN:-40}" "$work/log" | sed 's/^/    /'
        echo "FAIL package $name"
        exit 1
    fi
}
in_build() { bare_run "$work/build" "$1"; }
in_clean() { bare_run "$work/clean" "$1"; }

make_source() {
    make -s dist || return
    version=$(sed -n 's/^paritet (\(.*\)-[^-]*) .*/\1/p;q' debian/changelog)
    mkdir "$work/source"
    cp "build/dist/paritet-$version.tar.gz" "$work/source/paritet_$version.orig.tar.gz" &&
        tar -xzf "build/dist/paritet-$version.tar.gz" -C "$work/source"
}

make_roots() {
    bare_root "$work/clean" ca-certificates && umount "$work/clean/proc"
    cp -a "$work/clean" "$work/build" &&
        mount -t proc proc "$work/clean/proc" && mount -t proc proc "$work/build/proc"
}

# The build sees what debian/control asks for, and no more; its home and its network are nobody's.
build() {
    local profiles=
    [[ ${DEB_BUILD_OPTIONS-} != *nocheck* ]] || profiles=nocheck
    cp -R "$work/source" "$work/build/srv/" &&
        in_build "apt-get update -q && apt-get install -qy --no-install-recommends build-essential &&
            cd /srv/source/paritet-$version &&
            export DEB_BUILD_OPTIONS='${DEB_BUILD_OPTIONS-}' DEB_BUILD_PROFILES='$profiles' &&
            apt-get build-dep -qy --no-install-recommends ./ &&
            useradd --create-home builder && chown -R builder /srv/source &&
            su builder -c 'dpkg-buildpackage -us -uc'"
}

look() {
    cp "$work"/build/srv/source/*.* "$work/source/" &&
        lintian --allow-root -i -I --pedantic --fail-on error,warning,info,pedantic "$work"/source/*.changes
}

# files: what is in the clean system, but for the accounts that dpkg, apt and man keep of their work.
files() {
    (cd "$work/clean" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./home -o -path ./srv \
        -o -path ./var/log -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/lib/dpkg \) -prune -o -print |
        LC_ALL=C sort)
}

# Everything that the packages need first, so that what comes after it is ours alone.
prepare() {
    mkdir "$work/clean/srv/paritet"
    cp "$work"/source/*.deb "$work/clean/srv/paritet/"
    cp "$work/source/paritet-$version/debian/tests/report" "$work/clean/srv/report"
    # shellcheck disable=SC2016 # expands inside
    in_clean 'apt-get update -q && apt-get install -qy --no-install-recommends man-db &&
        useradd --create-home planner &&
        rm -f /srv/paritet/*-dbgsym_*.deb &&
        apt-get install -qy --no-install-recommends $(apt-get -s install --no-install-recommends /srv/paritet/*.deb |
            sed -n "s/^Inst \([^ ]*\) .*/\1/p" | grep -v paritet)' && files > "$work/before"
}

install_packages() {
    in_clean 'dpkg -i /srv/paritet/*.deb && dpkg --audit' && [ -x "$work/clean/usr/bin/paritet" ] &&
        [ -s "$work/clean/usr/share/doc/paritet/examples/models/copenhagen.yaml" ] &&
        [ -s "$work/clean/usr/share/doc/paritet/examples/data/municipalities.csv" ]
}

use() { in_clean 'su planner -c "mkdir ~/a && AUTOPKGTEST_TMP=~/a sh /srv/report"'; }

# The flags that Debian builds with change no digit.
same_numbers() {
    in_clean 'cd /usr/share/doc/paritet/examples && su planner -c "paritet --quiet simulate models/copenhagen.yaml \
        scenarios/both.yaml scenarios/young-men.yaml --table parity --format csv"' > "$work/of-package" &&
        "$program" --quiet simulate models/copenhagen.yaml scenarios/both.yaml scenarios/young-men.yaml \
            --table parity --format csv > "$work/of-make" && cmp "$work/of-package" "$work/of-make"
}

remove() {
    in_clean 'dpkg --purge paritet libparitet-dev paritet-doc' && files > "$work/after" &&
        diff "$work/before" "$work/after" && ! in_clean 'dpkg -l | grep paritet'
}

test_installed() {
    autopkgtest --user planner --no-built-binaries "$work/clean"/srv/paritet/*.deb \
        "$work/source/paritet-$version/" -- chroot "$work/clean"
}

step "tarball" make_source
step "bare systems" make_roots
step "dpkg-buildpackage" build
grep -E '^[0-9]+ passed' "$work/log" | sed 's/^/    /'
LINES_SHOWN=200 step "lintian" look
step "what is needed" prepare
step "installs" install_packages
step "a planner's first day" use
step "the numbers of make" same_numbers
step "removal leaves nothing" remove
step "autopkgtest" test_installed

