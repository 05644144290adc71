#!/bin/sh
# Every row of data/*.csv names its source.
cd "$(dirname "$0")/../.." || exit 70

for file in data/*.csv; do
    awk -v file="$file" '
        # Splits one record, quotes minded, into cell[1..].
        function split_record(record,    i, c, n, inside) {
            for (i in cell) delete cell[i]
            n = 1
            for (i = 1; i <= length(record); i++) {
                c = substr(record, i, 1)
                if (c == "\"") inside = !inside
                else if (c == separator && !inside) n++
                else cell[n] = cell[n] c
            }
            return n
        }

        { sub(/\r$/, "") }
        NR == 1 {
            sub(/^\357\273\277/, "")
            separator = index($0, ";") ? ";" : ","
            for (i = split_record($0); i > 0; i--) if (cell[i] == "source") column = i
            if (!column) { why = "no column source"; exit }
            next
        }
        {
            # A line break inside quotes: the record goes on.
            record = record $0
            copy = record
            if (gsub(/"/, "", copy) % 2) { record = record "\n"; next }
            if (record != "") {
                split_record(record)
                rows++
                if (cell[column] !~ /[^ \t]/) why = why (why ? ", " : "no source in line ") NR
            }
            record = ""
        }
        END {
            if (!why && !rows) why = "no rows"
            print why ? "FAIL sources " file ": " why : "ok sources " file
        }' "$file"
done
