"""memory.py PARITET MEMORY.so EVERY [TEXT]: whichever allocation fails, the answer is whole or not there.

Every command (those whose name holds TEXT) is walked through by tests/support/preload/memory.c: each
EVERY-th allocation fails alone, and with all that come after it. Then the run ends with 0 and the same
bytes, or with 71, one line that says what it is, and nothing written or left. LEAKS=1: PARITET is built
with the address sanitizer, and nothing may be lost on the way out.

One end is not ours: libgomp asks for memory before main() and in a team's making, and ends with 1 and
its own line where there is none.
"""
import collections
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

REPO = os.environ["REPO"]
LEAKS = os.environ.get("LEAKS") == "1"
V = os.environ.get("V")
MODEL = REPO + "/models/copenhagen.yaml"
DENMARK = REPO + "/models/denmark.yaml"
PLACES = REPO + "/models/municipalities.yaml"
YOUNG = REPO + "/scenarios/young-men.yaml"
ONE = ["-i", "employment-ratio", "--draws", "200", "--threads", "1"]
CSV = ["--format", "csv"]

BENCHMARK = "series,category,year,value\n" + "".join(
    "a,yearly,%d,%g\n" % (2000 + i, 12.385 + 0.7 * i + (i * 7 % 5) * 0.31) for i in range(14))

# name, arguments, what is made first: a run of its own, or files
RUNS = [
    ("check", ["check", MODEL, YOUNG], None),
    ("check-data", ["check", "--data", REPO + "/data/copenhagen.csv"], None),
    ("check-wrong", ["check", "wrong.yaml"], None),
    ("status", ["status", MODEL, "--draws", "200", "--threads", "1"], None),
    ("status-csv", ["status", MODEL, "--draws", "200", "--threads", "1"] + CSV, None),
    ("fit", ["fit", MODEL, "-i", "employment-ratio"], None),
    ("fit-csv", ["fit", MODEL, "-i", "employment-ratio"] + CSV, None),
    ("project", ["project", MODEL, "--plot"] + ONE, None),
    ("project-danish", ["--lang", "da", "project", MODEL] + ONE, None),
    ("simulate", ["simulate", MODEL, YOUNG] + ONE, None),
    ("simulate-file", ["simulate", MODEL, YOUNG, "-o", "answer.csv"] + ONE + CSV,
     ["simulate", MODEL, YOUNG, "-o", "answer.csv", "--seed", "7"] + ONE + CSV),
    ("simulate-json", ["simulate", MODEL, YOUNG, "--format", "json"] + ONE, None),
    ("simulate-markdown", ["simulate", MODEL, YOUNG, "--format", "markdown"] + ONE, None),
    ("shard", ["simulate", MODEL, YOUNG, "--shard", "1/1", "-o", "part.json"] + ONE, None),
    ("merge", ["merge", "part.json", "--format", "csv"],
     ["simulate", MODEL, YOUNG, "--shard", "1/1", "-o", "part.json"] + ONE),
    ("report", ["report", MODEL, YOUNG, "-o", "out", "--no-plots"] + ONE, None),
    ("report-again", ["report", MODEL, "-o", "out", "--no-plots"] + ONE,
     ["report", MODEL, "-o", "out", "--no-plots", "--seed", "7"] + ONE),
    ("backtest", ["backtest", MODEL] + ONE, None),
    ("backtest-data", ["backtest", "--data", "benchmark.csv"], None),
    ("schema", ["schema", "model"], None),
    ("families", ["families"], None),
    ("levers", ["levers"], None),
    ("help", ["--help"], None),
    ("usage", ["status"], None),
]

SENTENCE = re.compile(r"paritet: [^|]*(out of memory|Cannot allocate memory|ikke mere hukommelse)[^|]*\|")
LIBGOMP = re.compile(r"\|libgomp: Out of memory allocating \d+ bytes\|")

Line = collections.namedtuple("Line", "process number mode status folder stdout said")


def read_log(path):
    for line in open(path, errors="replace"):
        parts = line.rstrip("\n").split(" ", 6)
        yield Line(int(parts[0]), int(parts[1]), parts[2], int(parts[3]), *parts[4:])


def environment(library, **more):
    # help breaks no lines where memory is out, so none has to be broken
    env = dict(os.environ, OMP_NUM_THREADS="1", LD_PRELOAD=library, COLUMNS="400", **more)
    env["ASAN_OPTIONS"] = "exitcode=99:verify_asan_link_order=0:" \
        "allocator_may_return_null=1:fast_unwind_on_malloc=0"
    env["LSAN_OPTIONS"] = "report_objects=0:print_suppressions=0:suppressions=" + \
        REPO + "/tests/support/leaks.txt"
    return env


def tree(path):
    """All that a folder holds, as one digest."""
    seen = hashlib.sha256()
    for folder, folders, files in sorted(os.walk(path)):
        folders.sort()
        for name in folders + sorted(files):
            full = os.path.join(folder, name)
            seen.update(os.path.relpath(full, path).encode() + b"\0")
            if os.path.isfile(full):
                seen.update(hashlib.sha256(open(full, "rb").read()).digest())
    return seen.hexdigest()


class End:
    """How a run ended, and what it should be judged by."""

    def __init__(self, code, as_before, as_whole, silent, said):
        self.code, self.as_before, self.as_whole = code, as_before, as_whole
        self.silent, self.said = silent, said

    def wrong(self):
        if self.code == 0:
            return None if self.as_whole else "another answer"
        if not self.as_before:
            return "something is left: %s" % self.said
        if not self.silent:
            return "half an answer"
        if self.code == 71:
            return None if SENTENCE.fullmatch(self.said) else "it says '%s'" % self.said
        if self.code == 1 and LIBGOMP.fullmatch(self.said):
            return None
        return "exit status %d: %s" % (self.code, self.said[:1500])


