"""What the tests reach, by room: coverage.py COUNTS.json NOT-REACHED.txt

COUNTS.json is what `gcov --json-format --stdout` says of all objects, one line for each. A line that
stands in several objects (a kernel for several instruction sets, an inline function) is reached where
it is in one. A guard is a line that only runs where memory is out, told by its text: the sweep of
failing allocations walks through those, in processes that are not counted here.
"""

import collections
import json
import re
import sys
from itertools import zip_longest
from pathlib import Path

GUARD = re.compile(r"PT_RAISE_NOMEM|PT_ENOMEM|no_memory = true|(->|\.)failed = true")
ROOMS = ["base", "input", "barometer", "trend", "scenario", "simulate", "answer", "output", "cli"]


class Line:
    def __init__(self):
        self.count, self.branches = 0, []

    def add(self, line):
        self.count += line["count"]
        own = [branch["count"] for branch in line["branches"]]
        self.branches = [a + b for a, b in zip_longest(self.branches, own, fillvalue=0)]


class Tally:
    def __init__(self):
        self.lines = self.reached = self.guards = self.branches = self.taken = 0

    def add(self, line, guard):
        if guard and line.count == 0:
            self.guards += 1
        else:
            self.lines += 1
            self.reached += line.count > 0
            self.branches += len(line.branches)
            self.taken += sum(count > 0 for count in line.branches)

    def row(self, name):
        return (f"| {name} | {self.lines:,} | {100 * self.reached / max(1, self.lines):.1f} % | {self.branches:,} "
                f"| {100 * self.taken / max(1, self.branches):.1f} % | {self.guards} |")


def ranges(numbers):
    """[3, 4, 5, 9] -> (3, 5), (9, 9), with what is blank or a brace between two left out."""
    found = []
    for number in numbers:
        if found and number - found[-1][1] <= 2:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def read(counts):
    """{file: {number: Line}}, and {(file, number, function): how often it was called}."""
    lines = collections.defaultdict(lambda: collections.defaultdict(Line))
    calls = collections.Counter()
    with open(counts) as objects:
        for one in objects:
            for file in json.loads(one)["files"]:
                name = file["file"]
                if not name.startswith("src/"):
                    continue
                for line in file["lines"]:
                    lines[name][line["line_number"]].add(line)
                for function in file["functions"]:
                    calls[name, function["start_line"], function["name"]] += function["execution_count"]
    return lines, calls


def main(counts, out):
    files, calls = read(counts)
    rooms, whole, missed = {room: Tally() for room in ROOMS}, Tally(), []
    for name, lines in sorted(files.items()):
        source = Path(name).read_text().split("\n")
        numbers = []
        for number, line in sorted(lines.items()):
            guard = bool(GUARD.search(source[number - 1]))
            rooms[name.split("/")[1]].add(line, guard)
            whole.add(line, guard)
            if line.count == 0 and not guard:
                numbers.append(number)
        for first, last in ranges(numbers):
            missed.append(f"{name}:{first}" + (f"-{last}" if last > first else ""))
            missed += ["    " + text for text in source[first - 1 : last]]
    idle = [f"{file}:{number} {name}" for (file, number, name), n in sorted(calls.items()) if n == 0]
    print("| room | lines | reached | branches | taken | guards of memory left out |")
    print("|---|---:|---:|---:|---:|---:|")
    for room in ROOMS:
        print(rooms[room].row(room))
    print(whole.row("all"))
    print(f"\n{len(idle)} functions that no test calls:")
    print("\n".join("  " + name for name in idle))
    Path(out).write_text("\n".join(missed) + "\n")
    print(f"\nLines not reached: {out}")


main(*sys.argv[1:])
