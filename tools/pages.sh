#!/bin/sh
# tools/pages.sh FOLDER: the guides of docs/ as pages for a browser, with their pictures, and an
# index of them. For packages; docs/ itself is read as it stands. Needs cmark-gfm.
set -e
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."
out=$1
mkdir -p "$out/html"
cp -R docs/images "$out/html"

# page TITLE: Markdown from standard input as a page; links to guides lead to their pages. What lies
# outside docs/ is named and no longer a link.
page() {
    printf '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>%s</title>\n' "$1"
    printf '<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>\n'
    printf 'body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font-family: sans-serif; line-height: 1.5 }\n'
    printf 'img { max-width: 100%% } pre { overflow-x: auto } th, td { padding: .2rem .6rem; text-align: left; vertical-align: top }\n'
    printf '</style>\n</head>\n<body>\n'
    cmark-gfm --extension table | sed -E -e '/^<!-- raw HTML omitted -->$/d' \
        -e 's#<a href="([a-z-]+)\.md(\#[^"]*)?">#<a href="\1.html\2">#g' \
        -e 's#<a href="(\.\./|examples/)[^"]*">([^<]*)</a>#\2#g' | awk '
        # headings get the names by which GitHub knows them
        match($0, /^<h[1-6]>/) {
            id = tolower($0)
            gsub(/<[^>]*>|&[a-z]+;|[^a-z0-9 _-]/, "", id)
            gsub(/ /, "-", id)
            sub(/>/, " id=\"" id "\">")
        }
        { print }'
    printf '</body>\n</html>\n'
}

{
    printf '# paritet: the guides\n\n'
    for guide in docs/*.md; do
        name=$(basename "$guide" .md)
        title=$(sed -n '1s/^# //p' "$guide")
        page "$title" < "$guide" > "$out/html/$name.html"
        printf '* [%s](%s.md)\n' "$title" "$name"
    done
} > "$out/index.md"
page 'paritet: the guides' < "$out/index.md" > "$out/html/index.html"
rm "$out/index.md"
