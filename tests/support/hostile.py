"""hostile.py PARITET: whatever a planner writes as a title, unit, note, place or source is text.

Builds a model whose every free text holds mark-up, formulas, commands, pipes, letters from right to
left and more characters than anything has room for, makes every form of answer, and reads each with
a parser of that form."""
import csv
import html
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

PARITET = sys.argv[1]
MARKUP = "<script>alert(1)</script> <img src=x onerror=alert(2)> &amp; &lt;b&gt; </title></svg>"
COMMANDS = "`touch x1` $(touch x2) '; system 'touch x3'; ' \"; system \"touch x4\" {/*2 x} @y ^z _w"
CELLS = "=cmd|'/C touch x5'!A0"
MARKS = "| a || b | **c** [d](javascript:e) ![f](g) # h \\ %s %n %d $0 ~ 1. i"
RIGHT = "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"
LONG = ("long " * 40).strip()
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"http://x\")", "|calc"]

TITLES = {
    "script": MARKUP,
    "command": COMMANDS,
    "cell": CELLS + " " + MARKS,
    "right": RIGHT + " " + LONG,
    "ended": "EOD $d << EOD e EOF exit; set output 'x6' \\n \\U+0060 %{ %%s &{x} {/Symbol a} \\",
    "drawn": "\U0001f469\u200d\U0001f467 \U0001f642 Z\u0351\u036b\u0343a\u0301\u0328 \u200e\u00ad.",
}


def quoted(text):
    return json.dumps(text, ensure_ascii=False)  # is YAML as well


