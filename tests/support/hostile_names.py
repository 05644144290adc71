"""hostile_names.py PARITET: no name of a file, place, folder or link leads anything astray.

Names of inputs, of places and of the output that steer terminals, look like mark-up, commands, formats
or formulas, lead out of the folder, are too long or look the same; and output folders in which somebody
has put links, pipes and other people's files."""
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

PARITET = os.path.abspath(sys.argv[1])
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
MODEL = "m\x1b[31m\n|<script>alert(1)<b>\u202e`touch x1`'\"\udcff\udc9b.yaml"  # with two bytes that are no UTF-8
SCENARIO = "=s %s%n $(touch x2) \U0001f642e\u0301.yaml"
FIGURES = "=d|<b> @ 'touch x3'\\.csv"
OUTPUT = "out\x1b]0;x\x07`touch x4` -rf"
PLACES = ["A B", "A-B", "a b", "\u00c5", "AA", "aa", "../../x", "..x", ".", "..", "/etc/passwd", "C:\\x", "CON",
          "nul.txt", "x" * 100, "x" * 99 + "y", "\u00e5" * 50, "\U0001f642", "\U0001f642\U0001f642", "\u00e9", "e\u0301",
          "`touch x5`", "$(touch x6)", "unnamed", "unnamed-2", "-rf", "--help", "~", "a'b", 'a"b', "%s%n", "*",
          "=1+1", "e", "EOD", "EOF", "$data << EOD", "<script>", "{/*9 x}", "@y", "\\", "#", "q|r", "![a](b)"]
IDS = ["i" + "x" * 99, "i" + "x" * 98 + "y", "I" + "x" * 99]

failed = 0


def claim(name, faults):
    global failed
    faults = [f for f in faults if f]
    failed += len(faults) > 0
    print(f"FAIL hostile-names {name}: see below" if faults else f"ok hostile-names {name}")
    for fault in faults[:10]:
        print(f"    {str(fault)[:300]!r}")


def model(places, ids, data):
    lines = ["title: T", "horizon: 2035", f"places: {places}", f"data: [ {json.dumps(data)} ]", "groups:",
             "  - { id: a, title: A }", "areas:", "  - id: area", "    title: Area", "    goals:",
             "      - id: goal", "        title: Goal", "        indicators:"]
    for i, name in enumerate(ids):
        lines += [f"          - id: {name}", f"            title: Title {i}", '            unit: "%"',
                  "            series: s", "            group: a", "            better: higher",
                  "            target: { value: 60 %, by: 2030 }"]
    return "\n".join(lines) + "\n"


def put(path, text):
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(text)


