"""faults.py kill|steps|signals PARITET STRIKE.so N: what is left where paritet is ended while it writes.

kill     kill -9 at N random moments of a run, for each target
steps    kill -9, Ctrl-C once and Ctrl-C over and over at every Nth step that changes the file system
signals  Ctrl-C, SIGTERM and SIGHUP while gnuplot draws and while it hangs

A target is an old report that is replaced, a new folder, or a file. After any end its place holds
what stood there before or what a whole run leaves, byte for byte. After a signal nothing stands
beside it and no gnuplot is left; after kill -9 the next run clears away what does.
"""
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

REPO = os.environ["REPO"]
SEED = 20140213
MODEL = REPO + "/models/copenhagen.yaml"
COMMON = ["-i", "employment-ratio", "--draws", "500", "--threads", "2"]


def tree(path):
    """All that a place holds as one digest; None where there is nothing."""
    if not os.path.lexists(path):
        return None
    seen = hashlib.sha256()
    if os.path.isfile(path):
        seen.update(open(path, "rb").read())
        return seen.hexdigest()
    for folder, folders, files in sorted(os.walk(path)):
        folders.sort()
        for name in sorted(files):
            full = os.path.join(folder, name)
            seen.update(os.path.relpath(full, path).encode() + b"\0")
            seen.update(hashlib.sha256(open(full, "rb").read()).digest())
    return seen.hexdigest()


def children(folder):
    """Processes that stand in a folder or below it, other than ourselves."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if (os.readlink("/proc/%s/cwd" % pid) + "/").startswith(folder + "/"):
                found.append(pid)
        except OSError:
            pass
    return found


class Target:
    """A place that a run writes to, with what stands there before (or nothing)."""

    def __init__(self, name, paritet, plots, old):
        self.name, self.paritet, self.old = name, paritet, old
        self.stock = None  # what stands there before, made by the first Place
        self.place = "answer.csv" if name == "file" else "out"
        if name == "file":
            self.arguments = ["simulate", "--format", "csv"]
        else:
            self.arguments = ["report"] + ([] if plots else ["--no-plots"])
        self.arguments += [MODEL, REPO + "/scenarios/young-men.yaml", "-o", self.place] + COMMON
        with tempfile.TemporaryDirectory() as scratch:
            self.set_up(scratch)
            self.before = tree(os.path.join(scratch, self.place))
            started = time.monotonic()
            subprocess.run(self.command(), cwd=scratch, check=True, stderr=subprocess.DEVNULL)
            self.seconds = time.monotonic() - started
            self.after = tree(os.path.join(scratch, self.place))
            self.beside = sorted(os.listdir(scratch))
        assert self.after and self.after != self.before, "a whole run changes nothing"

    def command(self):
        return [self.paritet, "--quiet"] + self.arguments

    def set_up(self, scratch):
        """An older report, with a file of the reader's own; or an older table."""
        if not self.old:
            return
        subprocess.run(self.command() + ["--seed", "7"], cwd=scratch, check=True,
                       stderr=subprocess.DEVNULL)
        if self.name != "file":
            with open(os.path.join(scratch, self.place, "own.txt"), "w") as own:
                own.write("of the reader's own\n")

    def check(self, scratch, killed):
        """What is wrong, or None; then a whole run, which has to leave nothing else."""
        left = tree(os.path.join(scratch, self.place))
        if left not in (self.before, self.after):
            return "neither the old nor the new: " + " ".join(sorted(os.listdir(scratch)))
        beside = sorted(os.listdir(scratch))
        if not killed and beside != ([self.place] if left else []):
            return "left beside it: " + " ".join(beside)
        if not killed and children(scratch):
            return "a process is left"
        deadline = time.monotonic() + 20
        while children(scratch) and time.monotonic() < deadline:
            time.sleep(0.01)  # a gnuplot that lost its paritet draws to its end
        started = time.monotonic()
        again = subprocess.run(self.command(), cwd=scratch, stderr=subprocess.PIPE)
        self.seconds = time.monotonic() - started  # as long as it takes now, beside other tests
        if again.returncode != 0:
            return "the next run failed: " + again.stderr.decode()
        if sorted(os.listdir(scratch)) != self.beside:
            return "the next run left: " + " ".join(sorted(os.listdir(scratch)))
        if tree(os.path.join(scratch, self.place)) != self.after:
            return "the next run gave something else"
        return None


def targets(paritet, plots):
    return [("an old report", Target("folder", paritet, plots, True)),
            ("a new folder", Target("folder", paritet, plots, False)),
            ("an old file", Target("file", paritet, plots, True)),
            ("a new file", Target("file", paritet, plots, False))]


class Place:
    """A fresh scratch folder with what stands there before."""

    def __init__(self, target):
        self.path = os.path.realpath(tempfile.mkdtemp())
        if target.stock is None:
            target.stock = tempfile.mkdtemp()
            target.set_up(target.stock)
            made.append(target.stock)
        shutil.copytree(target.stock, self.path, dirs_exist_ok=True)

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


made, failed = [], []


def say(name, wrong, note=""):
    if wrong:
        failed.append(name)
        print("FAIL faults %s: %s" % (name, wrong[0]))
        for line in wrong[:10]:
            print("    " + line)
    else:
        print("ok faults %s%s" % (name, note))


