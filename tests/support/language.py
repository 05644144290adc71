"""language.py PARITET: no text of the program's own in English in a Danish run, and the reverse.

Runs every command in both languages on models whose own texts are made-up words, takes the texts out
of whatever form the answers have, and looks in each for what the catalogue po/da.po has in the other
language: whole sentences (with anything in the place of their fields), and words that only the other
language has."""
import concurrent.futures
import csv
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

import yaml

PARITET = sys.argv[1]
REPO = os.getcwd()
FREE_TEXT = {"title", "because", "source", "note", "owner"}
LANGUAGES = ("da", "en")
OTHER = {"da": "en", "en": "da"}

# ---------------------------------------------------------------- the catalogue


def po_entries(path):
    """(msgid or msgid_plural, [msgstr...]) of each entry."""
    key, fields = None, {}
    for line in open(path, encoding="utf-8").read().split("\n") + [""]:
        keyed = re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line)
        if keyed:
            key = keyed.group(1)
            fields[key] = json.loads(keyed.group(2))
        elif line.startswith('"'):
            fields[key] += json.loads(line)
        elif not line and fields.get("msgid"):
            strings = [v for k, v in fields.items() if k.startswith("msgstr")]
            for name in ("msgid", "msgid_plural"):
                if name in fields:
                    yield fields[name], strings
        if not line:
            fields = {}


FIELD = re.compile(r"%(?:%|[-+ #0]*[\d*]*(?:\.[\d*]+)?(?:hh|h|ll|l|z|j)?[a-zA-Z])")
WORD = re.compile(r"(?<!\w)[A-Za-zÀ-ž]{2,}(?!\w)")


def unfilled(text):
    return FIELD.sub(lambda m: "%" if m.group() == "%%" else "\0", text)


class Sentence:
    """A message as a pattern."""

    def __init__(self, text):
        self.text = text
        pieces = re.sub(r"\s+", " ", unfilled(text)).strip().split("\0")
        self.longest = max(pieces, key=len)
        self.pattern = re.compile(".{0,400}?".join(map(re.escape, pieces)))

    def says_enough(self):
        return len(WORD.findall(unfilled(self.text))) >= 3 and len(self.longest) >= 10

    def occurs_in(self, text):
        return self.longest in text and self.pattern.search(text)


def words_of(text):
    return {w.lower() for w in WORD.findall(QUOTED.sub(" ", unfilled(text)))}


# What is meant literally in any language: quotations, options, ids and paths.
QUOTED = re.compile(r"\b\w+(?:\|\w+)+|'[^'\n]{0,160}'|\"[^\"\n]{0,160}\"|--[\w-]+(?:=\S+)?|\b[\w.]+[-_/@][\w./@-]+"
                    r"|https?:\S+|\b\w+\.(?:csv|ya?ml|gp|svg|png|md|html|xlsx|json)\b")


class Catalogue:
    def __init__(self, identifiers):
        pairs = [(a, [b for b in strings if b != a]) for a, strings in po_entries("po/da.po")]
        english = [a for a, strings in pairs if strings]
        danish = [b for _, strings in pairs for b in strings]
        self.sentences = {"en": self.kept(english, danish), "da": self.kept(danish, english)}
        words = {"en": set(), "da": set()}
        for a, strings in po_entries("po/da.po"):
            words["en"] |= words_of(a)
            for b in strings:
                words["da"] |= words_of(b)
        self.words = {"en": words["en"] - words["da"] - identifiers,
                      "da": words["da"] - words["en"] - identifiers}

    @staticmethod
    def kept(texts, others):
        """Those that the other language does not have literally, as in an example of what to write."""
        whole = "\n".join(re.sub(r"\s+", " ", unfilled(other)) for other in others)
        return [s for s in map(Sentence, sorted(set(texts) - set(others)))
                if s.says_enough() and s.longest not in whole]


# ---------------------------------------------------------------- texts of the answers