def put_figures(path):
    with open(path, "w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["indicator", "group", "place", "year", "value"])
        for place in PLACES:
            rows.writerows(["s", "a", place, year, 40 + (year - 2012) * 0.8 + year * 7 % 3]
                           for year in range(2012, 2025))


def run(folder, *arguments):
    return subprocess.run([PARITET, *arguments], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=300, check=False, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"})


def texts_below(folder):
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(path) as book:
                    yield from ((name + "/" + part, book.read(part).decode()) for part in book.namelist()
                                                if part.endswith((".xml", ".rels")))
            elif not name.endswith((".png", ".pdf")):
                yield name, open(path, encoding="utf-8", newline="").read()


def ran(folder):
    return [name for _, _, names in os.walk(folder) for name in names if re.fullmatch(r"x\d", name)]


# ---------------------------------------------------------------- files called badly

def check_file_names(folder):
    put(os.path.join(folder, MODEL), model('[ "A B" ]', ["one"], FIGURES))
    put_figures(os.path.join(folder, FIGURES))
    put(os.path.join(folder, SCENARIO),
        "title: S\nlevers:\n  - id: l\n    indicator: one\n    group: a\n    kind: pace\n    start: 2026\n"
        "    effect: { triangular: [ 0.1, 0.2, 0.4 ], unit: pp/year }\n    source: x\n    confidence: low\n")
    done = run(folder, "-v", "report", "--draws", "50", MODEL, SCENARIO, "-o", OUTPUT)
    said = done.stderr.decode() + done.stdout.decode()
    faults = [f"exit {done.returncode}: {said}"] if done.returncode else []
    faults += CONTROLS.findall(said.replace("\n", ""))
    for name, text in texts_below(os.path.join(folder, OUTPUT)):
        text = text.replace("\u202e", "") if name == "manifest.json" else text  # a path is itself in JSON
        faults += [f"{name} holds {found!r}" for found in CONTROLS.findall(text)]
        if "<script" in text and not name.endswith((".csv", ".json", ".gp")):
            faults += [f"{name}: {text[max(0, text.index('<script') - 60):][:120]}"
                       for before in [text[text.index("<script") - 1]] if before != "\\"]
    claim("inputs and outputs may be called anything", faults)
    faults = []
    for arguments in (["check", "none\x1b[2J\u202e"], ["\x1b[31m"], ["--x\x1b[31m"], ["check", MODEL, "-i", "\x1b]0;x\x07"],
                      ["check", MODEL, "-o", "none/\x1b[31m"], ["status", MODEL, "--format", "\x1b[31m"],
                      ["check", "--data", "\x9b31m"], ["merge", "\x1b[31m"], ["--lang", "\u202e"],
                      ["report", MODEL, "-o", "none.csv\n/\x1b[31m/.."], ["check", MODEL, "%n%s%n" * 50]):
        done = run(folder, *arguments)
        faults += [f"{arguments}: {done.stderr}"
                   for _ in CONTROLS.findall(done.stderr.decode().replace("\n", ""))[:1]]
        faults += [f"{arguments}: exit {done.returncode}"] if done.returncode not in (64, 65, 66, 73) else []
    claim("no message steers the terminal, also in a pipe", faults)
    claim("and nothing of a name is run", ran(folder))


# ---------------------------------------------------------------- places

def check_places(folder):
    put(os.path.join(folder, "many.yaml"), model("all", IDS, "many.csv"))
    put_figures(os.path.join(folder, "many.csv"))
    before = sorted(os.listdir(folder))
    done = run(folder, "-q", "report", "--no-plots", "--draws", "50", "many.yaml", "-o", "many")
    if done.returncode:
        claim("each place has its plots", [done.stderr.decode()])
        return
    names = os.listdir(os.path.join(folder, "many", "plots"))
    faults = [n for n in names if not re.fullmatch(r"[a-z0-9][a-z0-9-]*\.gp", n) or len(n.encode()) > 255]
    faults += [f"beside it: {set(os.listdir(folder)) - set(before)}"] if \
        sorted(os.listdir(folder)) != sorted(before + ["many"]) else []
    wanted = 3 * len(IDS) * len(PLACES)  # fan, futures, self-test
    have = sum(bool(re.match(r"i[xy]+-", n)) for n in names)
    faults += [] if have >= wanted else [f"{have} plots of places, not {wanted}"]
    faults += [f"{n} is called as another, but for capitals" for n in names if n != n.lower()]
    claim(f"{len(PLACES)} places of {len(IDS)} long ids have plots of their own", faults)
    listed = {o["path"] for o in json.load(open(os.path.join(folder, "many", "manifest.json"),
                                                encoding="utf-8"))["outputs"]}
    there = {os.path.relpath(os.path.join(r, n), os.path.join(folder, "many"))
             for r, _, ns in os.walk(os.path.join(folder, "many")) for n in ns} - {"manifest.json"}
    claim("the manifest lists what is there", listed ^ there)
    subset = [p for p in PLACES if len(p) < 20][::6]
    put(os.path.join(folder, "few.yaml"), model(json.dumps(subset), ["one"], "many.csv"))
    done = run(folder, "-q", "report", "--draws", "50", "few.yaml", "-o", "few")
    drawn = [n for n in os.listdir(os.path.join(folder, "few", "plots")) if n.endswith(".png")] \
        if done.returncode == 0 else []
    claim("gnuplot draws them", [] if len(drawn) > 2 * len(subset) else [done.stderr.decode(), drawn])
    claim("and runs nothing of their names", ran(folder))


# ---------------------------------------------------------------- what stands in the output

def check_folders(folder):
    put(os.path.join(folder, "m.yaml"), model('[ "A B" ]', ["one"], "many.csv"))
    outside = os.path.join(folder, "outside")
    os.makedirs(os.path.join(outside, "plots"))
    for name in ("note.md", "plots/one-a-b.gp", "plots/mine.txt"):
        put(os.path.join(outside, name), "theirs\n")
    state = {}

    def snapshot():
        return {os.path.join(r, n): (open(os.path.join(r, n), encoding="utf-8").read(),
                                     os.stat(os.path.join(r, n)).st_mode)
                for r, _, ns in os.walk(outside) for n in ns}

    state = snapshot()
    out = os.path.join(folder, "o")

    def report(target="o"):
        return run(folder, "-q", "report", "--no-plots", "--draws", "50", "m.yaml", "-o", target)

    def attempt(name, plant, code=0, also=lambda: []):
        shutil.rmtree(out, ignore_errors=True)
        faults = [f"exit {report().returncode} without"] if report().returncode else []
        plant()
        done = report()
        said = done.stderr.decode()
        faults += [f"exit {done.returncode}: {said}"] if done.returncode != code else []
        faults += ["what is outside was changed"] if snapshot() != state else []
        faults += [f"left beside: {n}" for n in os.listdir(folder) if ".paritet-" in n]
        faults += also()
        claim(name, faults)

    def instead(name, make):
        def plant():
            path = os.path.join(out, name)
            if os.path.isdir(path):
                shutil.rmtree(path)
            elif os.path.lexists(path):
                os.unlink(path)
            make(path)
        return plant

    def is_link(name, target):
        return lambda: [] if os.path.islink(os.path.join(out, name)) and \
            os.readlink(os.path.join(out, name)) == target else [f"no link {name}"]

    secret = os.path.join(outside, "note.md")
    attempt("a link in place of the note is kept as a link and not followed",
            instead("note.md", lambda p: os.symlink(secret, p)), also=is_link("note.md.mine", secret))
    attempt("a link in place of the plots' folder is not followed",
            instead("plots", lambda p: os.symlink(os.path.join(outside, "plots"), p)),
            also=is_link("plots.mine", os.path.join(outside, "plots")))
    attempt("a link where nothing of ours stands stays one",
            instead("more", lambda p: os.symlink("../outside", p)), also=is_link("more", "../outside"))
    attempt("a second name of a file outside is not written through",
            instead("status.csv", lambda p: os.link(secret, p)),
            also=lambda: [] if os.path.samefile(os.path.join(out, "status.csv.mine"), secret) else ["not kept"])

    def pipes(path):
        os.mkfifo(path)
        put(path + ".mine", "mine\n")
    attempt("a pipe in place of a file does not hang", instead("note.md", pipes))
    attempt("a folder in place of a file is kept", instead("note.md", os.makedirs))
    attempt("a folder without rights is no end",
            instead("shut", lambda p: os.mkdir(p, 0)), code=0 if os.geteuid() == 0 else 73)
    os.chmod(os.path.join(out, "shut"), 0o700) if os.path.exists(os.path.join(out, "shut")) else None
    attempt("a manifest that is a link makes no folder ours",
            instead("manifest.json", lambda p: os.symlink(os.path.join(outside, "none.json"), p)), code=73)

    def lie(path):  # whether it is taken for one of ours is not what is asked
        put(path, json.dumps({"program": "paritet", "outputs": [
            {"path": "../outside/note.md", "sha256": "0" * 64}, {"path": "/etc/passwd", "sha256": "0" * 64}]}))
    attempt("a manifest that names files outside harms none", instead("manifest.json", lie))

    faults = []
    shutil.rmtree(out, ignore_errors=True)
    for name, make in (("link", lambda p: os.symlink(outside, p)), ("loop", lambda p: os.symlink("loop", p)),
                       ("dangling", lambda p: os.symlink("nowhere/x", p)), ("pipe", os.mkfifo)):
        make(os.path.join(folder, name))
        done = report(name)
        faults += [f"{name}: exit {done.returncode} {done.stderr}"] if done.returncode != 73 else []
    for name in ("/", ".", "..", "", "/dev/null", "m.yaml", "n" * 250, "/proc/x/y", "pipe/x"):
        done = report(name)
        faults += [f"{name!r}: exit {done.returncode} {done.stderr}"] if done.returncode != 73 else []
    faults += ["what is outside was changed"] if snapshot() != state else []
    faults += [n for n in ("nowhere",) if os.path.lexists(os.path.join(folder, n))]
    claim("outputs that are no place for a report are refused", faults)
    check_file_outputs(folder, secret)


def check_file_outputs(folder, secret):
    faults = []

    def answer(name):
        return run(folder, "-q", "status", "--format", "csv", "m.yaml", "-o", name)

    os.symlink("target.csv", os.path.join(folder, "kept.csv"))
    put(os.path.join(folder, "target.csv"), "old\n")
    os.chmod(os.path.join(folder, "target.csv"), 0o640)
    done = answer("kept.csv")
    faults += [done.stderr] if done.returncode else []
    faults += [] if os.path.islink(os.path.join(folder, "kept.csv")) else ["the link was replaced"]
    faults += [] if os.stat(os.path.join(folder, "target.csv")).st_mode & 0o777 == 0o640 else ["another mode"]
    os.link(secret, os.path.join(folder, "hard.csv"))
    faults += [answer("hard.csv").stderr] + (["written through a second name"]
                                             if open(secret, encoding="utf-8").read() != "theirs\n" else [])
    os.symlink("m.yaml", os.path.join(folder, "input.csv"))
    os.link(os.path.join(folder, "m.yaml"), os.path.join(folder, "input2.csv"))
    for name in ("input.csv", "input2.csv", "m.yaml", "./m.yaml", "many.csv"):
        done = answer(name)
        faults += [f"{name}: exit {done.returncode}"] if done.returncode != 73 else []
    for i in range(3):  # where a predictable name is taken by a link, it is not followed
        os.symlink(secret, os.path.join(folder, f".new.csv.{os.getpid() + i}-0.tmp"))
    done = answer("new.csv")
    faults += [done.stderr] if done.returncode else []
    faults += ["written through a link"] if open(secret, encoding="utf-8").read() != "theirs\n" else []
    claim("one file as the output is replaced, never written through", faults)


def main():
    folder = tempfile.mkdtemp()
    try:
        check_file_names(folder)
        check_places(folder)
        check_folders(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(failed > 0)


main()
