"""troubles.py WHAT PARITET STRIKE.so STINGY.so N: what a run does when the machine fails it.

disk     every Nth step that changes the file system fails: from there on as on a full disk, from there on
         as on one that was made read-only, and that step alone; a real full disk where one can be made;
         a folder of somebody else's
inputs   files are emptied or removed at each look into one
folder   the folder and all beside it is removed at every Nth step; two runs write into one N times
streams  a reader that goes away, a full device, nothing open at all
little   reads and writes of a few bytes, all others interrupted, and a clock that runs back
gnuplot  one that fails, says nothing, says too much, breaks off, or is too old

However it ends, a place holds what stood there or what a whole run leaves. A run that does not end well
says so in one line, and nothing of it stands beside, unless nothing can be removed any more.
"""
import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import faults
from faults import Place, say, targets, tree

REPO = os.environ["REPO"]
WHAT, PARITET, STRIKE, STINGY, N = sys.argv[1:6]
N = int(N)


def loaded(library, **more):
    env = dict(os.environ, LD_PRELOAD=library, **more)
    env["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    return env


def lines_of(run):
    return run.stderr.decode(errors="replace").splitlines()


FULL = "what the disk is full of"


def judge(target, scratch, run, codes, rests=False):
    """What is wrong with how a run ended, or None."""
    left, said = tree(os.path.join(scratch, target.place)), lines_of(run)
    if run.returncode == 0:
        return None if left == target.after and not said else "0, but not whole: %s" % said
    if run.returncode not in codes:
        return "exit status %d: %s" % (run.returncode, said)
    if len(said) != 1 or not said[0].startswith("paritet: "):
        return "it says %s" % said
    if left not in (target.before, None):
        return "something else is there: " + " ".join(sorted(os.listdir(scratch)))
    if not rests and set(os.listdir(scratch)) - {target.place, FULL}:
        return "left beside it: " + " ".join(sorted(os.listdir(scratch)))
    return None


def steps_of(target, **more):
    with Place(target) as scratch, tempfile.NamedTemporaryFile() as count:
        subprocess.run(target.command(), cwd=scratch, check=True, stderr=subprocess.DEVNULL,
                       env=loaded(STRIKE, STRIKE_COUNT=count.name, **more))
        return int(open(count.name).read())


# ------------------------------------------------------------------------------------------- disk

def failing_steps():
    kinds = [("a full disk", errno.ENOSPC, "1"), ("a disk made read-only", errno.EROFS, "1"),
             ("an error of the disk", errno.EIO, "0")]
    for title, target in targets(PARITET, False):
        steps = steps_of(target)
        for name, code, again in kinds:
            wrong = []
            for step in range(1, steps + 1, N):
                with Place(target) as scratch:
                    run = subprocess.run(
                        target.command(), cwd=scratch, stderr=subprocess.PIPE, timeout=120,
                        env=loaded(STRIKE, STRIKE_AT=str(step), STRIKE_ERRNO=str(code),
                                   STRIKE_AGAIN=again))
                    rests = code != errno.ENOSPC
                    bad = judge(target, scratch, run, (71, 73, 74), rests)
                    # then, on a disk that is well again, a whole run clears away what was left
                    bad = bad or (rests and target.check(scratch, True))
                    if bad:
                        wrong.append("step %d of %d: %s" % (step, steps, bad))
            say("%s, %s" % (name, title), wrong)


def full_disk():
    """From no room at all to enough; a file system of this size, or files of no more than it."""
    disk = tempfile.mkdtemp()
    mounts = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk],
                            stderr=subprocess.DEVNULL).returncode == 0
    if mounts:
        subprocess.run(["umount", disk], check=True)
    for title, target in targets(PARITET, True):
        if title not in ("a new folder", "a new file"):
            continue
        wrong, ended = [], set()
        for kib in (0, 4, 16, 64, 128, 192, 256, 384, 768, 4096):
            scratch = tempfile.mkdtemp()
            limit = None
            if mounts:
                subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%dk" % max(kib, 4), "tmpfs",
                                scratch], check=True)
                if kib == 0:  # the smallest disk is a page, which something else has
                    with open(os.path.join(scratch, FULL), "wb") as full:
                        full.write(bytes(4096))
            else:
                def limit(size=kib * 1024):
                    import resource
                    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            run = subprocess.run(target.command(), cwd=scratch, stderr=subprocess.PIPE,
                                 preexec_fn=limit, timeout=120)
            ended.add(run.returncode)
            bad = judge(target, scratch, run, (69, 73, 74))
            if mounts:
                subprocess.run(["umount", scratch], check=True)
            shutil.rmtree(scratch)
            if bad:
                wrong.append("%d KiB: %s" % (kib, bad))
        if 0 not in ended or 74 not in ended:
            wrong.append("only ended with %s" % ended)
        say("room from none to enough, %s" % title, wrong)
    os.rmdir(disk)