class PageText(html.parser.HTMLParser):
    """What a reader of a page may meet: text, and attributes that are read out."""

    def __init__(self):
        super().__init__()
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("style", "script")
        said = {"alt", "title", "aria-label", "summary"}
        said |= {"content"} if ("name", "description") in attributes else set()
        self.parts += [v for k, v in attributes if v and k in said]
        if tag not in ("b", "strong", "em", "code", "span", "a", "abbr", "tspan"):
            self.parts.append("\n")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def text_of_page(text):
    page = PageText()
    page.feed(text)
    return "".join(page.parts)


def text_of_script(text):
    """Comments, and what stands in quotes as text of the picture."""
    kept, block = [], False
    for line in text.split("\n"):
        if re.match(r"\$\w+ << EOD", line):
            block = True
        if not block:
            if line.lstrip().startswith("#"):
                kept.append(line.lstrip("# "))
            else:
                for quoted in re.findall(r"'((?:[^']|'')*)'", line):
                    if " " in quoted and not re.search(r"[%$]|^#", quoted):
                        kept.append(quoted.replace("''", "’"))
        block = block and line != "EOD"
    return "\n".join(kept)


def text_of_workbook(path):
    parts = []
    with zipfile.ZipFile(path) as book:
        for name in sorted(book.namelist()):
            if not name.endswith(".xml"):
                continue
            root = ElementTree.fromstring(book.read(name))
            for element in root.iter():
                tag = element.tag.split("}")[-1]
                if tag in ("t", "v", "title", "subject", "description", "keywords") and \
                        not re.fullmatch(r"[-+.\deE]*", element.text or ""):
                    parts.append(element.text)
                if tag == "sheet":
                    parts.append(element.get("name"))
                if tag in ("docPr", "cNvPr") and element.get("descr"):
                    parts.append(element.get("descr"))
    return "\n".join(parts)


def text_of_schema(text):
    parts = []

    def walk(node):
        if isinstance(node, dict):
            parts.extend(v for k, v in node.items()
                         if k in ("title", "description", "$comment") and isinstance(v, str))
            for v in node.values():
                walk(v)
        elif isinstance(node, list):
            for v in node:
                walk(v)

    walk(json.loads(text))
    return "\n".join(parts)


# ---------------------------------------------------------------- models in made-up words


def made_up(node, language=None):
    """The same with every free text replaced by words of no language."""
    if isinstance(node, dict):
        return {k: (made_up_text(v) if k in FREE_TEXT else made_up(v)) for k, v in node.items()}
    if isinstance(node, list):
        return [made_up(v) for v in node]
    return node


def made_up_text(value):
    return {"da": "Xqda", "en": "Xqen"} if isinstance(value, dict) else "Xq"


def identifiers_in(node):
    """Words that a model gives by its ids: the program has to repeat them."""
    found = set()
    if isinstance(node, dict):
        for key, value in node.items():
            found |= {key.lower()} if isinstance(key, str) else set()
            found |= identifiers_in(value)
    elif isinstance(node, list):
        for value in node:
            found |= identifiers_in(value)
    elif isinstance(node, str):
        found |= {w.lower() for w in WORD.findall(node)}
    return found


def copy_made_up(source, target):
    loaded = yaml.safe_load(open(source, encoding="utf-8"))
    made = made_up(loaded)
    for path in made.get("data", []):
        copy_figures(os.path.join("models", path), os.path.join(os.path.dirname(target), path))
    with open(target, "w", encoding="utf-8") as out:
        yaml.safe_dump(made, out, allow_unicode=True, sort_keys=False, width=1000)
    return identifiers_in(made)


def copy_figures(source, target):
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(source, encoding="utf-8", newline="") as rows, \
            open(target, "w", encoding="utf-8", newline="") as out:
        reader = csv.DictReader(rows)
        writer = csv.DictWriter(out, reader.fieldnames)
        writer.writeheader()
        for row in reader:
            writer.writerow({k: "Xq" if k in FREE_TEXT and v else v for k, v in row.items()})


