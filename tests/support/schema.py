"""Checks the schemas that `paritet schema` prints against the files of the repository.

Called by tests/scripts/schema.sh in the root of the repository, with the program on PATH; prints
the lines of a test script. Wrong files that a schema alone can refuse are listed below.
"""
import glob
import json
import os
import re
import subprocess
import sys

import jsonschema
import yaml

# Cases of tests/cli/wrong whose fault is one of structure: keys, kinds, units, ranges, choices.
STRUCTURAL = """
    050-model-unknown-key
    051-model-unknown-key-far
    052-model-no-title
    053-model-no-better
    054-model-no-unit
    055-model-no-data-key
    057-model-id-with-space
    064-model-boolean-ja
    065-model-choice-better
    066-model-gap-unknown
    068-model-band-no-unit
    070-model-band-no-reason
    076-model-target-without-by
    078-model-target-decimal-comma
    082-model-horizon-nan
    083-model-horizon-quoted
    084-model-horizon-decimal
    090-model-text-language
    091-model-list-wanted
    092-model-empty-value
    094-scenario-unknown-key
    095-scenario-cost-without-purse
    096-scenario-no-source
    098-scenario-no-levers
    099-scenario-unknown-kind
    105-scenario-effect-two-numbers
    107-scenario-effect-decimal-commas
    108-scenario-effect-unknown
    109-scenario-effect-bare-number
    111-scenario-reach-share
    115-scenario-delay-decimal
    116-scenario-ramp-shape
    117-scenario-start-missing
    119-scenario-resources-without-increase
    134-ids-too-long
    200-scenario-key-of-another-kind
    207-scenario-target-in-pp
    211-scenario-target-without-by
    216-scenario-response-unknown
    222-scenario-maximum-no-unit
    225-scenario-turnover-not-per-year
    228-scenario-may-overshoot-ja
    235-scenario-indicators-a-word
    240-scenario-cost-negative
    241-scenario-cost-with-unit-in-amount
    243-scenario-discount-no-unit
    253-scenario-base-with-a-fault-said-once
    256-scenario-base-a-list
    257-scenario-base-no-scenario
    260-link-unknown-key
    261-link-no-from
    262-link-no-effect
    263-link-no-source
    265-link-effect-of-a-lever
    266-link-effect-slash
    268-link-effect-unit-of-a-lever
    269-link-effect-bare-number
    275-link-half-a-year
    278-link-turnover-not-per-year
""".split()


