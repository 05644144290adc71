#!/bin/sh
# tools/css2c.sh FILE.css NAME: prints a style sheet as a C string, without its comments and indents.
set -e
printf 'extern const char %s[];\nconst char %s[] =\n' "$2" "$2"
sed -e 's|/\*.*\*/||' -e '/\/\*/,/\*\//d' -e 's/^ *//' -e '/^$/d' \
    -e 's/[\\"]/\\&/g' -e 's/.*/    "&\\n"/' "$1"
echo '    "";'
