#!/bin/bash
# make check-bare: a Debian 12 that has nothing but git, gcc and make installs, demonstrates and
# proves paritet in two commands. Needs root and debootstrap; takes minutes, so it stands alone.
# Package sources, proxies and certificates are this machine's own. KEEP=1 leaves the folder.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 70
unset MAKEFLAGS MFLAGS MAKELEVEL VARIANT CC CFLAGS CPPFLAGS LDFLAGS

if [ "$(id -u)" -ne 0 ]; then
    echo "SKIP bare: not root"
    exit 0
fi
if ! command -v debootstrap > /dev/null; then
    echo "SKIP bare: debootstrap (make deps-dev)"
    exit 0
fi

bare=$(mktemp -d)
# shellcheck disable=SC2317,SC2329 # called by the trap
leave() {
    umount "$bare/proc" 2> /dev/null
    if [ -n "${KEEP-}" ]; then echo "kept: $bare"; else rm -rf --one-file-system "$bare"; fi
}
trap leave EXIT

mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list \
    2> /dev/null | grep -E '^(URIs:|deb )' | grep -oE 'https?://[^ ]+' | head -n1)
echo "debootstrap ..."
if ! debootstrap --variant=minbase --include=git,gcc,make,ca-certificates bookworm "$bare" "$mirror" \
    > "$bare.log" 2>&1; then
    tail -n 20 "$bare.log"
    echo "FAIL bare: debootstrap"
    exit 1
fi
rm -f "$bare.log"

rm -f "$bare/etc/apt/sources.list" "$bare"/var/lib/apt/lists/*_*
cp -R /etc/apt/sources.list* "$bare/etc/apt/"
for settings in /etc/apt/apt.conf /etc/apt/apt.conf.d/*; do
    [ ! -f "$settings" ] || ! grep -q '^ *Acquire::' "$settings" || cp "$settings" "$bare/etc/apt/apt.conf.d/"
done
cp -L --remove-destination /etc/resolv.conf /etc/hosts "$bare/etc/"
cp -L --remove-destination /etc/ssl/certs/ca-certificates.crt "$bare/etc/ssl/certs/"
mount -t proc proc "$bare/proc" 2> /dev/null

mkdir "$bare/paritet"
tar -c --exclude=./.git --exclude=./build --exclude=./out --exclude=./paritet . | tar -x -C "$bare/paritet"

result=0
# inside NAME COMMAND: in the tree, in the bare system, with this machine's proxies only.
inside() {
    local log=$bare/log
    if env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        chroot "$bare" sh -c "cd /paritet && $2" > "$log" 2>&1; then
        echo "ok bare $1"
    else
        tail -n 40 "$log" | sed 's/^/    /'
        echo "FAIL bare $1: $2"
        result=1
    fi
    grep -E 'Need to get|passed,' "$log" | sed 's/^/    /'
}

# shellcheck disable=SC2016 # expands inside
inside "says what is missing in one line" \
    'out=$(make 2>&1) && exit 1; echo "$out"; [ $(echo "$out" | wc -l) = 1 ] && echo "$out" | grep -q "make deps"'
inside "deps demo" 'make deps demo -j2'
megabytes=$(sed -nE 's/^Need to get (.*\/)?([0-9]+)[.,]?[0-9]* MB.*/\2/p' "$bare/log" | head -n1)
if [ "${megabytes:-99}" -lt 60 ]; then
    echo "ok bare downloads under 60 MB"
else
    echo "FAIL bare downloads under 60 MB: ${megabytes:-unknown}"
    result=1
fi
inside "deps a second time does nothing" 'make deps | grep -q "nothing to install"'
inside "leaves the answer" \
    'cd out/copenhagen && ls parity.csv bands.csv gained.csv fit.csv fieller.csv barometer.xlsx manifest.json plots/*.gp plots/*.png plots/*.svg'
inside "deps check" 'make deps check'
exit $result
