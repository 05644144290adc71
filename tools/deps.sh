#!/bin/bash
# tools/deps.sh run|dev: installs the packages that are missing, and nothing else.
#   run  what building, the demo and the tests need
#   dev  the heavier tools that only some tests, the formatter and CI use
#
# The lists hold Debian's names; `elsewhere` has those of Fedora (dnf) and of Homebrew (brew). The tests
# run on Debian 12; what a system has no package for is named, and the tests that use it are skipped.
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
    autopkgtest         # make check-package, as debhelper and lintian
    chromium            # tests/scripts/page.sh: a report's page as a browser shows, reads and prints it
    clang               # make same-bytes, make races: a second compiler, and ThreadSanitizer
    clang-format-14     # make format-check; the version is part of the style
    clang-tidy-14       # make lint, as the next
    cmark-gfm           # tests/scripts/pages.sh: the guides as pages of the package
    cppcheck            # make lint
    debootstrap         # make check-bare
    debhelper           # make reproducible, too
    fish                # tests/scripts/completion.sh, as zsh below
    g++                 # tests/scripts/library.sh: the library from C++
    libomp-dev          # OpenMP of clang, with what tells the sanitizer of its locks (Archer)
    libreoffice-calc-nogui  # tests/scripts/workbook.sh: opens the workbook and reads it back
    lintian             # make check-package
    locales             # a Danish locale, whose decimal comma must change nothing
    man-db              # tests/scripts/manual.sh: the pages as man shows them
    mandoc              # and as another formatter judges them
    parallel            # tests/scripts/shards.sh: docs/examples/cluster/parallel.sh
    poppler-utils       # tests/scripts/page.sh: what stands on which sheet
    python3-html5lib    # tests/scripts/page.sh: whether it is HTML, as tidy below
    python3-jsonschema  # tests/scripts/schema.sh, as the next
    python3-yaml        # to read models and scenarios beside our own reader
    shellcheck          # tests/scripts/shell.sh
    strace              # tests/scripts/no-shell.sh: which programs are started, and how
    tidy                # tests/scripts/page.sh
    valgrind            # tests/scripts/memory.sh
    zsh                 # tests/scripts/completion.sh
)

# A Danish locale for the tests; the package alone holds only its source.
danish() {
    [ "$1$column" = dev1 ] && ! locale -a | grep -qi '^da_DK\.utf-\?8$' || return 0
    "${as_root[@]}" localedef -i da_DK -f UTF-8 da_DK.UTF-8
}

# Debian's name, Fedora's, Homebrew's; '-' where the system has it anyway, '?' where it has none.
elsewhere() {
    cat << 'END'
libc6-dev               glibc-devel             -
pkg-config              pkgconf-pkg-config      pkgconf
gettext                 gettext                 gettext
libgsl-dev              gsl-devel               gsl
libyaml-dev             libyaml-devel           libyaml
libcsv-dev              libcsv-devel            libcsv
libjansson-dev          jansson-devel           jansson
libxlsxwriter-dev       libxlsxwriter-devel     libxlsxwriter
libunistring-dev        libunistring-devel      libunistring
librandom123-dev        Random123-devel         ?
zlib1g-dev              zlib-devel              zlib
libmd-dev               libmd-devel             libmd
libcmocka-dev           libcmocka-devel         cmocka
gnuplot-nox             gnuplot-minimal         gnuplot
fonts-dejavu-core       dejavu-sans-fonts       ?
argp-standalone         -                       argp-standalone
clang                   clang                   -
g++                     gcc-c++                 -
libomp-dev              libomp-devel            libomp
locales                 glibc-langpack-da       -
parallel                parallel                parallel
python3-yaml            python3-pyyaml          ?
shellcheck              ShellCheck              shellcheck
valgrind                valgrind                ?
END
}

case ${1-} in
run) wanted=("${run[@]}") ;;
dev) wanted=("${dev[@]}") ;;
*) echo "usage: tools/deps.sh run|dev" >&2; exit 64 ;;
esac

# How each package manager is asked and told. Weak dependencies would be hundreds of megabytes.
if command -v apt-get > /dev/null; then
    column=1
    is_installed() {
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2> /dev/null || true)" = installed ]
    }
    tell=(apt-get install -qy --no-install-recommends)
elif command -v dnf > /dev/null; then
    column=2
    is_installed() { rpm -q --whatprovides "$1" > /dev/null 2>&1; }
    tell=(dnf install -y --setopt=install_weak_deps=False)
elif command -v brew > /dev/null; then
    column=3
    is_installed() { brew list --versions "$1" > /dev/null 2>&1; }
    tell=(brew install)
    [ "$1" = dev ] || wanted+=(argp-standalone)
else
    echo "no apt-get, dnf or brew here: install the counterparts of ${wanted[*]}" >&2
    exit 1
fi

missing=() without=()
for package in "${wanted[@]}"; do
    [ $column = 1 ] || name=$(elsewhere | awk -v debian="$package" -v column=$column \
        '$1 == debian { print $column; found = 1 } END { if (!found) print "?" }')
    case ${name-$package} in
    -) ;;
    '?') without+=("$package") ;;
    *) is_installed "${name-$package}" || missing+=("${name-$package}") ;;
    esac
done
[ ${#without[@]} -eq 0 ] || echo "no package here, by Debian's name: ${without[*]}"

# Homebrew refuses to be root.
as_root=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" -ne 0 ] && [ $column -ne 3 ]; then
    as_root=(sudo "${as_root[@]}")
fi
if [ ${#missing[@]} -eq 0 ]; then
    danish "$1"
    echo "nothing to install ($1)"
    exit 0
fi
if [ "${as_root[0]}" = sudo ] && ! command -v sudo > /dev/null; then
    echo "not root and no sudo; as root: ${tell[*]} ${missing[*]}" >&2
    exit 1
fi

update() { "${as_root[@]}" apt-get update -q; }
install() { "${as_root[@]}" "${tell[@]}" "${missing[@]}"; }

# Fresh machines have empty package lists and old ones stale lists; others need no update. A release
# that lacks a tool of the tests, such as this version of clang-format, goes without it.
known() { apt-cache show --no-all-versions "$@" > /dev/null 2>&1; }
if [ $column -ne 1 ]; then
    install
elif known "${missing[@]}"; then
    install || { update && install; }
else
    update
    if [ "$1" = dev ] && ! known "${missing[@]}"; then
        for package in "${missing[@]}"; do
            known "$package" || { echo "no package here: $package"; continue; }
            wanted+=("$package")
        done
        missing=("${wanted[@]:${#dev[@]}}")
    fi
    install
fi
danish "$1"
