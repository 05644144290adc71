"""What the tests reach, by room: coverage.py COVERAGE.json NOT-REACHED.txt

COVERAGE.json is gcovr's. A guard is a line that only runs where memory is out, told by its text:
the sweep of failing allocations walks through those, in processes that are not counted here.
"""

import json
import re
import sys
from pathlib import Path

GUARD = re.compile(r"PT_RAISE_NOMEM|PT_ENOMEM|no_memory = true|(->|\.)failed = true")
ROOMS = ["base", "input", "barometer", "trend", "scenario", "simulate", "answer", "output", "cli"]


class Tally:
    def __init__(self):
        self.lines = self.reached = self.guards = self.branches = self.taken = 0

    def add(self, line, guard):
        if guard and line["count"] == 0:
            self.guards += 1
        else:
            self.lines += 1
            self.reached += line["count"] > 0
            taken = [branch["count"] > 0 for branch in line["branches"]]
            self.branches += len(taken)
            self.taken += sum(taken)

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


def main(report, out):
    rooms, whole, idle, missed = {room: Tally() for room in ROOMS}, Tally(), [], []
    for file in json.loads(Path(report).read_text())["files"]:
        source = Path(file["file"]).read_text().split("\n")
        room = file["file"].split("/")[1]
        numbers = []
        for line in file["lines"]:
            text = source[line["line_number"] - 1]
            guard = bool(GUARD.search(text))
            rooms[room].add(line, guard)
            whole.add(line, guard)
            if line["count"] == 0 and not guard:
                numbers.append(line["line_number"])
        idle += [f"{file['file']}:{one['lineno']} {one['name']}"
                 for one in file.get("functions", []) if one["execution_count"] == 0]
        for first, last in ranges(numbers):
            missed.append(f"{file['file']}:{first}" + (f"-{last}" if last > first else ""))
            missed += ["    " + text for text in source[first - 1 : last]]
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
