#!/bin/sh
# Writes to standard output the template (.pot) of every message in src/ and include/.
set -e
cd "$(dirname "$0")/.."

# Macros and functions that take a message, and where in their arguments it stands.
keywords='PT_N:1 PT_NP:1,2 PT_RAISE:3 REFUSE:2 COMPLAIN:3 REPORT:4 pt_diagnose:5
    pt_spot_report:4 pt_message_set:2 pt_message_nset:3,4 pt_buffer_say:3 pt_plot_say:3 complain_usage:2'

set --
for keyword in $keywords; do set -- "$@" "--keyword=$keyword"; done

find src include -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort |
    xgettext --files-from=- --output=- --language=C --from-code=UTF-8 --keyword "$@" \
        --add-comments=TRANSLATORS --add-location=file --no-wrap --package-name=paritet
