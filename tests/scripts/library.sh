#!/bin/bash
# The program of docs/examples/library, built with nothing but what pkg-config says of the installed
# library, in C and in C++, prints the numbers of `paritet project`; and each public header stands alone.
cd "$(dirname "$0")/../.." || exit 70
# shellcheck source=tests/support/check.sh
. tests/support/check.sh
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT
example=docs/examples/library/parity.c
warnings=(-Wall -Wextra -Wpedantic -Werror)
read -ra cc <<< "${CC:-gcc}"
case $CC in
*clang*) cxx=clang++ ;;
*) cxx=g++ ;;
esac
# A library with sanitizers or counters links with theirs only.
case ${VARIANT:-release} in
san) extra=("-fsanitize=address,undefined") ;;
cov) extra=(--coverage) ;;
*) extra=() ;;
esac

# compile PROGRAM COMPILER...
compile() {
    local program=$1 flags
    shift
    read -ra flags <<< "$(PKG_CONFIG_PATH=$scratch/usr/lib/pkgconfig pkg-config \
        --define-variable=prefix="$scratch/usr" --cflags --libs paritet)"
    [ ${#flags[@]} -gt 4 ] || return
    "$@" "${warnings[@]}" "$example" "${flags[@]}" "${extra[@]}" -o "$program"
}

# The header is the first thing that is included, so that it stands on its own feet.
alone() {
    local header
    for header in include/paritet/*.h; do
        printf '#include <paritet/%s>\nint unit_is_not_empty;\n' "$(basename "$header")" |
            "$@" "${warnings[@]}" -Iinclude -fsyntax-only - ||
            return
    done
}

# as_project PROGRAM MODEL [INDICATOR]: the same years and chances, and nothing left unfreed (san).
as_project() {
    "$1" "${@:2}" 2> "$scratch/said" | awk '
        /^[^ ]/ { name = $1; place = substr($0, length(name) + 2); next }
        / not by / { print name "|" place years "|" $4; years = ""; next }
        { years = years "|" $2 }' > "$scratch/of-library"
    [ "${PIPESTATUS[0]}" = 0 ] || { cat "$scratch/said"; return 1; }
    paritet project --quiet "$2" ${3+-i "$3"} --table parity --format csv |
        awk -F, '$3 == "sustained" { print $1 "|" $16 "|" $4 "|" $6 "|" $8 "|" $9 }' > "$scratch/of-program"
    diff "$scratch/of-program" "$scratch/of-library" && [ -s "$scratch/of-library" ]
}

# One mistake, and the example says where and answers with the program's exit status.
says_where() {
    cp -R models data "$scratch"
    sed -i '0,/better:/s//bettr:/' "$scratch/models/copenhagen.yaml"
    "$1" "$scratch/models/copenhagen.yaml" > "$scratch/out" 2> "$scratch/said"
    [ $? = 65 ] && [ ! -s "$scratch/out" ] &&
        grep -q "^$scratch/models/copenhagen.yaml:[1-9][0-9]*:[1-9][0-9]*: unknown key 'bettr'" "$scratch/said" &&
        { "$1" "$scratch/nowhere.yaml" 2> "$scratch/said"; [ $? = 66 ]; } && grep -q nowhere "$scratch/said"
}

[ "$(wc -l < "$example")" -le 60 ] && echo "ok library the example has 60 lines at most" ||
    echo "FAIL library the example has 60 lines at most: $(wc -l < "$example")"
check "headers stand alone in C" alone "${cc[@]}" -x c -std=c11
check "installs" make -s install DESTDIR="$scratch" PREFIX=/usr
check "the example is C" compile "$scratch/c" "${cc[@]}" -std=c11
check "the example prints what the program prints" as_project "$scratch/c" models/copenhagen.yaml
check "for one indicator" as_project "$scratch/c" models/denmark.yaml income-ratio
check "for places" as_project "$scratch/c" models/municipalities.yaml
check "says where the mistake is" says_where "$scratch/c"
if command -v "$cxx" > /dev/null; then
    check "headers stand alone in C++" alone "$cxx" -x c++ -std=c++17
    check "the example is C++" compile "$scratch/cxx" "$cxx" -std=c++17 -x c++
    check "the C++ program prints the same" as_project "$scratch/cxx" models/copenhagen.yaml
else
    echo "SKIP library C++: $cxx (make deps-dev)"
fi
