#!/bin/bash
# The workflow for GitHub is YAML, pins its actions by commit, and asks make for goals that there are.
# Whether GitHub runs it, only GitHub can show.
cd "$(dirname "$0")/../.." || exit 70
if ! python3 -c 'import yaml' 2> /dev/null; then
    echo "SKIP workflow: python3-yaml (make deps-dev)"
    exit 0
fi
python3 - << 'END'
import re
import subprocess
import yaml

path = ".github/workflows/ci.yml"
commands, actions = [], []
for name, job in yaml.safe_load(open(path))["jobs"].items():
    cells = job.get("strategy", {}).get("matrix", {})
    rows = cells.get("include") or [{"variant": v} for v in cells.get("variant", [""])]
    for step in job["steps"]:
        actions += [step["uses"]] if "uses" in step else []
        for row in rows if "run" in step else []:
            commands.append(re.sub(r"\$\{\{ matrix\.(\w+) \}\}", lambda m: row[m[1]], step["run"]))

loose = [action for action in actions if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action)]
print("FAIL workflow actions: not pinned: %s" % loose if loose else "ok workflow actions are pinned")

made = sorted({command for command in commands if command.startswith("make ")})
for command in made:
    goals = [word for word in command.split()[1:] if "=" not in word and not word.startswith("-")]
    rules = subprocess.run(["make", "-pnq", "help"], capture_output=True, text=True).stdout
    missing = [goal for goal in goals if not re.search(r"^%s:" % re.escape(goal), rules, re.M)]
    print("FAIL workflow %s: no goal %s" % (command, missing) if missing else "ok workflow " + command)
if len(made) < 10:
    print("FAIL workflow: only %d commands" % len(made))
END
