"""limits.py PROGRAM VARIANT: each limit of include/paritet/limits.h at the limit and one beyond,
inputs without end, and memory against input. LONG=1 adds what needs files of hundreds of megabytes."""
import gzip
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading

PROGRAM, VARIANT = sys.argv[1:3]
LONG = os.environ.get("LONG") == "1"
HEAD = "indicator,group,year,value"
MIB = 1 << 20
ROOM = 1 if VARIANT == "release" else 4  # address sanitizers keep what is freed for a while
with open("include/paritet/limits.h", encoding="utf-8") as header:
    LIMITS = {name: int(value) << int(shift or 0) for name, value, shift in re.findall(
        r"#define PT_(\w+)\s+\(?(?:\(size_t\))?(\d+)(?: << (\d+)\))?", header.read())}


class Ran:
    def __init__(self, code, out, err, peak):
        self.code, self.out, self.err, self.peak = code, out, err, peak


def run(*arguments, endless=None, address_space=None, language="en"):
    """endless: bytes that standard input repeats for as long as they are taken."""
    def before():
        if address_space:
            resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([PROGRAM, "--lang", language, *arguments], stdout=out, stderr=err,
                                   stdin=subprocess.PIPE if endless else subprocess.DEVNULL,
                                   preexec_fn=before)
        timer = threading.Timer(300, process.kill)
        timer.start()
        try:
            while endless:
                process.stdin.write(endless)
        except BrokenPipeError:
            pass
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    return Ran(os.waitstatus_to_exitcode(status), *texts, usage.ru_maxrss * 1024)


def say(name, why):
    print(f"FAIL limits {name}: {why}" if why else f"ok limits {name}")


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    return name


# -------------------------------------------------------------------- files of a given size

def table(rows, columns=()):
    head = HEAD + "".join("," + c for c in columns)
    return ["check", "--data", write("d.csv", head + "\n" + "".join(row + "\n" for row in rows))]


def columns_of(n):
    return table(["a,b,2001,3" + "," * (n - 4)], [f"x{i}" for i in range(n - 4)])


def line_of(n):
    start, size = "a,b,2001,3", 30000
    cells, rest = divmod(n - len(start) - 1, size + 1)
    row = start + ("," + "x" * size) * cells
    if rest > 0:
        row += "," + "x" * (rest - 1)
    assert len(row) == n - 1, (len(row), n)
    return table([row], [f"x{i}" for i in range(row.count(",") - 3)])


def rows_of(n):
    with open("d.csv", "w", encoding="ascii") as file:
        file.write(HEAD + "\n")
        for first in range(0, n, 2000):
            file.write("".join(f"{first},b,{1000 + i},1\n" for i in range(min(2000, n - first))))
    return ["check", "--data", "d.csv"]


MODEL = """title: {title}
data: [ figures.csv ]
groups: [ {{ id: a, title: a }}, {{ id: b, title: b }} ]
areas:
- id: x
  title: x
  goals:
  - id: y
    title: y
    indicators:
    - {{ id: {id}, title: i, unit: "%", series: s, group: a, better: lower, note: "{note}" }}
{more}"""
FIGURES = HEAD + "\n" + "".join(f"s,a,{y},{70 - y % 7}\n" for y in range(2001, 2013))


def model(title="t", note="n", name="i", more="", figures=FIGURES):
    write("figures.csv", figures)
    write("m.yaml", MODEL.format(title=title, note=note, id=name, more=more))
    return ["check", "m.yaml"]


def places_of(n):
    rows = "".join(f"s,a,p0,{y},{y % 7}\n" for y in range(2010, 2020))
    rows += "".join(f"s,a,p{p},2020,{p % 50}\n" for p in range(n))
    return model(more="places: all\n", figures="indicator,group,place,year,value\n" + rows)


def levers_of(n, name="s.yaml"):
    levers = "".join(f"- {{ id: l{i}, indicator: i, group: a, kind: pace, effect: {{ fixed: -0.1, unit: "
                     "pp/year }, start: 2025, source: none, confidence: high }\n" for i in range(n))
    return model() + [write(name, "title: s\noverlap: independent\nlevers:\n" + levers)]


def based_on(n):
    levers_of(1, "c0.yaml")
    for i in range(n):
        write(f"c{i + 1}.yaml", f"title: c\nbased-on: c{i}.yaml\nhorizon: 2050\n")
    return model() + [f"c{n}.yaml"]