def write_files(folder):
    texts = list(TITLES.values())
    lines = [f"title: {quoted(CELLS + ' ' + MARKUP)}", f"place: {quoted(MARKS)}", "horizon: 2040",
             "data: [ figures.csv ]", "groups:",
             f"  - {{ id: a, title: {quoted(COMMANDS)} }}", f"  - {{ id: b, title: {quoted(CELLS)} }}",
             "units:", f"  - {{ id: u, title: {quoted('=' + MARKUP)}, decimals: 1 }}", "areas:",
             "  - id: area", f"    title: {quoted(texts[0])}", "    goals:", "      - id: goal",
             f"        title: {quoted(texts[2])}", f"        owner: {quoted(texts[1])}",
             "        indicators:"]
    for i, (name, title) in enumerate(TITLES.items()):
        two = i % 2 == 0
        lines += [f"          - id: {name}", f"            title: {quoted(title)}",
                  "            decides: true", f"            unit: {'u' if two else quoted('%')}",
                  f"            series: {name}", "            group: a", "            better: higher",
                  f"            note: {quoted(texts[-1 - i])}"]
        if two:
            lines += ["            reference: b",
                      f"            band: {{ within: 0.5 points, because: {quoted(texts[i])} }}"]
        else:
            lines += [f"            target: {{ value: 60 %, by: 2030, because: {quoted(texts[i])} }}"]
        if i == 0:
            lines += [f"            breaks: [ {{ year: 2016, because: {quoted(texts[2])} }} ]"]
    with open(os.path.join(folder, "model.yaml"), "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
    with open(os.path.join(folder, "figures.csv"), "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["indicator", "group", "year", "value", "note", "source"])
        for i, name in enumerate(TITLES):
            for year in range(2012, 2025):
                writer.writerow([name, "a", year, 40 + (year - 2012) * 0.8 + year * 7 % 3, texts[2],
                                 FORMULAS[i] + " " + texts[i]])
                writer.writerow([name, "b", year, 55 + year * 5 % 3, texts[0], texts[i]])
    for name in ("one", "two"):
        with open(os.path.join(folder, name + ".yaml"), "w", encoding="utf-8") as out:
            out.write(f"title: {quoted(COMMANDS if name == 'one' else MARKUP)}\nlevers:\n"
                      f"  - id: {name}\n    indicator: script\n    group: a\n    kind: pace\n"
                      "    effect: { triangular: [ 0.1, 0.2, 0.4 ], unit: points/year }\n"
                      "    start: 2026\n"
                      "    cost: { amount: 3, unit: million DKK/year, purse: state }\n"
                      f"    source: {quoted(CELLS + MARKS)}\n    confidence: low\n")


# ---------------------------------------------------------------- claims

failed = []


def claim(name, faults):
    faults = [f for f in faults if f]
    print(f"FAIL hostile {name}: see below" if faults else f"ok hostile {name}")
    for fault in faults[:10]:
        print(f"    {str(fault)[:300]!r}")


def flat(text):
    return re.sub(r"\s+", " ", text)


def run(folder, *arguments, **environment):
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLUMNS": "1000", **environment}
    done = subprocess.run([PARITET, *arguments], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, check=False)
    if done.returncode != 0:
        raise SystemExit(f"FAIL hostile {arguments}: {done.stderr.decode()[:2000]}")
    return done.stdout.decode()


def controls(text):
    return [repr(text[max(0, m.start() - 30):m.end() + 10])
            for m in re.finditer("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", text)]


def check_text(folder):
    for language in ("da", "en"):
        faults = []
        for columns in ("80", "1000"):
            for command in (["check"], ["simulate", "--draws", "300", "--plot"],
                            ["simulate", "--draws", "300", "--table", "gained"]):
                text = run(folder, "-q", "--lang", language, *command, "model.yaml", "one.yaml",
                           "two.yaml", COLUMNS=columns)
                faults += controls(text)
                if "gained" not in command:
                    faults += [f"{command} lacks {t}" for t in (MARKUP, COMMANDS)
                               if flat(t) not in flat(text)]
                if command[0] == "simulate" and "gained" not in command:
                    faults += [f"{command} lacks {t}" for t in TITLES.values()
                               if flat(t) not in flat(text)]
        claim(f"a terminal in '{language}' shows each title as it was written", faults)


def check_csv_and_json(folder):
    faults = []
    for name in sorted(os.listdir(os.path.join(folder, "out"))):
        path = os.path.join(folder, "out", name)
        if name.endswith(".csv"):
            rows = list(csv.reader(open(path, encoding="utf-8", newline=""), strict=True))
            faults += [f"{name}: {row}" for row in rows if len(row) != len(rows[0])]
            table = json.loads(run(folder, "-q", "simulate", "--draws", "300", "--format", "json",
                                   "--table", name[:-4], "model.yaml", "one.yaml", "two.yaml")
                               if name[:-4] in ("parity", "gained", "bands", "costs") else "[]")
            faults += [f"{name} as JSON is {table}"] if not isinstance(table, (dict, list)) else []
    manifest = json.load(open(os.path.join(folder, "out", "manifest.json"), encoding="utf-8"))
    faults += [] if manifest else ["an empty manifest"]
    claim("every CSV has its columns in every row, and JSON is JSON", faults)


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self.faults, self.style = [], [], False

    def handle_starttag(self, tag, attributes):
        self.style = tag == "style"
        if tag in ("script", "img", "iframe", "object", "embed"):
            if tag != "img" or not str(dict(attributes).get("src", "")).startswith("data:"):
                self.faults.append(f"an element {tag} {attributes}")
        for name, value in attributes:
            if name.startswith("on") or "javascript:" in (value or "") and name in ("href", "src"):
                self.faults.append(f"an attribute {name}={value}")

    def handle_endtag(self, tag):
        self.style = False

    def handle_data(self, data):
        if not self.style:
            self.text.append(data)


def check_page(folder):
    path = os.path.join(folder, "out", "report.html")
    if not os.path.exists(path):
        return
    page = Page()
    page.feed(open(path, encoding="utf-8").read())
    text = flat("".join(page.text))
    faults = page.faults + controls(text)
    faults += [f"lacks {t}" for t in TITLES.values() if flat(t) not in text]
    claim("the page holds no element or attribute of a title's, and each title as text", faults)


def unescaped_pipes(line):
    return len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))