def words_to_write():
    """What files and command lines hold in any language: keys, cards, commands, options, forms."""
    pages = [run("en", [card]) for card in ("families", "levers")]
    names = [name for page in pages for name in re.findall(r"^ {0,2}([a-z][\w-]*)", page, re.M)]
    names += re.findall(r"^  (\w+) ", run("en", ["--help"]), re.M)
    for kind in ("model", "scenario"):
        names += re.findall(r'"([\w-]+)": ', run("en", ["schema", kind]))
    others = {"svg", "png", "pdf", "scenario", "mean"}  # `schema scenario`; a key inside of effects
    return {w.lower() for name in names for w in WORD.findall(name)} | others


def prepare(folder):
    """name: (model, scenarios); and the words that are ids."""
    studies, identifiers = {}, set()
    for name, scenarios in (("copenhagen", ["scenarios", "scenarios/copenhagen"]),
                            ("denmark", ["scenarios/denmark"]),
                            ("municipalities", ["scenarios/municipalities"])):
        os.makedirs(os.path.join(folder, "models"), exist_ok=True)
        model = os.path.join(folder, "models", name + ".yaml")
        identifiers |= copy_made_up(f"models/{name}.yaml", model)
        paths = []
        for part in scenarios:
            for file in sorted(os.listdir(part)):
                if file.endswith(".yaml"):
                    paths.append(os.path.join(folder, file))
                    identifiers |= copy_made_up(os.path.join(part, file), paths[-1])
                    identifiers |= {w.lower() for w in WORD.findall(file)}
        studies[name] = (model, paths)
    return studies, identifiers


# ---------------------------------------------------------------- runs


