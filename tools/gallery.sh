#!/bin/bash
# tools/gallery.sh: draws every kind of picture from the models that come with the program, and writes
# docs/gallery.md with the command that makes each. PARITET names the program.
set -euo pipefail
cd "$(dirname "$0")/.."
paritet=${PARITET:-./paritet}
images=docs/images/gallery
page=docs/gallery.md
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$images"
rm -f "$images"/*.png

copenhagen="report models/copenhagen.yaml scenarios/continue.yaml scenarios/core-services.yaml scenarios/young-men.yaml scenarios/both.yaml"
places="report models/municipalities.yaml"

# run NAME LANGUAGE COMMAND: the scripts of a report.
run() {
    # shellcheck disable=SC2086  # a command with its arguments
    "$paritet" $3 --lang "$2" --no-plots --quiet -o "$scratch/$1" > /dev/null
}

# section KIND REPORT LANGUAGE SLUG TITLE TEXT COMMAND: a picture and how to read it.
section() {
    local kind=$1 folder=$2 language=$3 slug=$4 title=$5 text=$6 command=$7 file
    file=$kind
    [ "$language" = en ] || file=$kind-$language
    (cd "$scratch/$folder/plots" && gnuplot -e "format='png'; pixels=1000" "$slug.gp")
    cp "$scratch/$folder/plots/$slug.png" "$images/$file.png"
    cat << PAGE

## $title: \`$kind\`

$text

![$title](images/gallery/$file.png)

\`\`\`
paritet $command --lang $language -o out     # out/plots/$slug.png
\`\`\`
PAGE
}

run copenhagen en "$copenhagen"
run copenhagen-da da "$copenhagen"
run places en "$places"
run places-da da "$places"

{
    cat << 'PAGE'
# Gallery

Every kind of picture that `paritet report` draws, from the figures that come with the program. The
name behind each title is the end of the picture's file name; a fan chart bears the name of its
indicator alone. Every picture comes as SVG, as PNG for slides, and as the gnuplot script that drew it,
which can be edited and drawn again: `gnuplot -e "format='png'" NAME.gp`, or `format='pdf'`. The option
`--theme print` makes pictures for paper.

This page is written by `make gallery`; do not edit it.
PAGE
    section overview places en overview "All indicators" \
        "One panel for each indicator and place, on the same years and, where one place would not flatten the others, on one scale: look for the panels whose fan stays away from the green strip." "$places"
    section comparison copenhagen en comparison "The scenarios of all indicators" \
        "A dot is the middle of the futures, the thick line their middle half, the thin one the middle 80 %; what does not get there is on the right, so a dot that moves left has gained years only as far as that share has not grown." "$copenhagen"
    section goal copenhagen en long-series-goal "The indicators of a goal" \
        "Each panel says with a word and a sign where its indicator stands, and below it when parity comes if nothing new is done." "$copenhagen"
    section places places en employment-ratio-places "Places compared" \
        "Places are ordered by their newest figure; before you read a rank off it, look at the bars, which say where each figure may be in ten years: places whose bars overlap may have changed places by then." "$places"
    section fan copenhagen en employment-ratio "Fan chart" \
        "The published figures, then the middle 50, 80 and 90 % of the futures if nothing new is done; dashed is the middle of each scenario, and the words at its end say how often it gets there." "$copenhagen"
    section futures copenhagen en employment-ratio-futures "A hundred futures" \
        "Count dots: each is one of a hundred futures, above the years in which it gets there, and those on the right do not." "$copenhagen"
    section scenarios copenhagen en employment-ratio-scenarios "The scenarios of one indicator" \
        "As the scenarios of all indicators, with the year of the middle future above each dot and a dotted line down from the baseline's." "$copenhagen"
    section groups copenhagen en grade-average-groups "Each group by itself" \
        "Both groups' own figures and fans: a gap can close because one rises or because the other falls, and here you see which." "$copenhagen"
    section decomposition copenhagen en grade-average-decomposition "What moved the gap" \
        "Since the first year, bars above 0 are to the group's advantage: the dark part is its own doing, the light one the reference's, and the line is both together." "$copenhagen"
    section backtest copenhagen en employment-ratio-backtest "What the method would have said" \
        "Each band was made from nothing but the figures known in the year where it begins; what happened since should lie inside about 8 of 10 such bands." "$copenhagen"
    printf '\n# In Danish\n'
    section fan copenhagen-da da employment-ratio "Viftediagram" \
        "The same as above: words, decimal signs and sentences are written for each language." "$copenhagen"
    section places places-da da employment-ratio-places "Stederne sammenlignet" \
        "The same as above, of 15 municipalities and the whole country." "$places"
} > "$scratch/gallery.md"
mv "$scratch/gallery.md" "$page"
echo "$page: $(find "$images" -name '*.png' | wc -l) pictures, $(du -ck "$images"/*.png | tail -1 | cut -f1) kB"
