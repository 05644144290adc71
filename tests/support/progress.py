"""progress.py PARITET: the line on a terminal that says how far a long run is."""
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import fcntl
import time

REPO = os.environ["REPO"]
COPENHAGEN = REPO + "/models/copenhagen.yaml"
YOUNG_MEN = REPO + "/scenarios/young-men.yaml"
ERASE = "\r\033[K"
MOST_A_SECOND = 10


def on_terminal(command, env, enough, limit=120, columns=80):
    """Runs it with standard error on a terminal; a Ctrl-C is typed when enough(lines) says so.
    What came, with the seconds at which it came, and how it ended."""
    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def own_terminal():
        os.setsid()
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)

    run = subprocess.Popen(command, stdin=terminal, stdout=subprocess.DEVNULL, stderr=terminal,
                           preexec_fn=own_terminal, env=env)
    os.close(terminal)
    came, started, typed = [], time.monotonic(), False
    while time.monotonic() - started < limit:
        if select.select([controller], [], [], 0.2)[0]:
            try:
                said = os.read(controller, 65536)
            except OSError:
                break
            if not said:
                break
            came.append((time.monotonic() - started, said.decode()))
        if not typed and enough(came):
            os.write(controller, b"\x03")
            typed = True
    run.wait()
    os.close(controller)
    return came, run.returncode


def lines_of(came):
    """The lines that were written over each other, each with its time."""
    return [(at, line) for at, said in came for line in said.split(ERASE)[1:] if line]


def percent_after(came, n):
    """How far the run was at its n-th line; 100 where it did not write as many."""
    lines = lines_of(came)
    said = re.search(r"(\d+) %", lines[n - 1][1]) if len(lines) >= n else None
    return int(said.group(1)) if said else 100


def visible(came):
    """What the terminal shows in the end, without the ^C that it echoes itself."""
    text = "".join(said for _, said in came).replace("^C", "").replace("\r\n", "\n")
    return "\n".join(re.split(r"\r\033\[K", line)[-1] for line in text.split("\n")).strip()


def judge(name, came, status, pattern, expected_status):
    lines, wrong = lines_of(came), []
    if len(lines) < 3:
        wrong.append("%d lines" % len(lines))
    else:
        seconds = lines[-1][0] - lines[0][0]
        if len(lines) - 1 > MOST_A_SECOND * seconds + 1:
            wrong.append("%d lines in %.2f s" % (len(lines), seconds))
        if lines[0][0] < 0.9:
            wrong.append("first line after %.2f s" % lines[0][0])
    wrong += ["not as wanted: %r" % line for _, line in lines if not re.fullmatch(pattern, line)][:3]
    if visible(came):
        wrong.append("still to be seen: %r" % visible(came))
    if status != expected_status:
        wrong.append("exit status %d" % status)
    if wrong:
        print("FAIL progress %s: %s" % (name, wrong[0]))
        for line in wrong:
            print("    " + line)
    else:
        print("ok progress " + name)


def main(paritet):
    env = dict(os.environ, TERM="xterm")
    left = {"en": r"simulating: \d+ %(, \d+ (s|min) left)?", "da": r"simulerer: \d+ %(, \d+ (s|min) tilbage)?"}
    for language, pattern in left.items():
        draws = 1000000
        while True:  # until a run is so long that Ctrl-C finds it at work, not at its last words
            command = [paritet, "--lang", language, "simulate", "--draws", str(draws), COPENHAGEN,
                       YOUNG_MEN]
            came, status = on_terminal(command, env, lambda came: len(lines_of(came)) >= 5)
            if percent_after(came, 5) <= 50 or draws >= 64000000:
                break
            draws *= 4
        came = [(at, said[said.index(ERASE):]) for at, said in came if ERASE in said]
        judge("of simulate, --lang %s, taken away by Ctrl-C" % language, came, status, pattern,
              -signal.SIGINT)

    fake = tempfile.mkdtemp()
    try:
        with open(fake + "/gnuplot", "w") as file:
            file.write("#!/bin/sh\nexec sleep 60\n")
        os.chmod(fake + "/gnuplot", 0o755)
        hang = dict(env, PATH=fake + ":" + env["PATH"])
        report = [paritet, "report", "-i", "employment-ratio", "--draws", "200", COPENHAGEN, "-o",
                  fake + "/out"]
        for language, word in (("en", "drawing"), ("da", "tegner")):
            came, status = on_terminal(report + ["--lang", language], hang,
                                       lambda came: len(lines_of(came)) >= 5)
            judge("of report, --lang %s, taken away by Ctrl-C" % language, came, status,
                  word + ": 0 %", -signal.SIGINT)

        def nothing(name, command, env, terminal=True):
            late = time.monotonic() + 2
            if terminal:
                came, _ = on_terminal(command, env, lambda _: time.monotonic() > late)
                said = "".join(said for _, said in came).replace("^C", "")
            else:
                run = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE)
                time.sleep(2)
                run.send_signal(signal.SIGTERM)
                said = run.stderr.read().decode()
                run.wait()
            print("ok progress " + name if not said else
                  "FAIL progress %s: it says %r" % (name, said))

        with open(fake + "/gnuplot", "w") as file:
            file.write("#!/bin/sh\nexec sleep 1.5\n")
        came, status = on_terminal(report, hang, lambda _: False)
        before = "".join(said for _, said in came).split("paritet: gnuplot drew no")[0]
        wrong = len(lines_of(came)) < 3 or not before.endswith(ERASE)
        wrong = wrong or not visible(came).startswith("paritet: gnuplot drew no") or status != 69
        print("ok progress is taken away at the end" if not wrong else
              "FAIL progress is taken away at the end: %r, exit status %d" % (came[-3:], status))
        with open(fake + "/gnuplot", "w") as file:
            file.write("#!/bin/sh\nexec sleep 60\n")

        nothing("with --quiet is none", report + ["--quiet"], hang)
        nothing("of a dumb terminal is none", report, dict(hang, TERM="dumb"))
        nothing("where standard error is a file is none", report, hang, False)
        left_over = [name for name in os.listdir(fake) if name != "gnuplot"]
        print("ok progress leaves nothing" if not left_over else
              "FAIL progress leaves nothing: " + " ".join(left_over))
    finally:
        shutil.rmtree(fake, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1])
