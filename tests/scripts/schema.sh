#!/bin/sh
# The schemas of `paritet schema` are JSON Schema, take every example there is, and refuse wrong
# files whose fault is one of structure.
cd "$(dirname "$0")/../.." || exit 70

command -v python3 > /dev/null || { echo "SKIP schema: python3"; exit 0; }
for module in jsonschema yaml; do
    python3 -W ignore -c "import $module" 2> /dev/null ||
        { echo "SKIP schema: python3-$module"; exit 0; }
done
python3 -W ignore -c 'from jsonschema import Draft202012Validator' 2> /dev/null ||
    { echo "SKIP schema: python3-jsonschema of 2021 or later"; exit 0; }

exec python3 -W ignore tests/support/schema.py "$@"