class Core(yaml.SafeLoader):
    """YAML as paritet and editors read it (1.2, core schema): `no`, `0o7` and dates are words."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"^(~|null|)$", "~n\0"),
    ("bool", r"^(true|false)$", "tf"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    letters = [letter if letter != "\0" else "" for letter in first]
    Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), letters)
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))

validators = {}


def say(name, why=None):
    print(f"FAIL {name}: {why}" if why else f"ok {name}")


def printed(kind, language):
    command = ["paritet", "--lang", language, "schema", kind]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def without_descriptions(schema):
    if isinstance(schema, dict):
        return {
            key: without_descriptions(value)
            for key, value in schema.items()
            if key != "description" or not isinstance(value, str)
        }
    return [without_descriptions(item) for item in schema] if isinstance(schema, list) else schema


def check_schema(kind):
    english, danish = printed(kind, "en"), printed(kind, "da")
    trees = [json.loads(text) for text in (english, danish)]
    for language, text, tree in zip(("en", "da"), (english, danish), trees):
        name = f"schema {kind} {language}"
        same = json.dumps(tree, indent=2, ensure_ascii=False).encode() + b"\n"
        jsonschema.Draft202012Validator.check_schema(tree)
        if text != printed(kind, language):
            say(name, "other bytes the second time")
        elif text != same:
            say(name, "not indented by two, or no line end at the end")
        else:
            say(name)
    alike = without_descriptions(trees[0]) == without_descriptions(trees[1])
    say(f"schema {kind} differs in descriptions only", None if alike else "it does not")
    validators[kind] = jsonschema.Draft202012Validator(trees[0])


def errors_of(text):
    """What the schema says of a file; None where it is no YAML."""
    try:
        tree = yaml.load(text, Loader=Core)
    except yaml.YAMLError:
        return None
    model = isinstance(tree, dict) and ("areas" in tree or "data" in tree or "groups" in tree)
    found = validators["model" if model else "scenario"].iter_errors(tree)
    return [f"{error.json_path}: {error.message[:120]}" for error in found]


def check_valid(name, text):
    errors = errors_of(text)
    say(f"schema takes {name}", errors is None and "no YAML" or errors and errors[0])


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def fragment_errors(tree):
    """What the schemas say of some keys of a mapping: the least, over all mappings that have them."""
    least = ["no mapping has these keys: " + ", ".join(tree)]
    for validator in validators.values():
        definitions = validator.schema["$defs"]
        for mapping in [validator.schema, *definitions.values()]:
            if set(tree) <= set(mapping.get("properties", {})):
                part = {"$defs": definitions, "properties": mapping["properties"]}
                found = jsonschema.Draft202012Validator(part).iter_errors(tree)
                errors = [f"{error.json_path}: {error.message[:120]}" for error in found]
                least = min(least, errors, key=len)
    return least


def check_documents():
    """Every block of YAML in the documentation, a whole file or some keys of one."""
    for path in sorted(glob.glob("docs/*.md") + ["README.md"]):
        text = read(path)
        for match in re.finditer(r"^```yaml\n(.*?)^```", text, re.M | re.S):
            if re.search(r"wrong: [^\n]*-->\n$", text[: match.start()]):
                continue  # meant to be refused; tests/scripts/docs.sh sees to that
            name, block = f"{path}:{text[: match.start()].count(chr(10)) + 1}", match.group(1)
            tree = yaml.load(block, Loader=Core)
            if isinstance(tree, dict) and "title" in tree and ("areas" in tree or "levers" in tree):
                check_valid(name, block)
            elif isinstance(tree, dict):
                errors = fragment_errors(tree)
                say(f"schema takes the keys in {name}", errors and errors[0])


def blamed(folder, path):
    """Whether the checker finds a fault in a file of a test case, or does not get that far."""
    said = read(os.path.join(folder, "expected"))
    name = os.path.relpath(path, folder)
    return f"{name}:" in said or "[exit] 65" in said and not re.search(r"^\S+:\d+:", said, re.M)


def check_cases():
    refused, taken = [], 0
    for folder in sorted(glob.glob("tests/cli/*/*/")):
        case = folder.split("/")[-2]
        for path in sorted(glob.glob(folder + "**/*.yaml", recursive=True)):
            try:
                errors = errors_of(read(path))
            except UnicodeDecodeError:
                continue
            if blamed(folder, path):
                refused += [case] if errors else []
            elif errors:
                say(f"schema takes {path}", errors[0])
            else:
                taken += 1
    say(f"schema takes {taken} files of the tests", None if taken >= 40 else "too few")
    if "--list" in sys.argv:
        print("\n".join(sorted(set(refused))))
    for case in STRUCTURAL:
        say(f"schema refuses {case}", None if case in refused else "it takes the file")
    say(f"schema refuses {len(STRUCTURAL)} wrong files", None if len(STRUCTURAL) >= 25 else "too few")


# A value for every key that a kind of lever may need.
VALUES = {
    "effect": "0.5 pp",
    "increase": "20 %",
    "effect-at": {"increase": "10 %", "effect": "0.5 pp"},
    "value": "60 %",
    "by": 2035,
}
COMMON = {"id": "a", "start": 2027, "source": "us", "confidence": "low"}


def kinds():
    """The kinds of levers with the keys that they need, as `paritet levers` lists them."""
    command = ["paritet", "--lang", "en", "levers"]
    listed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    for name, body in re.findall(r"^(\S+)\n((?:  .*\n)+)", listed.split("\neffects\n")[0], re.M):
        needs = re.search(r"^  needs +(.*)$", body, re.M)
        yield name, needs.group(1).split(", ")


def check_kinds():
    """Each kind needs what its card says, may have it beside its indicators, and no other's."""
    scenario = validators["scenario"]
    every = dict(kinds())
    for kind, needs in every.items():
        lever = {**COMMON, "kind": kind, "indicator": "b", "group": "c"}
        if kind == "reach-target":
            del lever["confidence"]
        whole = {**lever, **{key: VALUES[key] for key in needs}}
        wrong = [] if scenario.is_valid({"levers": [whole]}) else ["refuses a whole one"]
        for key in needs:
            less = {k: v for k, v in whole.items() if k != key}
            if scenario.is_valid({"levers": [less]}):
                wrong.append(f"does without {key}")
            if not scenario.is_valid({"based-on": "base.yaml", "levers": [less]}):
                wrong.append(f"wants {key} of a change, too")
            beside = {**less, "indicators": [{"indicator": "b", "group": "c", key: VALUES[key]}]}
            shared = key in ("effect", "effect-at", "value")
            if scenario.is_valid({"levers": [beside]}) != shared:
                wrong.append(f"is wrong on {key} beside an indicator")
        for other in set(sum(every.values(), [])) - set(needs):
            if scenario.is_valid({"levers": [{**whole, other: VALUES[other]}]}):
                wrong.append(f"takes {other}")
        say(f"schema scenario knows kind {kind}", "; ".join(wrong))
    say(f"schema scenario knows {len(every)} kinds", None if len(every) >= 5 else "too few")


check_schema("model")
check_schema("scenario")
check_kinds()
for path in sorted(glob.glob("models/*.yaml") + glob.glob("scenarios/*.yaml")):
    check_valid(path, read(path))
for path in sorted(glob.glob("docs/examples/**/*.yaml", recursive=True)):
    check_valid(path, read(path))
check_documents()
check_cases()