def status_of(wait_status):
    return -os.WTERMSIG(wait_status) if os.WIFSIGNALED(wait_status) else os.WEXITSTATUS(wait_status)


class Run:
    def __init__(self, paritet, library, every, name, arguments, first, scratch):
        self.command = [paritet, "--quiet"] + arguments
        self.name, self.library, self.every = name, library, every
        self.stock, self.scratch = scratch + "/stock", scratch
        os.mkdir(self.stock)
        with open(self.stock + "/wrong.yaml", "w") as file:
            file.write("title: x\nhorizon: 10\nnobody: knows\nunits: [ { id: a b } ]\n")
        with open(self.stock + "/benchmark.csv", "w") as file:
            file.write(BENCHMARK)
        if first:
            subprocess.run([paritet, "--quiet"] + first, cwd=self.stock, check=True,
                           stderr=subprocess.DEVNULL)
        self.before = tree(self.stock)
        self.count, self.found, self.kinds = {}, [], collections.Counter()
        self.children, self.odd = collections.Counter(), []

    def fresh(self):
        folder = self.scratch + "/run"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.stock, folder)
        return folder

    def plain(self, **more):
        """One run with its own end; None in place of standard output where there is none."""
        folder = self.fresh()
        run = subprocess.run(self.command, cwd=folder, env=environment(self.library, **more),
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        return run.returncode, tree(folder), run.stdout, run.stderr.decode(errors="replace")

    def judge(self, what, end):
        self.kinds[0 if end.code == 0 else end.code] += 1
        bad = end.wrong()
        if bad:
            self.found.append("%s: %s" % (what, bad))

    def judge_plain(self, process, number, again):
        code, left, out, said = self.plain(MEMORY_AT=str(number), MEMORY_AGAIN=str(int(again)),
                                           MEMORY_PROCESS=str(process))
        whole = (code, left, out, said) == self.whole
        if code == self.whole[0] and code not in (0, 71):
            code, whole = 0, whole  # a run that refuses its input does so in the same words
        self.judge("allocation %d %sof process %d" % (number, "and later " * again, process),
                   End(code, left == self.before, whole, not out, said.replace("\n", "|")))

    def walk(self):
        with tempfile.NamedTemporaryFile() as count:
            self.whole = self.plain(MEMORY_COUNT=count.name)
            n = int(open(count.name).read())
        self.every = min(self.every, max(1, n // 30))
        log = self.scratch + "/log"
        folder = self.fresh()
        with open(self.scratch + "/out", "w") as out, open(self.scratch + "/err", "w") as err:
            subprocess.run(self.command, cwd=folder, stdout=out, stderr=err,
                           env=environment(self.library, MEMORY_WALK=log,
                                           MEMORY_EVERY=str(self.every)))
        lines = list(read_log(log))
        os.unlink(log)
        wholes = {line.process: line for line in lines if line.mode == "whole"}
        before = next(line for line in lines if line.mode == "before")
        for line in lines:
            self.count[line.process] = max(self.count.get(line.process, 0), line.number)
            if line.mode == "skipped":
                for again in (False, True):
                    self.judge_plain(line.process, line.number, again)
            elif line.mode in ("once", "on"):
                self.judge_line(line, wholes[line.process], before)
        # what a process of its own comes to is seen in the program that waits for it
        for process in set(self.count) - {0}:
            n = self.count[process]
            for number in range(1, n, max(1, n * self.every // 100)):
                for again in (False, True):
                    self.judge_plain(process, number, again)
        for process, number, again in self.odd[::max(1, len(self.odd) * self.every // 300)]:
            self.judge_plain(process, number, again)

    def judge_line(self, line, whole, before):
        code = status_of(line.status)
        same = (line.folder, line.stdout, line.said) == (whole.folder, whole.stdout, whole.said)
        what = "allocation %d%s of process %d" % (
            line.number, " and later" if line.mode == "on" else "", line.process)
        if line.process > 0:
            # a child's own end, whatever it is; what comes of it is tried below
            self.children[code if code <= 0 else 1] += 1
            if code == 0 and line.folder != whole.folder:
                self.odd.append((line.process, line.number, line.mode == "on"))
            return
        if code == self.whole[0] and code != 71:
            code = 0
        if code == 0 and not same:
            # a copy stands in a folder of its own, which a shard names: once more in the right one
            self.judge_plain(line.process, line.number, line.mode == "on")
            return
        self.judge(what, End(code, line.folder == before.folder, same,
                             int(line.stdout, 16) == 0, line.said))


def main():
    paritet, library, every = sys.argv[1], sys.argv[2], int(sys.argv[3])
    text = sys.argv[4] if len(sys.argv) > 4 else ""
    failed = False
    for name, arguments, first in RUNS:
        if text and not any(t in name for t in text.split(",")):
            continue
        with tempfile.TemporaryDirectory() as scratch:
            run = Run(paritet, library, every, name, arguments, first, os.path.realpath(scratch))
            run.walk()
        n = sum(run.kinds.values())
        ends = ", ".join("%d ended with %d" % (run.kinds[code], code) for code in sorted(run.kinds))
        if run.found or n < 2:
            failed = True
            print("FAIL no-memory %s: %s" % (name, run.found[0] if run.found else "nothing tried"))
            print("    %d failures: %s" % (n, ends))
            for line in run.found[:int(os.environ.get("SHOW", 20))]:
                print("    " + line)
        else:
            print("ok no-memory %s%s" % (name, " (%s allocations; of %d failures %s)" % (
                " + ".join(str(run.count[p]) for p in sorted(run.count)), n, ends) if V else ""))
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
