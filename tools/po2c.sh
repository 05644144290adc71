#!/bin/sh
# tools/po2c.sh po/da.po: writes a const C table of the translations to standard output, sorted by
# the bytes of the message for bsearch. Fuzzy, obsolete and missing translations are left out.
# The escapes of a .po string are those of C, so its pieces are copied as they stand.
set -e
export LC_ALL=C.UTF-8
language=$(basename "$1" .po)
clean=$(mktemp)
trap 'rm -f "$clean"' EXIT

msgfmt --check --output-file=/dev/null "$1"
msgattrib --translated --no-fuzzy --no-obsolete --no-wrap --no-location "$1" > "$clean"

LC_ALL=C awk -v file="$1" -v language="$language" '
    # bytes("\"a\\n\" \"b\"") is what the compiler will make of the pieces; for sorting only.
    function bytes(pieces,    out, i, c, inside) {
        for (i = 1; i <= length(pieces); i++) {
            c = substr(pieces, i, 1)
            if (c == "\"") { inside = !inside; continue }
            if (!inside) continue
            if (c == "\\") {
                c = substr(pieces, ++i, 1)
                c = c == "n" ? "\n" : c == "t" ? "\t" : c == "r" ? "\r" : c
            }
            out = out c
        }
        return out
    }

    function finish(    i) {
        if (text["msgid"] != "" && text["msgid"] != "\"\"") {
            key = bytes(text["msgid"])
            for (i = n++; i > 0 && (keys[i - 1] "") > (key ""); i--) {
                keys[i] = keys[i - 1]
                rows[i] = rows[i - 1]
            }
            keys[i] = key
            rows[i] = sprintf("    { %s,\n      %s,\n      { %s,\n        %s } },", text["msgid"],
                              or_null("msgid_plural"), text["msgstr"], or_null("msgstr[1]"))
        }
        for (i in text) delete text[i]
    }

    function or_null(field) { return text[field] == "" ? "NULL" : text[field] }

    function refuse(why) { print file ": error: " why > "/dev/stderr"; failed = 1; exit 1 }

    /^$/ { finish(); next }
    /^#/ { next }
    /^msgctxt/ { refuse("msgctxt is not supported: " $0) }
    /^msgstr\[[2-9]\]/ { refuse("more than two plural forms: " $0) }
    /^msg/ {
        field = $1 == "msgstr[0]" ? "msgstr" : $1
        sub(/^[^ ]+ /, "")
    }
    /<PRI/ { refuse("a PRI macro inside a message cannot be looked up; cast and use %zu or %lld: " $0) }
    { text[field] = text[field] == "" || text[field] == "\"\"" ? $0 : text[field] " " $0 }

    END {
        if (failed) exit 1
        finish()
        print "/* Made from " file " by tools/po2c.sh: change that file, not this one. */"
        print "#include \"output/catalogue.h\"\n"
        print "const struct pt_catalogue_entry pt_catalogue_" language "[] = {"
        for (i = 0; i < n; i++) print rows[i]
        if (n == 0) print "    { NULL, NULL, { NULL, NULL } },"
        print "};"
        print "const size_t pt_catalogue_" language "_count = " n + 0 ";"
    }' "$clean"
