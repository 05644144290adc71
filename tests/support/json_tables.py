"""json_tables.py: every table of every command as CSV and as JSON holds the same, cell by cell."""
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile

REPO = os.environ["REPO"]
COPENHAGEN = REPO + "/models/copenhagen.yaml"
SCENARIOS = [REPO + "/scenarios/" + name for name in ("both.yaml", "copenhagen/advisers.yaml")]
TWO_GROUPS = ("-i", "grade-average")
MOVED = ("-i", "employment-ratio")
BENCHMARK = REPO + "/tests/cli/backtest/scores-of-two-categories/figures.csv"
MUNICIPALITIES = REPO + "/models/municipalities.yaml"
NOT_FINITE = ("", "inf", "-inf")
USAGE = 64
seen, filled = set(), set()  # names of tables that were compared, and those that had rows


def paritet(*arguments):
    return subprocess.run(["paritet", "--quiet", *arguments], capture_output=True, text=True,
                          encoding="utf-8")


def tables_of(*command):
    """The names of all tables, from the message on one that there is not."""
    said = paritet(*command, "--table", "no-such-table").stderr
    return re.findall(r"[a-z-]+", said.split("there are", 1)[1].replace(" and ", " "))


def parse(text):
    """As a strict program does: no NaN, no name twice."""
    def refuse(word):
        raise ValueError(word + " is not JSON")

    def once(pairs):
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a name comes twice")
        return list(pairs)
    return dict(json.loads(text, parse_constant=refuse, object_pairs_hook=once))


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def differs(cell, value):
    """What is wrong with a JSON value where CSV has the cell; None: nothing."""
    if cell in NOT_FINITE:
        same = value is None
    elif isinstance(value, list):
        same = [number(part) for part in cell.split(" ")] == value
    elif isinstance(value, str):
        same = value == cell and number(cell) is None
    else:
        same = is_number(value) and number(cell) == value
    return None if same else "CSV has %r, JSON %r" % (cell, value)


def compare(name, as_csv, as_json):
    rows = list(csv.reader(io.StringIO(as_csv)))
    table = parse(as_json)
    if list(table) != ["table", "columns", "rows"] or table["table"] != name:
        return "%s of table %s" % (list(table), table.get("table"))
    if table["columns"] != rows[0]:
        return "columns %s, CSV has %s" % (table["columns"], rows[0])
    if len(table["rows"]) != len(rows) - 1:
        return "%d rows, CSV has %d" % (len(table["rows"]), len(rows) - 1)
    for at, (cells, row) in enumerate(zip(rows[1:], table["rows"]), 1):
        if [column for column, _ in row] != rows[0]:
            return "row %d has the columns %s" % (at, [column for column, _ in row])
        for cell, (column, value) in zip(cells, row):
            wrong = differs(cell, value)
            if wrong:
                return "row %d, %s: %s" % (at, column, wrong)
    seen.add(name)
    if len(rows) > 1:
        filled.add(name)
    return None


def check(command, name, *arguments):
    """What is wrong, or None; `not asked` where the command has no such table."""
    asked = [*command, "--table", name, *arguments]
    as_csv = paritet(*asked, "--format", "csv")
    if as_csv.returncode == USAGE:
        return "not asked"
    as_json = paritet(*asked, "--format", "json")
    if as_csv.returncode != 0 or as_json.returncode != 0:
        return "exit %d: %s" % (as_json.returncode, as_csv.stderr + as_json.stderr)
    return compare(name, as_csv.stdout, as_json.stdout)


def check_command(title, command, *arguments):
    asked = 0
    wrong = []
    for name in tables_of(*command):
        said = check(command, name, *arguments)
        asked += said != "not asked"
        if said and said != "not asked":
            wrong.append("%s: %s" % (name, said))
    if wrong or asked == 0:
        print("FAIL json %s: %s" % (title, "; ".join(wrong) or "no table was asked for"))
    else:
        print("ok json %s" % title)


def shards(folder):
    files = []
    for part in ("1/2", "2/2"):
        files.append("%s/%s.json" % (folder, part[0]))
        done = paritet("simulate", COPENHAGEN, *SCENARIOS, *MOVED, "--draws", "200", "--shard", part,
                       "-o", files[-1])
        assert done.returncode == 0, done.stderr
    return files


def main():
    few = ("--draws", "200")
    check_command("status", ["status", COPENHAGEN], *few)
    check_command("project", ["project", COPENHAGEN], *TWO_GROUPS, *few)
    check_command("project of a place", ["project", MUNICIPALITIES], "-i", "employment-ratio@Aarhus",
                  "--lang", "da", *few)
    check_command("fit", ["fit", COPENHAGEN], *TWO_GROUPS)
    check_command("simulate", ["simulate", COPENHAGEN, *SCENARIOS], *MOVED, *few)
    check_command("backtest of a model", ["backtest", COPENHAGEN], *TWO_GROUPS)
    check_command("backtest of a file", ["backtest", "--data", BENCHMARK], "--gap", "--parity",
                  "--histories", "6", "--horizon", "3", *few)
    with tempfile.TemporaryDirectory() as folder:
        check_command("merge", ["merge", *shards(folder)])
    if seen == filled:
        print("ok json every table had rows")
    else:
        print("FAIL json every table had rows: not %s" % ", ".join(sorted(seen - filled)))


sys.exit(main())
