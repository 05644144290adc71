#!/bin/bash
# tests/reference.sh: runs every script of tests/reference again and compares with the values that are
# kept, then prints how far the program is from them: the table of docs/reliability.md. Needs Rscript
# (Debian: r-base-core); `make reference` calls it, and `make check` reads the kept values without R.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 70
command -v Rscript > /dev/null || { echo "make reference needs Rscript: apt-get install r-base-core" >&2; exit 69; }
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
failed=0
cp tests/reference/*.R tests/reference/trend_series.csv "$work"
for script in tests/reference/*.R; do
    name=$(basename "$script" .R)
    grep -qx "# Rscript $name.R > $name.csv" <(head -n1 "tests/reference/$name.csv") ||
        { echo "tests/reference/$name.csv does not begin with the command that makes it" >&2; failed=1; }
    (cd "$work" && Rscript "$name.R" > "$name.csv") || { failed=1; continue; }
    # another R or BLAS may differ in last digits, nls in a few more
    paste -d, "tests/reference/$name.csv" "$work/$name.csv" | awk -F, -v name="$name" '
        NF % 2 { print name ".csv:" NR ": not as long"; bad = 1; next }
        NR > 2 {
            for (i = 1; i <= NF / 2; i++) {
                a = $i; b = $(i + NF / 2)
                if (a == b) continue
                size = a < 0 ? -a : a
                off = a - b < 0 ? b - a : a - b
                if (a + 0 == 0 && a !~ /^-?0/ || off > 1e-7 * size + 1e-12) {
                    print name ".csv:" NR ": " a " is kept, R says " b; bad = 1
                }
            }
        }
        END { exit bad }' || failed=1
done
[ $failed -eq 0 ] && echo "R makes the values that are kept in tests/reference: $(Rscript -e 'cat(R.version.string)')"

echo "| what | values | worst relative difference | allowed |"
echo "|---|---|---|---|"
for program in test_trend_reference test_reference; do
    "build/${VARIANT:-release}/tests/$program" > "$work/said" 2>&1 || { cat "$work/said" >&2; failed=1; }
    sed -n 's/^# reference \(.*\)/| \1 |/p' "$work/said"
done
exit $failed