def scenarios_of(n):
    os.makedirs("many", exist_ok=True)
    return levers_of(1) + [levers_of(1, f"many/s{i}.yaml")[-1] for i in range(n)]


MODEL_VALUES = 49 # keys and values of MODEL, lists and mappings among them


def values_of(n):
    inside, lists = n - MODEL_VALUES, []
    while inside > 0:
        items = min(inside - 2, 9000)
        lists.append(f"k{len(lists)}: [ " + "1, " * (items - 1) + "1 ]\n")
        inside -= items + 2
    return model(more="".join(lists))


def option(name):
    """Options are read before files: where they are taken, it ends at a model that is not there."""
    return lambda n: ["project", name, str(n), "none.yaml"]


# name, arguments for n, the limit, what is said beyond it, code at the limit
CASES = [
    ("columns", columns_of, "CSV_COLUMNS_MOST", "columns, and at most", 0),
    ("a cell", lambda n: table(["a,b,2001,3," + "x" * n], ["note"]), "CSV_CELL_MOST", "are read; shorten it", 0),
    ("a line", line_of, "CSV_LINE_MOST", "is this a table with one row on each line?", 0),
    ("a name", lambda n: table(["a" * n + ",b,2001,3"]), "ID_MOST", "too long for a name", 0),
    ("an id", lambda n: model(name="i" * n), "ID_MOST", "an id has at most", 0),
    ("a title", lambda n: model(title="t" * n), "TITLE_MOST", "takes at most", 0),
    ("a text", lambda n: model(note="t" * n), "TEXT_MOST", "takes at most", 0),
    ("items", lambda n: model(more="u: [ " + "1, " * (n - 1) + "1 ]\n"), "YAML_ITEMS_MOST",
     "items in one list", 65),
    ("keys", lambda n: model(more="u: { " + ", ".join(f"k{i}: 1" for i in range(n)) + " }\n"),
     "YAML_KEYS_MOST", "keys in one mapping", 65),
    ("nesting", lambda n: model(more="u: " + "[ " * (n - 1) + "1" + " ]" * (n - 1) + "\n"),
     "YAML_DEPTH_MOST", "deep; is a bracket missing", 65),
    ("values", values_of, "YAML_NODES_MOST", "keys and values in one file", 65),
    ("levers", levers_of, "LEVERS_MOST", "levers, with those of", 0),
    ("files of a scenario", based_on, "BASED_ON_MOST", "files are based on each other", 0),
    ("draws", option("--draws"), "DRAWS_MOST", "--draws takes a whole number from", 66),
    ("horizon", option("--horizon"), "YEAR_MOST", "--horizon takes a whole number from", 66),
    ("threads", option("--threads"), "THREADS_MOST", "--threads takes a whole number from", 66),
    ("places", places_of, "PLACES_MOST", "'all' means the data's", 0),
]
LONG_CASES = [
    ("rows", rows_of, "CSV_ROWS_MOST", "more than 10000000 rows", 0),
    ("scenarios", lambda n: scenarios_of(n - 1), "SCENARIOS_MOST", "scenarios, and at most", 0),
    ("series", lambda n: table(f"{i},b,2001,1" for i in range(n)), "CSV_SERIES_MOST", "series (indicators", 0),
]


def try_limit(name, make, limit, message, code):
    limit = LIMITS[limit]
    at = run(*make(limit))
    if at.code != code or message in at.err:
        return f"{limit} gives {at.code}: {at.err[:300]}"
    beyond = run(*make(limit + 1))
    line = next((line for line in beyond.err.split("\n") if message in line), "")
    if beyond.code not in (64, 65) or not line:
        return f"{limit + 1} gives {beyond.code}: {beyond.err[:300]}"
    if str(limit) not in line:
        return f"the limit {limit} is not named: {line}"
    danish = run(*make(limit + 1), language="da")
    return f"no Danish: {danish.err[:300]}" if message in danish.err or danish.code != beyond.code else None


# -------------------------------------------------------------------- without end

