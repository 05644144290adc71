# shellcheck shell=bash
# A bare Debian in a folder, made by debootstrap. Sourced by tests/bare.sh and tests/package.sh.
# Package sources, proxies and certificates are this machine's own.

bare_mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list \
    2> /dev/null | grep -E '^(URIs:|deb )' | grep -oE 'https?://[^ ]+' | head -n1)

# bare_root FOLDER PACKAGES: makes it, a Debian 12 with nothing but the smallest set and PACKAGES.
bare_root() {
    local root=$1 settings
    if ! debootstrap --variant=minbase --include="$2" bookworm "$root" "$bare_mirror" \
        > "$root.log" 2>&1; then
        tail -n 20 "$root.log"
        rm -f "$root.log"
        return 1
    fi
    rm -f "$root.log" "$root/etc/apt/sources.list" "$root"/var/lib/apt/lists/*_*
    cp -R /etc/apt/sources.list* "$root/etc/apt/"
    for settings in /etc/apt/apt.conf /etc/apt/apt.conf.d/*; do
        [ ! -f "$settings" ] || ! grep -q '^ *Acquire::' "$settings" || cp "$settings" "$root/etc/apt/apt.conf.d/"
    done
    cp -L --remove-destination /etc/resolv.conf /etc/hosts "$root/etc/"
    cp -L --remove-destination /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/bare" # it is thrown away anyway
    mount -t proc proc "$root/proc" 2> /dev/null || true
}

# bare_run FOLDER COMMAND: as root in there, with this machine's proxies only.
bare_run() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        chroot "$1" sh -c "$2"
}

# bare_remove FOLDER...: takes them away.
bare_remove() {
    local root
    for root in "$@"; do
        umount "$root/proc" 2> /dev/null
        if [ -n "${KEEP-}" ]; then echo "kept: $root"; else rm -rf --one-file-system "$root"; fi
    done
}
