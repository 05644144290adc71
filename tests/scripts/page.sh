#!/bin/bash
# The page of a report in a browser, in Danish, in English, and as large as they come: what
# tests/support/page.py looks at.
cd "$(dirname "$0")/../.." || exit 70
paritet=$PWD/build/${VARIANT:-release}/paritet
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT

# The system's own Python, for which Debian's packages are.
python=/usr/bin/python3
for tool in chromium tidy pdftotext gnuplot $python; do
    command -v "$tool" > /dev/null || { echo "SKIP page: $tool"; exit 0; }
done
$python -c 'import html5lib' 2> /dev/null || { echo "SKIP page: python3-html5lib"; exit 0; }

complain() {
    echo "FAIL page $1: no report"
    cat "$scratch/said"
}

# report NAME LANGUAGE ARGUMENT...
report() {
    local name=$1 language=$2
    shift 2
    "$paritet" --quiet --lang "$language" report "$@" -o "$scratch/$name" > "$scratch/said" 2>&1 ||
        complain "$name"
}

# A gnuplot that draws SVG: the page holds no other, and of the large report these take most of the
# time. Its PNG and PDF are copies of one.
mkdir "$scratch/bin" || exit 70
gnuplot=$(command -v gnuplot)
(cd "$scratch" && for format in png pdf; do
    "$gnuplot" -e "set terminal ${format}cairo; set output 'any.$format'; plot 0" || exit 1
done) || exit 70
cat > "$scratch/bin/gnuplot" << END
#!/bin/sh
awk '/^format = / { format = substr(\$3, 2, 3) }
    /^load / && format != "svg" {
        name = substr(\$2, 2, length(\$2) - 5)
        print "system \"cp '$scratch'/any." format " " name "." format "\""
        next
    }
    { print }' | "$gnuplot" "\$@"
END
chmod +x "$scratch/bin/gnuplot"

$python tests/support/large_model.py data/denmark.csv "$scratch" || exit 1
report copenhagen-da da models/copenhagen.yaml scenarios/copenhagen/*.yaml &
report copenhagen-en en models/copenhagen.yaml scenarios/copenhagen/*.yaml &
PATH=$scratch/bin:$PATH report 14-indicators-4-scenarios da --draws 2000 "$scratch/model.yaml" "$scratch"/scenario-*.yaml &
wait
$python tests/support/page.py "$(command -v chromium)" "$scratch/copenhagen-da" "$scratch/copenhagen-en" \
    "$scratch/14-indicators-4-scenarios"
