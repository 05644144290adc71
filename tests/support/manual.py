"""manual.py FOLDER: what the pages in FOLDER name is what there is, and the reverse.

Every command has a page with its options, and no page names an option that no command has; every key
of `paritet schema` and every column of the data stands in its page, and no page marks up as a key what
is none. Prints the lines of a test script."""
import json
import pathlib
import re
import subprocess
import sys

FOLDER = pathlib.Path(sys.argv[1])


def verdict(name, wrong):
    print(f"FAIL manual {name}: {'; '.join(wrong)}" if wrong else f"ok manual {name}")


def differences(here, there):
    """What is missing in `here`, and what it has beyond `there`."""
    return [f"{x} is missing" for x in sorted(there - here)] + [f"there is no {x}" for x in sorted(here - there)]


def paritet(*arguments):
    return subprocess.run(["paritet", *arguments], check=True, capture_output=True, text=True).stdout


def options_of(help_page):
    named = re.findall(r"^  (?:    |(-\w)(?:, | ))(--[\w-]+)?", help_page, re.M)
    return {name for pair in named for name in pair if name}


def flags(marked_up):
    """Options in lines of mdoc, as one writes them."""
    found = set()
    for line in marked_up:
        if line.startswith("."):
            found |= {"-" + f.replace("\\-", "-") for f in re.findall(r"\bFl (\\?-?\w[\w\\-]*)", line)}
    return found


def keys_of(schema):
    keys = set()
    if isinstance(schema, dict):
        keys |= set(schema.get("properties", {}))
        for value in schema.values():
            keys |= keys_of(value)
    elif isinstance(schema, list):
        for value in schema:
            keys |= keys_of(value)
    return keys


def marked(lines, macro):
    """Words behind a macro, without punctuation; with `, ` between them there may be several."""
    words = set()
    for line in lines:
        match = re.match(rf"\.(?:It )?{macro} (.*)", line)
        if match:
            words |= {w for w in re.split(r" (?=[A-Z][a-z] )", match.group(1))[0].split() if w not in ",.:;"}
    return words


commands = re.findall(r"^  (\w+) ", paritet("help").split("\n\n")[1], re.M)
pages = {page.name: page.read_text(encoding="utf-8").split("\n") for page in FOLDER.iterdir()}
every_option = options_of(paritet("help"))
wrong = differences({p[len("paritet-"):-2] for p in pages if re.match(r"paritet-\w+\.1$", p)}, set(commands))
verdict("has a page for every command", wrong)
for command in commands:
    options = options_of(paritet("help", command))
    every_option |= options
    lines = pages.get(f"paritet-{command}.1", [])
    verdict(f"has the options of {command}", differences(flags(x for x in lines if x.startswith(".It")), options))
for name, lines in sorted(pages.items()):
    verdict(f"names in {name} options that there are",
            [f"there is no {x}" for x in sorted(flags(lines) - every_option - {"-9"})])  # -9 of kill

schemas = {name: keys_of(json.loads(paritet("schema", name))) for name in ("model", "scenario")}
columns = set(re.findall(r'^ +X\(\w+, "(\w+)", \w+\)',
                         pathlib.Path("src/barometer/data_header.h").read_text(encoding="utf-8"), re.M))
# The keys inside a text and an effect belong to the values that the page describes.
values = {"da", "en", "unit", "chance-of-none", "fixed", "triangular", "pert", "normal", "lognormal", "uniform"}
for name, there in (*schemas.items(), ("data", columns)):
    lines = pages[f"paritet-{name}.5"]
    listed = marked([x for x in lines if x.startswith(".It")], "Ic")
    verdict(f"has the keys of {name}", differences(listed | (values & there), there))
    verdict(f"marks up in {name} keys that there are",
            [f"there is no {x}" for x in sorted(marked(lines, "Ic") - there)])
