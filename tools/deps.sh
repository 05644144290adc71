#!/bin/bash
# tools/deps.sh run|dev: installs the Debian packages that are missing, and nothing else.
#   run  what building, the demo and the tests need
#   dev  the heavier tools that only some tests, the formatter and CI use
set -euo pipefail

run=(
    libc6-dev           # headers of the C library; gcc only recommends them
    pkg-config          # how to compile and link with the libraries below
    gettext             # msgfmt, xgettext: po/da.po is checked and turned into a C table
    libgsl-dev          # numerics: distributions, least squares, roots
    libyaml-dev         # models and scenarios
    libcsv-dev          # data
    libjansson-dev      # manifest, JSON tables and schema
    libxlsxwriter-dev   # the workbook of a report
    libunistring-dev    # UTF-8 checks and the width of a word in a terminal
    librandom123-dev    # Philox4x32-10 random streams
    zlib1g-dev          # .gz data
    libmd-dev           # SHA-256 in the manifest
    libcmocka-dev       # unit tests
    gnuplot-nox         # renders the plots
    fonts-dejavu-core   # the letters in them, the same everywhere
)
dev=(
    chromium            # tests/scripts/page.sh: a report's page as a browser shows, reads and prints it
    clang               # make same-bytes, make races: a second compiler, and ThreadSanitizer
    clang-format-14     # make format-check; the version is part of the style
    cmark-gfm           # tests/scripts/pages.sh: the guides as pages of the package
    debootstrap         # make check-bare
    g++                 # tests/scripts/library.sh: the library from C++
    libomp-dev          # OpenMP of clang, with what tells the sanitizer of its locks (Archer)
    libreoffice-calc-nogui  # tests/scripts/workbook.sh: opens the workbook and reads it back
    locales             # a Danish locale, whose decimal comma must change nothing
    parallel            # tests/scripts/shards.sh: docs/examples/cluster/parallel.sh
    poppler-utils       # tests/scripts/page.sh: what stands on which sheet
    python3-html5lib    # tests/scripts/page.sh: whether it is HTML, as tidy below
    python3-jsonschema  # tests/scripts/schema.sh, as the next
    python3-yaml        # to read models and scenarios beside our own reader
    shellcheck          # tests/scripts/shell.sh
    tidy                # tests/scripts/page.sh
    valgrind            # tests/scripts/memory.sh
)

# A Danish locale for the tests; the package alone holds only its source.
danish() {
    [ "$1" = dev ] && ! locale -a | grep -qi '^da_DK\.utf-\?8$' || return 0
    "${as_root[@]}" localedef -i da_DK -f UTF-8 da_DK.UTF-8
}

case ${1-} in
run) wanted=("${run[@]}") ;;
dev) wanted=("${dev[@]}") ;;
*) echo "usage: tools/deps.sh run|dev" >&2; exit 64 ;;
esac

if ! command -v apt-get > /dev/null; then
    echo "no apt-get here: install the counterparts of ${wanted[*]}" >&2
    exit 1
fi

missing=()
for package in "${wanted[@]}"; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done

as_root=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo "${as_root[@]}")
fi
if [ ${#missing[@]} -eq 0 ]; then
    danish "$1"
    echo "nothing to install ($1)"
    exit 0
fi
if [ "$(id -u)" -ne 0 ] && ! command -v sudo > /dev/null; then
    echo "not root and no sudo; as root: apt-get install ${missing[*]}" >&2
    exit 1
fi

update() { "${as_root[@]}" apt-get update -q; }
install() { "${as_root[@]}" apt-get install -qy --no-install-recommends "${missing[@]}"; }

# Fresh machines have empty package lists and old ones stale lists; others need no update.
if apt-cache show --no-all-versions "${missing[@]}" > /dev/null 2>&1; then
    install || { update && install; }
else
    update && install
fi
danish "$1"