def check_note(folder):
    lines = open(os.path.join(folder, "out", "note.md"), encoding="utf-8").read().split("\n")
    faults, columns = controls("\n".join(lines)), 0
    for line in lines:
        if line.startswith("|"):
            columns = columns or unescaped_pipes(line)
            if unescaped_pipes(line) != columns:
                faults.append(f"a row with another number of columns: {line}")
        else:
            columns = 0
        bare = re.sub(r"\\.", "", re.sub(r"`[^`]*`", "", line))
        for what in ("<script", "<img", "](javascript", "**c**", "![f"):
            if what in bare:
                faults.append(f"{what} unescaped: {line}")
    read = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", "\n".join(lines))
    read = flat(html.unescape(read))
    faults += [f"lacks {t}" for t in TITLES.values() if flat(t) not in read]
    claim("the note escapes what would be mark-up, and each title can be read in it", faults)


def check_workbook(folder):
    path = os.path.join(folder, "out", "barometer.xlsx")
    if not os.path.exists(path):
        return
    faults, strings = [], []
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            root = ElementTree.fromstring(book.read(name))
            for element in root.iter():
                tag = element.tag.split("}")[-1]
                if tag == "t":
                    strings.append(element.text or "")
                if tag == "f" and "worksheets" in name:
                    if re.search(r"cmd|HYPERLINK|touch|SUM\(1\)", element.text or ""):
                        faults.append(f"a formula {element.text}")
                if tag in ("hyperlink", "oleObject", "externalReference", "definedName"):
                    if "touch" in str(element.attrib) + str(element.text):
                        faults.append(f"{tag} {element.attrib} {element.text}")
            if name.endswith(".rels") and b"External" in book.read(name):
                faults.append(f"{name} leads out of the book")
    everything = flat(" ".join(strings))
    faults += [f"lacks {t}" for t in TITLES.values() if flat(t)[:200] not in everything]
    claim("the workbook holds each title as a string, and none as a formula or a link", faults)


def check_pictures(folder):
    faults, seen = [], 0
    plots = os.path.join(folder, "out", "plots")
    for name in sorted(os.listdir(plots)):
        if not name.endswith(".svg"):
            continue
        seen += 1
        root = ElementTree.parse(os.path.join(plots, name)).getroot()
        text = flat(" ".join("".join(e.itertext()) for e in root.iter()
                             if e.tag.endswith("}text")))
        for element in root.iter():
            tag = element.tag.split("}")[-1]
            if tag in ("script", "image", "foreignObject"):
                faults.append(f"{name} has an element {tag}")
        if name == "script.svg" and "<script>alert" not in text:
            faults.append(f"{name} lacks its title: {text[:200]}")
        if name == "command.svg" and "`touch x1`" not in text:
            faults.append(f"{name} lacks its title: {text[:200]}")
        if name == "command.svg" and "{/*2 x}" not in text:
            faults.append(f"{name} reads its title as mark-up: {text[:300]}")
    faults += [] if seen >= 4 else [f"only {seen} pictures"]
    claim(f"pictures draw a title as it was written ({seen})", faults)


def main():
    folder = tempfile.mkdtemp()
    try:
        write_files(folder)
        check_text(folder)
        run(folder, "-q", "report", "--draws", "300", "-o", "out", "model.yaml", "one.yaml", "two.yaml")
        check_csv_and_json(folder)
        check_page(folder)
        check_note(folder)
        check_workbook(folder)
        check_pictures(folder)
        # what a planner does next: draw a script again
        subprocess.run(["gnuplot", "-e", "format='png'", "command.gp"], check=False,
                       cwd=os.path.join(folder, "out", "plots"), stderr=subprocess.DEVNULL)
        ran = [os.path.join(root, file) for root, _, files in os.walk(folder) for file in files
               if re.match(r"x\d", file)]
        claim("no command of a title was run", ran)
    finally:
        shutil.rmtree(folder)


main()