def run(language, arguments, cwd=None, shell=None):
    env = {"PATH": os.path.dirname(PARITET) + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8",
           "LANGUAGE": language, "REPO": REPO, "HOME": cwd or "/", "COLUMNS": "200"}
    command = ["sh", shell] if shell else [PARITET] + arguments
    done = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=False)
    return (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")


def without_echo(text):
    """Without the lines of a file that a message shows, with their carets, and what was quoted."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("    "))


def command_texts(language, studies):
    """(name, text) of every command."""
    few = ["--draws", "300"]
    commands = re.findall(r"^  (\w+) ", run(language, ["--help"]), re.M)
    jobs = [["--help"], []] + [[c, "--help"] for c in commands]
    jobs += [["families"], ["levers"], ["nothing"], ["--nothing"], ["project"], ["report", "x.yaml"]]
    for name, (model, scenarios) in studies.items():
        one = ["-i", "employment-ratio@Odense"] if name == "municipalities" else []
        jobs += [["check", "-v", model] + scenarios, ["fit", "-v", model] + one,
                 ["simulate", "-v", "--plot", model] + scenarios + one + few,
                 ["simulate", "--format", "markdown", model] + scenarios[:2] + one + few]
        if name != "municipalities":
            jobs += [["backtest", model] + few]
        if "status" in commands:
            jobs += [["status", model] + one + few]
    listed = re.findall(r"'(\w+)'", run(language, ["simulate", "--table", "?", "x", "y"]))
    model, scenarios = studies["denmark"]
    for table in listed:
        jobs += [["simulate", "--table", table, model] + scenarios + few]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for job, text in zip(jobs, pool.map(lambda job: run(language, job), jobs)):
            yield " ".join(os.path.basename(a) for a in job), without_echo(text)
    for kind in ("model", "scenario"):
        yield "schema " + kind, text_of_schema(run(language, ["schema", kind]))


def report_texts(language, studies, folder):
    for name in ("copenhagen", "denmark"):
        model, scenarios = studies[name]
        made = os.path.join(folder, f"{name}-{language}")
        said = run(language, ["report", "--no-plots", "--draws", "300", "-o", made, model] +
                   scenarios[:4])
        yield f"report {name}", said
        for root, _, files in os.walk(made):
            for file in sorted(files):
                path = os.path.join(root, file)
                label = f"report {name}: {file}"
                if file.endswith(".xlsx"):
                    yield label, text_of_workbook(path)
                    continue
                text = open(path, encoding="utf-8").read()
                if file.endswith(".md"):
                    yield label, re.sub(r"\\(\W)", r"\1", text)
                elif file.endswith(".html"):
                    yield label, text_of_page(text)
                elif file.endswith(".gp"):
                    yield label, text_of_script(text)


def mistakes(language, folder):
    """What is said of wrong files; every third case of tests/cli/wrong."""
    cases = sorted(os.listdir("tests/cli/wrong"))[::3]

    def one(case):
        scratch = os.path.join(folder, f"wrong-{language}-{case}")
        subprocess.run(["cp", "-R", os.path.join("tests/cli/wrong", case), scratch], check=True)
        return run(language, None, cwd=scratch, shell="cmd")

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case, text in zip(cases, pool.map(one, cases)):
            yield "wrong/" + case, without_echo(text)


# ---------------------------------------------------------------- what is wrong with a text

NUMBERS = {  # of a language, in texts where nothing is quoted
    "da": [("a decimal point", re.compile(r"(?<![\w.,])(?<!afsnit )\d+\.\d{1,2}(?![\d.\w])"))],
    "en": [("a decimal comma", re.compile(r"(?<![\w.,])\d+,\d{1,2}(?![\d,\w])"))],
}
NUMBERS["da"] += [("a per cent sign without a space", re.compile(r"\d%(?!\w|/)"))]


# shown in the language, but written in files the same in all, as what is said of a wrong one tells
UNIT_TO_WRITE = re.compile(r"(pp|points?) per (pp|points?)$")


def faults(language, catalogue, text, strict):
    flat = re.sub(r"\s+", " ", text)
    for sentence in catalogue.sentences[OTHER[language]]:
        if not strict and UNIT_TO_WRITE.match(sentence.text):
            continue
        if sentence.occurs_in(flat):
            yield f"says '{sentence.text}'"
    if not strict:
        return
    bare = QUOTED.sub(" ", text)
    foreign = {w.lower() for w in WORD.findall(bare)} & catalogue.words[OTHER[language]]
    for word in sorted(foreign):
        line = re.search(rf"[^\n]*\b{word}\b[^\n]*", bare, re.I)
        yield f"has the word '{word}': {line.group().strip()[:160] if line else ''}"
    for what, pattern in NUMBERS[language]:
        found = pattern.search(bare)
        if found:
            yield f"has {what}: ...{bare[max(0, found.start() - 40):found.end() + 20]!r}"


def works_without_locales():
    """--lang needs nothing of the machine."""
    said = {}
    for name, env in (("with", {"LC_ALL": "C.UTF-8"}),
                      ("without", {"LC_ALL": "C", "LOCPATH": "/nowhere", "LANGUAGE": ""}),
                      ("another", {"LC_ALL": "da_DK.UTF-8", "LANGUAGE": "de"})):
        said[name] = subprocess.run(
            [PARITET, "--lang", "da", "project", "--draws", "300", "models/denmark.yaml"],
            env={"PATH": os.environ["PATH"], **env}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            check=False).stdout
    danish = "forløb" in said["with"].decode()
    same = said["with"] == said["without"] == said["another"]
    name = "language --lang da says the same without any locale, and in a Danish one"
    print(f"ok {name}" if danish and same else f"FAIL {name}: {said}")


def main():
    works_without_locales()
    folder = tempfile.mkdtemp()
    try:
        studies, identifiers = prepare(folder)
        catalogue = Catalogue(identifiers | words_to_write())
        for language in LANGUAGES:
            parts = (("every command", command_texts(language, studies), True),
                     ("reports", report_texts(language, studies, folder), True),
                     ("what is said of wrong files", mistakes(language, folder), False))
            for part, texts, strict in parts:
                found, n = [], 0
                for label, text in texts:
                    n += 1
                    found += [f"    {label}: {fault}"
                              for fault in faults(language, catalogue, text, strict)]
                name = f"language in '{language}', {part}: nothing of the other ({n} texts)"
                print(f"FAIL {name}: see below" if found else f"ok {name}")
                print("\n".join(found), end="\n" if found else "")
    finally:
        subprocess.run(["rm", "-rf", folder], check=False)


main()