def foreign_folder():
    for title, target in targets(PARITET, False):
        with Place(target) as scratch:
            os.chmod(scratch, 0o555)
            for folder, folders, files in os.walk(scratch):
                for name in folders + files:
                    os.chmod(os.path.join(folder, name), 0o555 if name in folders else 0o444)

            def nobody():
                if os.getuid() == 0:
                    os.setgroups([])
                    os.setgid(65534)
                    os.setuid(65534)
            run = subprocess.run(target.command(), cwd=scratch, stderr=subprocess.PIPE,
                                 preexec_fn=nobody)
            bad = judge(target, scratch, run, (73,))
            bad = bad or (None if run.returncode == 73 else "it could be written")
            os.chmod(scratch, 0o755)
        say("a folder of somebody else's, %s" % title, [bad] if bad else [])


# ----------------------------------------------------------------------------------------- inputs

def failing_inputs():
    copy = tempfile.mkdtemp()
    for name in ("models", "data", "scenarios"):
        shutil.copytree(os.path.join(REPO, name), os.path.join(copy, name))
    arguments = ["--quiet", "simulate", "models/copenhagen.yaml", "scenarios/young-men.yaml", "--format",
                 "csv", "-i", "employment-ratio", "--draws", "200", "--threads", "1"]
    whole = subprocess.run([PARITET] + arguments, cwd=copy, check=True,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    with tempfile.NamedTemporaryFile() as count:
        subprocess.run([PARITET] + arguments, cwd=copy, check=True, stdout=subprocess.DEVNULL,
                       env=loaded(STRIKE, STRIKE_READS="1", STRIKE_COUNT=count.name))
        reads = int(open(count.name).read())
    for what, command in (("emptied", "for f in models/* data/*.csv scenarios/*.yaml; do : > $f; done"),
                          ("cut", "for f in models/* data/*.csv scenarios/*.yaml; do"
                                  " truncate -s -9 $f; done"),
                          ("removed", "rm -rf models data scenarios")):
        wrong, changed = [], 0
        for step in range(1, reads + 1):
            with tempfile.TemporaryDirectory() as scratch:
                shutil.copytree(copy, scratch, dirs_exist_ok=True)
                run = subprocess.run([PARITET] + arguments, cwd=scratch, stdout=subprocess.PIPE,
                                     stderr=subprocess.PIPE,
                                     env=loaded(STRIKE, STRIKE_READS="1", STRIKE_AT=str(step),
                                                STRIKE_COMMAND=command))
            said = lines_of(run)
            changed += any("was changed while it was read" in line for line in said)
            if run.returncode == 0 and run.stdout != whole:
                wrong.append("read %d: another answer" % step)
            if run.returncode not in (0, 65, 66) or (run.returncode != 0 and (run.stdout or not said)):
                wrong.append("read %d: exit status %d: %s" % (step, run.returncode, said))
        if reads < 3 or (what != "removed" and not changed):
            wrong.append("of %d reads %d saw a change" % (reads, changed))
        say("inputs are %s while they are read" % what, wrong)
    shutil.rmtree(copy)


# ----------------------------------------------------------------------------------------- folder

def removed_folder():
    afresh = {target.place: target.after for _, target in targets(PARITET, False) if not target.old}
    for title, target in targets(PARITET, False):
        steps, wrong = steps_of(target), []
        command = "rm -rf %s .%s.*" % (target.place, target.place)
        for step in range(1, steps + 1, N):
            with Place(target) as scratch:
                run = subprocess.run(target.command(), cwd=scratch, stderr=subprocess.PIPE, timeout=120,
                                     env=loaded(STRIKE, STRIKE_AT=str(step), STRIKE_COMMAND=command))
                left = tree(os.path.join(scratch, target.place))
                if run.returncode == 0 and left in (None, afresh[target.place]) and not lines_of(run):
                    continue  # removed when it was whole, or before it was begun
                bad = judge(target, scratch, run, (66, 73, 74))
                if bad:
                    wrong.append("step %d of %d: %s" % (step, steps, bad))
        say("the folder is removed, %s" % title, wrong)


def twins(times):
    for title, target in targets(PARITET, False):
        other = target.command() + ["--seed", "11"]
        with Place(target) as scratch:
            subprocess.run(other, cwd=scratch, check=True, stderr=subprocess.DEVNULL)
            second = tree(os.path.join(scratch, target.place))
        wrong, ends = [], {target.after: 0, second: 0}
        for i in range(times):
            with Place(target) as scratch:
                runs = [subprocess.Popen(command, cwd=scratch, stderr=subprocess.PIPE)
                        for command in ((target.command(), other) if i % 2 else (other, target.command()))]
                said = [run.communicate()[1].decode() for run in runs]
                left = tree(os.path.join(scratch, target.place))
                if [run.returncode for run in runs] != [0, 0]:
                    wrong.append("they ended with %s: %s" % ([r.returncode for r in runs], said))
                elif left not in ends:
                    wrong.append("what is left is of neither")
                elif sorted(os.listdir(scratch)) != target.beside:
                    wrong.append("left: " + " ".join(sorted(os.listdir(scratch))))
                else:
                    ends[left] += 1
        say("two runs at once, %s" % title, wrong,
            " (%d times)" % times if os.environ.get("V") else "")


# ---------------------------------------------------------------------------------------- streams

def streams():
    status = [PARITET, "--quiet", "fit", REPO + "/models/copenhagen.yaml"]  # more than a pipe holds

    def run(stdout, ignore=False, command=status, stderr=subprocess.PIPE):
        def prepare():
            signal.signal(signal.SIGPIPE, signal.SIG_IGN if ignore else signal.SIG_DFL)
        return subprocess.run(command, stdout=stdout, stderr=stderr, preexec_fn=prepare)

    def closed_pipe():
        reader, writer = os.pipe()
        os.close(reader)
        return writer

    for ignore, code, said in ((False, -signal.SIGPIPE, 0), (True, 74, 1)):
        end = run(closed_pipe(), ignore)
        say("a reader that went away%s" % (", SIGPIPE ignored" * ignore),
            [] if (end.returncode, len(lines_of(end))) == (code, said) else
            ["exit status %d: %s" % (end.returncode, lines_of(end))])
    shell = subprocess.run(["bash", "-c", "'%s' | head -n 1; echo ${PIPESTATUS[0]}" % "' '".join(status)],
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out = shell.stdout.decode().splitlines()
    say("a pipe to head", [] if len(out) == 2 and out[1] in ("141", "0") and not shell.stderr
        else [str(out) + shell.stderr.decode()])
    for command in (status, [PARITET, "schema", "model"], [PARITET, "--help"],
                    [PARITET, "status", REPO + "/models/copenhagen.yaml", "-q", "--draws", "200"]):
        with open("/dev/full", "w") as full:
            end = run(full, command=command)
        say("a full device, %s" % command[1 if command[1] != "--quiet" else 2],
            [] if end.returncode == 74 and len(lines_of(end)) == 1 and b"no space left" in end.stderr
            else ["exit status %d: %s" % (end.returncode, lines_of(end))])
    # with all three closed, the first files opened have their numbers, and must not be written to
    with tempfile.TemporaryDirectory() as scratch:
        model = os.path.join(scratch, "models")
        shutil.copytree(os.path.join(REPO, "models"), model)
        shutil.copytree(os.path.join(REPO, "data"), os.path.join(scratch, "data"))
        before = tree(scratch)
        wrong = []
        for closed in ("<&- >&- 2>&-", ">&-", "2>&-", "<&-"):
            for command in ("--quiet status --draws 200", "check", "status --draws 200"):
                subprocess.run(["sh", "-c", "'%s' %s models/copenhagen.yaml %s" % (
                    PARITET, command, closed)], cwd=scratch, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL)
                if tree(scratch) != before:
                    wrong.append("%s %s wrote into an input" % (command, closed))
        say("streams that are closed", wrong)
    for title, target in targets(PARITET, False)[:2]:
        with Place(target) as scratch:
            command = "'%s' 2>&- <&-" % "' '".join(a for a in target.command() if a != "--quiet")
            subprocess.run(["sh", "-c", command], cwd=scratch)
            good = True
            with open(os.path.join(scratch, target.place, "manifest.json")) as file:
                listed = {f["path"]: f["sha256"] for f in json.load(file)["outputs"]}
            for name, digest in listed.items():
                with open(os.path.join(scratch, target.place, name), "rb") as file:
                    good &= hashlib.sha256(file.read()).hexdigest() == digest
        say("a report without streams, %s" % title, [] if good else ["words got into a file"])
    end = subprocess.run(["sh", "-c", "'%s' >&-" % "' '".join(status)], stderr=subprocess.PIPE)
    say("no standard output at all", [] if end.returncode == 74 and len(lines_of(end)) == 1
        else ["exit status %d: %s" % (end.returncode, lines_of(end))])


# ----------------------------------------------------------------------------------------- little

def little():
    for title, target in targets(PARITET, True):
        wrong = []
        for clock in ("", "1"):
            with Place(target) as scratch:
                for folder, folders, files in os.walk(scratch):
                    for name in files:  # from a day to come
                        os.utime(os.path.join(folder, name), (4102444800, 4102444800))
                run = subprocess.run(target.command(), cwd=scratch, stderr=subprocess.PIPE,
                                     env=loaded(STINGY, **({"STINGY_CLOCK": clock} if clock else {})))
                left = tree(os.path.join(scratch, target.place))
                if run.returncode != 0 or run.stderr or left != target.after:
                    wrong.append("%d: %s" % (run.returncode, run.stderr.decode()))
                if sorted(os.listdir(scratch)) != target.beside:
                    wrong.append("left: " + " ".join(sorted(os.listdir(scratch))))
        say("little at a time, and a clock that runs back, %s" % title, wrong)


# ---------------------------------------------------------------------------------------- gnuplot

GNUPLOTS = [
    ("fails", "exit 1", "gnuplot drew no svg from 'plots/"),
    ("dies", "kill -9 $$", ", and said nothing"),
    ("says a sentence and fails", "echo cannot find a font >&2; exit 1", ": cannot find a font"),
    ("prints garbage", "head -c 100000 /dev/urandom | tee /dev/stderr", "gnuplot drew no svg from 'plots/"),
    ("is too old", "sed 's/GPVAL_VERSION/4.6/g' | '%s' -d -", "this is gnuplot 4.6, and plots need 5.0"),
    ("breaks pictures off", "'%s' -d -; for f in plots/*.svg; do truncate -s -9 $f; done",
     "gnuplot drew no svg from 'plots/"),
    ("leaves one out", "'%s' -d -; rm plots/employment-ratio.png", "gnuplot drew no png from 'plots/"),
    ("is a text", None, "cannot start gnuplot: "),
]


def gnuplots():
    real = shutil.which("gnuplot")
    for title, target in targets(PARITET, True)[:2]:
        for name, script, words in GNUPLOTS:
            with tempfile.TemporaryDirectory() as fake, Place(target) as scratch:
                with open(fake + "/gnuplot", "w") as file:
                    file.write("\0nothing that runs\n" if script is None else
                               "#!/bin/sh\n" + script.replace("%s", real) + "\n")
                os.chmod(fake + "/gnuplot", 0o755)
                run = subprocess.run(target.command(), cwd=scratch, stderr=subprocess.PIPE,
                                     env=dict(os.environ, PATH=fake + ":" + os.environ["PATH"]))
                bad = judge(target, scratch, run, (69,))
                said = run.stderr.decode(errors="replace")
                if not bad and words not in said:
                    bad = said
                if any(ord(c) < 32 or 0x7f <= ord(c) < 0xa0 for c in said.rstrip("\n")):
                    bad = "control characters get out"
            say("a gnuplot that %s, %s" % (name, title), [bad] if bad else [])


if __name__ == "__main__":
    try:
        if WHAT == "disk":
            failing_steps()
            full_disk()
            foreign_folder()
        elif WHAT == "inputs":
            failing_inputs()
        elif WHAT == "folder":
            removed_folder()
            twins(max(3, 200 // N))
        else:
            {"streams": streams, "little": little, "gnuplot": gnuplots}[WHAT]()
    finally:
        for path in faults.made:
            shutil.rmtree(path, ignore_errors=True)
    sys.exit(1 if faults.failed else 0)
