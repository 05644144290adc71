#!/bin/bash
# Every file in data/ has its licence in data/SOURCES.md, and debian/copyright says the same of it.
cd "$(dirname "$0")/../.." || exit 70

# listed FILE: the licence in the table of SOURCES.md, once only.
listed() {
    awk -F ' *[|] *' -v name="\`$1\`" '$2 == name { print $3 }' data/SOURCES.md
}

# packaged PATH: the licence of the last paragraph of debian/copyright whose patterns match.
packaged() {
    local files='' line pattern found=''
    while IFS= read -r line; do
        case $line in
        'Files: '*) files=${line#Files: } ;;
        'License: '*)
            for pattern in $files; do
                # shellcheck disable=SC2254 # it is a pattern
                case $1 in $pattern) found=${line#License: } ;; esac
            done
            files=
            ;;
        esac
    done < debian/copyright
    echo "$found"
}

set -f # patterns of debian/copyright are not those of the shell
while IFS= read -r path; do
    file=${path#data/}
    licence=$(listed "$file")
    if [ -z "$licence" ] || [ "$(wc -l <<< "$licence")" -ne 1 ]; then
        echo "FAIL licences $path: not once in the table of data/SOURCES.md"
    elif [ "$licence" != "$(packaged "$path")" ]; then
        echo "FAIL licences $path: '$licence' in data/SOURCES.md, '$(packaged "$path")' in debian/copyright"
    else
        echo "ok licences $path"
    fi
done < <(find data -type f | LC_ALL=C sort)

# What is listed is there, and what debian/copyright names has a text.
while IFS= read -r file; do
    [ -e "data/$file" ] || echo "FAIL licences $file: listed in data/SOURCES.md, but not there"
done < <(sed -n "/^## Licence of each file/,/^## [^L]/s/^| \W\(\S*\)\W .*/\1/p" data/SOURCES.md)
missing=
while IFS= read -r name; do
    grep -qxF "License: $name" debian/copyright || missing+=" $name"
done < <(sed -n 's/^License: //p' debian/copyright | sed 's/ and /\n/g' | sort -u)
if [ -n "$missing" ]; then
    echo "FAIL licences texts: debian/copyright has none of$missing"
else
    echo "ok licences texts"
fi
