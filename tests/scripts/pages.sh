#!/bin/bash
# The guides as pages for a browser: every link and picture in them leads to something that is there.
cd "$(dirname "$0")/../.." || exit 70
if ! command -v cmark-gfm > /dev/null; then
    echo "SKIP pages: cmark-gfm (make deps-dev)"
    exit 0
fi
scratch=$(mktemp -d) || exit 70
trap 'rm -rf "$scratch"' EXIT

tools/pages.sh "$scratch" || { echo "FAIL pages: tools/pages.sh"; exit 0; }
cd "$scratch/html" || exit 70
broken=
for page in *.html; do
    while read -r link; do
        file=${link%%#*} name=${link#*#}
        [[ $link == *'#'* ]] || name=
        [ -e "${file:-$page}" ] && { [ -z "$name" ] || grep -q "id=\"$name\"" "${file:-$page}"; } ||
            broken+="    $page: $link"$'\n'
    done < <(grep -oE '(href|src)="[^"]*"' "$page" | sed -E 's/^[a-z]+="(.*)"$/\1/' | grep -v '^https\?:')
done
if [ -n "$broken" ]; then
    echo "FAIL pages links: these lead nowhere"
    printf '%s' "$broken"
else
    echo "ok pages links"
fi
guides=("$OLDPWD"/docs/*.md)
if [ "$(grep -c '<li><a ' index.html)" = ${#guides[@]} ] && [ ${#guides[@]} -gt 5 ]; then
    echo "ok pages index"
else
    echo "FAIL pages index: not ${#guides[@]} guides"
fi