def endless():
    """Nothing that has no end is read to it, nor kept."""
    for name, arguments, data, code, message in (
            ("/dev/zero as figures", ["check", "--data", "/dev/zero"], None, 65, "does not occur in text"),
            ("/dev/zero as a model", ["check", "/dev/zero"], None, 65, "does not occur in text"),
            ("/dev/zero as a benchmark", ["backtest", "--data", "/dev/zero"], None, 65, "does not occur in text"),
            ("a folder as figures", ["check", "--data", "."], None, 66, "it is a folder"),
            ("a folder as a model", ["check", "."], None, 66, "it is a folder"),
            ("a folder as a shard", ["merge", "."], None, 66, "cannot"),
            ("a model without end", ["check", "-"], b"a: b\n" * 10000, 65,
             "is larger than 4 MiB, the most of a YAML file"),
            ("a shard without end", ["merge", "/dev/zero"], None, 65, "is larger than 128 MiB, which is not read")):
        ran = run(*arguments, endless=data)
        good = ran.code == code and message in ran.err and ran.peak < 200 * MIB * ROOM
        say(name, None if good else f"{ran.code}, {ran.peak // MIB} MiB: {ran.err[:200]}")


def gigabyte():
    """A file that is larger is refused by its size; sparse, so that the disk holds nothing."""
    with open("large.csv", "wb") as file:
        file.truncate((1 << 30) + 1)
    ran = run("check", "--data", "large.csv")
    os.remove("large.csv")
    good = ran.code == 65 and "'large.csv' is larger than 1 GiB; split it into several files" in ran.err
    say("a gigabyte", None if good else f"{ran.code}: {ran.err[:200]}")


def fifo():
    os.mkfifo("pipe")
    levers_of(1)
    threading.Thread(target=lambda: write("pipe", FIGURES), daemon=True).start()
    ran = run("check", "--data", "pipe")
    say("a pipe is read to its end", None if ran.code == 0 else ran.err[:200])


def bombs():
    with gzip.open("zeros.csv.gz", "wb", 9) as file:
        for _ in range(80):
            file.write(b"\0" * MIB)
    with gzip.open("letters.csv.gz", "wb", 9) as file:
        for _ in range(80):
            file.write(b"a" * MIB)
    for name, message in (("zeros.csv.gz", "does not occur in text"), ("letters.csv.gz", "unpacks to more than 100 times its size")):
        ran = run("backtest", "--data", name)
        good = ran.code == 65 and message in ran.err and ran.peak < 64 * MIB * ROOM
        say(f"a bomb, {name}", None if good else f"{ran.code}, {ran.peak // MIB} MiB: {ran.err[:200]}")
    laugh = "a0: &a0 [ x, x ]\n" + "".join(
        f"a{i}: &a{i} [ {', '.join(['*a%d' % (i - 1)] * 9)} ]\n" for i in range(1, 30))
    ran = run(*model(more=laugh))
    good = ran.code == 65 and "anchors and aliases" in ran.err and ran.peak < 32 * MIB * ROOM
    say("a billion laughs", None if good else f"{ran.code}, {ran.peak // MIB} MiB: {ran.err[:200]}")



# -------------------------------------------------------------------- memory

BASE = 24 * MIB  # of address space: program and libraries


