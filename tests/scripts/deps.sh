#!/bin/bash
# `make deps` with other package managers: tools/deps.sh asks a dnf or a brew that only notes what it is
# told. That the names are right there, it cannot show; that none is forgotten, it can.
cd "$(dirname "$0")/../.." || exit 70
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT

# A PATH without apt-get: the tools of the script, and those that pretend.
mkdir "$scratch/bin" "$scratch/dnf" "$scratch/brew"
for tool in bash env awk cat grep; do
    ln -s "$(command -v $tool)" "$scratch/bin/$tool"
done
# fake FOLDER/NAME BODY
fake() {
    printf '#!/bin/bash\n%s\n' "$2" > "$scratch/$1"
    chmod +x "$scratch/$1"
}
# shellcheck disable=SC2016 # expands there
pretend() {
    fake bin/sudo 'echo "sudo $*" >> "$NOTES"; exec "$@"'
    fake dnf/dnf 'echo "dnf $*" >> "$NOTES"'
    fake dnf/rpm '[[ " $INSTALLED " == *" ${!#} "* ]]'
    fake brew/brew 'case $1 in list) [[ " $INSTALLED " == *" ${!#} "* ]] ;; *) echo "brew $*" >> "$NOTES" ;; esac'
}
pretend
fake bin/id "echo \${FAKE_UID:-0}"

# deps MANAGER WHAT: what it did and said.
deps() {
    : > "$scratch/notes"
    NOTES=$scratch/notes PATH=$scratch/bin:$scratch/$1 tools/deps.sh "$2" > "$scratch/said" 2>&1
    local status=$?
    { echo "exit $status"; cat "$scratch/said" "$scratch/notes"; } > "$scratch/all"
}

# holds NAME TEXT...: each is in it, as whole words.
holds() {
    local name=$1 text
    shift
    for text in "$@"; do
        if ! grep -qE -- "(^| )$text( |\$)" "$scratch/all"; then
            echo "FAIL deps $name: no '$text'"
            sed 's/^/    /' "$scratch/all"
            return
        fi
    done
    echo "ok deps $name"
}

# lacks NAME PATTERN: the package manager was told nothing like it.
lacks() {
    if grep -qE -- "$2" "$scratch/notes"; then
        echo "FAIL deps $1"
        sed 's/^/    /' "$scratch/notes"
    else
        echo "ok deps $1"
    fi
}

# The names that a Debian asks for are counted from the script, so that none can be left out.
wanted=$(sed -n '/^run=(/,/^)/p' tools/deps.sh | grep -cE '^    [a-z]')
known=$(sed -n '/^run=(/,/^)/s/^    \([a-z][^ ]*\).*/\1/p' tools/deps.sh | while read -r name; do
    sed -n '/^elsewhere()/,/^END/p' tools/deps.sh | grep -E "^$name +[^ ]+ +[^ ]+\$"
done | wc -l)
if [ "$wanted" = "$known" ] && [ "$wanted" -gt 10 ]; then
    echo "ok deps every package has its names elsewhere"
else
    echo "FAIL deps every package has its names elsewhere: $known of $wanted"
fi

export INSTALLED=
deps dnf run
holds "dnf installs what is missing, and no weak dependencies" 'exit 0' \
    'dnf install -y --setopt=install_weak_deps=False glibc-devel' gsl-devel Random123-devel gnuplot-minimal
lacks "no name of Debian goes to dnf" 'argp|-dev( |$)'
FAKE_UID=1000 deps dnf run
holds "dnf through sudo" 'exit 0' 'sudo env DEBIAN_FRONTEND=noninteractive dnf install'
deps dnf dev
holds "dnf names what has no package" 'exit 0' 'no package here, by Debian.s name:' clang-format-14 lintian gcc-c\\+\\+
INSTALLED='glibc-devel pkgconf-pkg-config gettext gsl-devel libyaml-devel libcsv-devel jansson-devel
    libxlsxwriter-devel libunistring-devel Random123-devel zlib-devel libmd-devel libcmocka-devel'
INSTALLED=${INSTALLED//$'\n'/ }
deps dnf run
holds "dnf leaves alone what is there" 'exit 0' '--setopt=install_weak_deps=False gnuplot-minimal dejavu-sans-fonts'

INSTALLED='gsl jansson'
FAKE_UID=501 deps brew run
holds "brew is no root and needs argp" 'exit 0' 'brew install pkgconf gettext libyaml libcsv' argp-standalone cmocka \
    'no package here, by Debian.s name: librandom123-dev fonts-dejavu-core'
lacks "brew is told names only" 'sudo|gsl|[?-]( |$)'

rm "$scratch/dnf/dnf"
deps dnf run
holds "says what to do without any of them" 'exit 1' 'no apt-get, dnf or brew here: install the counterparts of'