def kill_at_random(paritet, n):
    moments = random.Random(SEED)
    for title, target in targets(paritet, True):
        wrong, states, rests = [], {"old": 0, "new": 0}, 0
        for i in range(n):
            moment = moments.uniform(0, 1.2 * target.seconds)
            with Place(target) as scratch:
                run = subprocess.Popen(target.command(), cwd=scratch, stderr=subprocess.DEVNULL)
                time.sleep(moment)
                run.kill()
                run.wait()
                left = tree(os.path.join(scratch, target.place))
                states["new" if left == target.after else "old"] += 1
                rests += len(os.listdir(scratch)) > (left is not None)
                bad = target.check(scratch, True)
                if bad:
                    wrong.append("after %.4f s: %s" % (moment, bad))
        note = " (%d times: %d as before, %d whole, %d with rests)" % (
            n, states["old"], states["new"], rests)
        say("kill -9 at random, %s" % title, wrong, note if os.environ.get("V") else "")


def strike_each_step(paritet, library, every):
    kinds = [("kill -9", signal.SIGKILL, False), ("Ctrl-C", signal.SIGINT, False),
             ("SIGTERM over and over", signal.SIGTERM, True)]
    preload = dict(os.environ, LD_PRELOAD=library)
    preload["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    for title, target in targets(paritet, False):
        with Place(target) as scratch, tempfile.NamedTemporaryFile() as count:
            subprocess.run(target.command(), cwd=scratch, check=True, stderr=subprocess.DEVNULL,
                           env=dict(preload, STRIKE_COUNT=count.name))
            steps = int(open(count.name).read())
        for what, number, again in kinds:
            wrong, lived = [], 0
            for step in range(1, steps + 1, every):
                env = dict(preload, STRIKE_AT=str(step), STRIKE_SIGNAL=str(int(number)),
                           STRIKE_AGAIN=str(int(again)))
                with Place(target) as scratch:
                    run = subprocess.run(target.command(), cwd=scratch, env=env,
                                         stderr=subprocess.PIPE, timeout=60)
                    bad = target.check(scratch, number == signal.SIGKILL)
                    # the process that makes the workbook may be the one that is killed
                    alone = number == signal.SIGKILL and run.returncode == 71 and \
                        b"the workbook" in run.stderr
                    if run.returncode != -number and not alone:
                        bad = "exit status %d: %s" % (run.returncode, run.stderr.decode())
                    if bad:
                        wrong.append("step %d of %d: %s" % (step, steps, bad))
            say("%s at each step, %s" % (what, title), wrong,
                " (%d steps)" % steps if os.environ.get("V") else "")
            if steps < 5:
                say("steps are seen, %s" % title, ["only %d" % steps])


HANGS = "#!/bin/sh\nsleep 60 &\nwait\n"


def signal_while_drawing(paritet, n):
    moments = random.Random(SEED)
    target = Target("folder", paritet, True, True)
    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    wrong = []
    for i in range(n):
        number = numbers[i % 3]
        with Place(target) as scratch:
            run = subprocess.Popen(target.command(), cwd=scratch, stderr=subprocess.PIPE)
            time.sleep(moments.uniform(0.05, 0.9) * target.seconds)
            run.send_signal(number)
            for _ in range(20):
                run.send_signal(number)
                time.sleep(0.001)
            said = run.stderr.read().decode()
            bad = target.check(scratch, False) if run.wait() in (-number, 0) else None
            if run.returncode not in (-number, 0) or said:
                bad = "exit status %d: %s" % (run.returncode, said)
            if bad:
                wrong.append("%s: %s" % (number.name, bad))
    say("signals while gnuplot draws", wrong)

    with tempfile.TemporaryDirectory() as fake:
        with open(fake + "/gnuplot", "w") as file:
            file.write(HANGS)
        os.chmod(fake + "/gnuplot", 0o755)
        env = dict(os.environ, PATH=fake + ":" + os.environ["PATH"])
        for number in numbers:
            wrong = []
            with Place(target) as scratch:
                run = subprocess.Popen(target.command(), cwd=scratch, env=env,
                                       stderr=subprocess.PIPE)
                deadline = time.monotonic() + 30
                while len(children(scratch)) < 3 and time.monotonic() < deadline:
                    time.sleep(0.01)  # paritet, the shell and its sleep
                run.send_signal(number)
                started = time.monotonic()
                run.wait()
                if time.monotonic() - started > 5:
                    wrong.append("took %.1f s" % (time.monotonic() - started))
                if run.returncode != -number:
                    wrong.append("exit status %d" % run.returncode)
                bad = target.check(scratch, False)
                wrong += [bad] if bad else []
            say("%s while gnuplot hangs" % number.name, wrong)

    # what a shell sees, and what `nohup` and `&` of a script have switched off
    with Place(target) as scratch:
        shell = "%s; echo $?" % " ".join(target.command())
        for number, code in zip(numbers, (130, 143, 129)):
            out = subprocess.run(["sh", "-c", shell], cwd=scratch, stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL, env=dict(
                                     os.environ, LD_PRELOAD=library, STRIKE_AT="3",
                                     STRIKE_SIGNAL=str(int(number)), ASAN_OPTIONS=os.environ.get(
                                         "ASAN_OPTIONS", "") + ":verify_asan_link_order=0"))
            # the shell is struck too where it writes; its own answer counts
            said = out.stdout.decode().strip()
            say("a shell shows %d" % code, [] if said == str(code) else ["it shows '%s'" % said])
        run = subprocess.Popen(target.command(), cwd=scratch,
                               preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        time.sleep(0.05)
        run.send_signal(signal.SIGHUP)
        say("nohup keeps it running", [] if run.wait() == 0 else ["exit %d" % run.returncode])


if __name__ == "__main__":
    what, paritet, library, n = sys.argv[1:5]
    try:
        if what == "kill":
            kill_at_random(paritet, int(n))
        elif what == "steps":
            strike_each_step(paritet, library, int(n))
        else:
            signal_while_drawing(paritet, int(n))
    finally:
        for path in made:
            shutil.rmtree(path, ignore_errors=True)
    sys.exit(1 if failed else 0)