def of_few_series(n):
    """Ten yearly rows in each series."""
    with open("d.csv", "w", encoding="ascii") as file:
        file.write(HEAD + ",source\n")
        for i in range(n // 10):
            file.write("".join(f"indicator-{i % 1000},group-{i // 1000},{2001 + y},{y}.5,statistics office\n"
                               for y in range(10)))
    return ["check", "--data", "d.csv"], "d.csv"


def of_many_series(n):
    return table(f"{i},b,2001,1" for i in range(n)), "d.csv"


def of_windows(n):
    with open("d.csv", "wb") as file:
        file.write((HEAD + ",note\n").encode())
        for i in range(n // 1000):
            file.write(b"a,b%d,2001,3," % i + b"\x80" * 1000 + b"\n")
    return ["check", "--data", "d.csv"], "d.csv"


def of_packed(n):
    with gzip.open("b.csv.gz", "wt", 6) as file:
        file.write("series,t,value,part\n")
        for i in range(n // 10):
            file.write("".join(f"{i},{y},{(i * 37 + y * y) % 1000}.5,{'train' if y < 8 else 'test'}\n"
                               for y in range(10)))
    return ["backtest", "--data", "b.csv.gz", "--families", "linear", "--threads", "1"], "b.csv.gz"


def of_shard(n):
    files = [levers_of(1, f"s{i}.yaml")[-1] for i in range(n)]
    run("--quiet", "simulate", "--draws", "1000", "--horizon", "3000", "--shard", "1/1", "-o", "part.json",
        "m.yaml", *files)
    return ["--quiet", "merge", "part.json"], "part.json"


# name, file of size n, n, how often its size memory may take (docs/reliability.md), code
MULTIPLES = [
    ("figures", of_few_series, 300000, 4, 0),
    ("figures, each row a series of its own", of_many_series, 300000, 20, 0),
    ("figures in Windows-1252", of_windows, 5000000, 6, 0),
    ("a model of comments", lambda n: (model(more="# " + "x" * n + "\n"), "m.yaml"), 4000000, 4, 0),
    ("a model of nothing but ones", lambda n: (values_of(n), "m.yaml"), 200000, 60, 65),
    ("a packed benchmark", of_packed, 100000, 50, 0),
    ("a shard", of_shard, 10, 40, 0),
]


def try_multiple(make, n, times, code):
    arguments, file = make(n)
    space = BASE + times * os.path.getsize(file)
    ran = run(*arguments, address_space=space)
    return None if ran.code == code else f"{ran.code} in {space // MIB} MiB: {ran.err[:200]}"


def estimates():
    """What a run says that it will need, against what it then needs."""
    levers_of(1)
    for draws, horizon in ((20000, 3000), (1000000, 2060), (300000, 2500)):
        ran = run("-v", "simulate", "--draws", str(draws), "--horizon", str(horizon), "--threads", "1",
                  "--format", "csv", "m.yaml", "s.yaml")
        said, took = (int(n) for n in re.findall(r"(\d+) MiB of memory", ran.err))
        good = ran.code == 0 and (took - 8) / 1.5 <= said <= 3 * took
        say(f"memory of {draws} draws to {horizon}", None if good else f"said {said}, took {took} MiB")
    merge, _ = of_shard(40)
    ran = run("-v", *merge[1:])
    said = [int(n) for n in re.findall(r"(\d+) MiB of memory will", ran.err)]
    good = ran.code == 0 and len(said) == 1 and 2 <= said[0] <= 3 * ran.peak // MIB
    say("memory of a merge", None if good else f"{ran.code}, said {said}, took {ran.peak // MIB} MiB: {ran.err[:200]}")


def too_large():
    """What there is no memory for is refused before it starts."""
    levers_of(1)
    large = ["--quiet", "simulate", "--draws", str(LIMITS["DRAWS_MOST"]), "--horizon", "3000", "--threads", "1",
             "m.yaml", "s.yaml"]
    for language, message in (("en", "use fewer --threads or --draws"), ("da", "brug færre --threads eller --draws")):
        ran = run(*large, address_space=400 * MIB, language=language)
        good = ran.code == 71 and message in ran.err and not ran.out
        say(f"too many draws ({language})", None if good else f"{ran.code}: {ran.err[:200]}")
    command = places_of(3000)[1:]
    scenarios = [levers_of(1, f"s{i}.yaml")[-1] for i in range(60)]
    places_of(3000)
    ran = run("--quiet", "report", "--no-plots", "-o", "report", *command, *scenarios, address_space=2000 * MIB)
    good = ran.code == 71 and "ask about one indicator or place at a time" in ran.err and not os.path.exists("report")
    say("too many answers", None if good else f"{ran.code}: {ran.err[:200]}")
    figures, _ = of_few_series(500000)
    for language, message in (("en", "MiB of memory or more, and "), ("da", "MiB hukommelse eller mere, og ")):
        ran = run(*figures, address_space=80 * MIB, language=language)
        good = ran.code == 71 and message in ran.err and "MiB" in ran.err and not ran.out
        say(f"too many figures ({language})", None if good else f"{ran.code}: {ran.err[:200]}")


if __name__ == "__main__":
    PROGRAM = os.path.abspath(PROGRAM)
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        for case in CASES + (LONG_CASES if LONG else []):
            say(case[0], try_limit(*case))
        endless()
        if LONG:
            gigabyte()
        fifo()
        bombs()
        if VARIANT == "release":  # address sanitizers take terabytes of it
            for name, *multiple in MULTIPLES:
                say(f"memory of {name}", try_multiple(*multiple))
            too_large()
        estimates()
