#!/bin/sh
# Writes to standard output the template (.pot) of every message in src/ and include/.
set -e
cd "$(dirname "$0")/.."

# Macros and functions that take a message, and where in their arguments it stands.
keywords='PT_N:1 PT_NP:1,2 PT_MSG:1 PT_RAISE:3 pt_diagnose:5 pt_message_set:2 pt_message_nset:3,4'

set --
for keyword in $keywords; do set -- "$@" "--keyword=$keyword"; done

find src include -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort |
    xgettext --files-from=- --output=- --language=C --from-code=UTF-8 --keyword "$@" \
        --add-comments=TRANSLATORS --add-location=file --no-wrap --package-name=paritet
