"""dictionary.py PROGRAM: prints each key and word of the program's own tables (`paritet schema`) that
tests/fuzz/words.dict lacks."""
import json
import subprocess
import sys


def words(node):
    if isinstance(node, dict):
        yield from node.get("properties", {})
        yield from (word for word in node.get("enum", ()) if isinstance(word, str))
        for child in node.values():
            yield from words(child)
    elif isinstance(node, list):
        for child in node:
            yield from words(child)


with open("tests/fuzz/words.dict", encoding="utf-8") as file:
    known = {line.strip().strip('"') for line in file if line.startswith('"')}
needed = set()
for kind in ("model", "scenario"):
    schema = subprocess.run([sys.argv[1], "schema", kind], check=True, capture_output=True).stdout
    needed.update(words(json.loads(schema)))
for word in sorted(needed - known):
    print(f'"{word}"')
