"""Every message about trouble that paritet can print stands in a test: messages.py [-v]

The messages come out of the sources as they do for the catalogue, through the macros that
tools/po-template.sh names. What tests see of them is read from the files `expected` of the CLI
cases and from the texts of the unit tests and scripts; the catalogue is never looked at.

A printed line is credited to one message only: of those that it is, from its first letter to its
last, the one with most letters of its own. What a %s holds is then looked at in the same way, since
a message may carry another one. So "'%s' needs %s" is not shown by a line of some longer message,
and a message without letters of its own is shown by nothing.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

# Whatever these take is printed as an error, a warning or a notice.
SINKS = {"PT_RAISE", "REFUSE", "COMPLAIN", "REPORT", "pt_diagnose", "pt_spot_report", "complain_usage"}
# What these take is printed so in the rooms named here; elsewhere it is a word or sentence of an answer.
FORMATS = {"PT_N", "pt_message_set", "pt_message_nset"}
TROUBLED = {
    **{room: FORMATS for room in ("base", "input", "barometer", "scenario", "simulate")},
    "cli": FORMATS - {"PT_N"},
}
# ... except for facts of cards and tables: they are named so, follow a name, or are whole sentences.
FACT = re.compile(r'(\.(title|formula|doc|kind) *=|",)\s*$')
# A part of a message that a script looks for counts from so many letters on, if no other message has it.
LETTERS = 12

CONVERSION = re.compile(r"%(?:(%)|(?:\d+\$)?[-+0 #]*\d*(?:\.(?:\*|\d+))?(?:hh|h|ll|l|z|j|t)?([sdiuxXcfFeEgG]))")
STANDS_FOR = {
    "s": "(.*?)",
    "c": ".",
    **dict.fromkeys("diu", r"-?\d+"),
    **dict.fromkeys("xX", r"[0-9a-fA-F]+"),
    **dict.fromkeys("fFeEgG", r"[-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|inf|nan)"),
}
STRING = r'"(?:[^"\\\n]|\\.)*"'
PREFIX = re.compile(r"(?<![\w-])(?:error|warning|notice|paritet): ")
EXCEPTIONS = Path("tests/support/messages.txt")


def letters(text):
    return len(re.findall(r"\w", text))


def unescape(literals):
    """The text of adjacent C literals."""
    joined = "".join(literal[1:-1] for literal in re.findall(STRING, literals))
    return ast.literal_eval('"' + re.sub(r"\\([0-7]{1,3}|.)", r"\\\1", joined) + '"')


class Message:
    def __init__(self, text):
        self.text, self.places, self.counts = text, [], False
        self.own = letters(CONVERSION.sub("", text))
        at, pattern = 0, ""
        for found in CONVERSION.finditer(text):
            pattern += re.escape(text[at : found.start()]) + ("%" if found[1] else STANDS_FOR[found[2]])
            at = found.end()
        self.pattern = re.compile(pattern + re.escape(text[at:]), re.DOTALL)
        self.plain = re.sub(r"%\w*[diu]|\d+", "%d", text)
        self.shown = None


def entries(keyword, files):
    """(text, [(file, line)]) of each text that a macro or function takes."""
    said = subprocess.run(
        ["xgettext", "--files-from=-", "--output=-", "--language=C", "--from-code=UTF-8", "--keyword"]
        + ["--keyword=" + keyword, "--no-wrap", "--add-location=full"],
        input="\n".join(files), text=True, capture_output=True, check=True)
    for block in said.stdout.split("\n\n")[1:]:
        places = [place.rsplit(":", 1) for line in re.findall(r"^#: (.*)$", block, re.M) for place in line.split()]
        for found in re.finditer(rf"^msgid(?:_plural)? ((?:{STRING}\n?)+)", block, re.M):
            yield unescape(found[1]), [(file, int(line)) for file, line in places]


def is_fact(text, file, line):
    """Whether a text under PT_N belongs to a card or table; it stands on its line or, wrapped, below."""
    if text[:1].isupper() and text.endswith("."):
        return True
    rows = Path(file).read_text().split("\n")
    return bool(FACT.search("\n".join(rows[max(0, line - 3) : line - 1] + [rows[line - 1].split("PT_N(")[0]])))


def all_messages():
    keywords = re.search(r"keywords='(.*?)'", Path("tools/po-template.sh").read_text(), re.S)[1].split()
    files = sorted(str(file) for top in ("src", "include") for file in Path(top).rglob("*.[chd]*"))
    messages = {}
    for keyword in keywords:
        name = keyword.split(":")[0]
        for text, places in entries(keyword, files):
            message = messages.setdefault(text, Message(text))
            for file, line in places:
                room = file.split("/")[1]
                counts = name in SINKS or name in TROUBLED.get(room, ()) and not (
                    name == "PT_N" and is_fact(text, file, line))
                message.counts |= counts
                message.places += [f"{file}:{line}"] if counts else []
    return sorted(messages.values(), key=lambda message: (-message.own, -len(CONVERSION.sub("", message.text))))


def credit(messages, line, where, depth=0):
    """Notes which message a line is; None where it is none."""
    for message in messages:
        match = message.own > 0 and message.pattern.fullmatch(line)
        if match:
            for same in messages:  # two that print the same
                if same.pattern == message.pattern:
                    same.shown = same.shown or f"{where}: {line}"
            for part in match.groups():
                if part and depth < 4:
                    credit(messages, part, where, depth + 1)
            return message
    return None


def read_expected(messages):
    """The cases; a line that says error, and is a word of an answer to us, is a fault of the rules above."""
    for file in sorted(Path("tests/cli").glob("*/*/expected")):
        for line in file.read_text(errors="replace").split("\n"):
            starts = [found.end() for found in PREFIX.finditer(line)]
            credited = [credit(messages, line[start:], file) for start in starts]
            credit(messages, line, file)
            if any(credited) and not any(message and message.counts for message in credited):
                yield f"{file}: '{line}' is printed, and not counted as a message; see the rules of messages.py"


def read_units(messages):
    token = re.compile(rf"/\*.*?\*/|//[^\n]*|'(?:\\.|[^'\\])'|({STRING}(?:\s*{STRING})*)", re.DOTALL)
    for file in sorted(Path("tests/unit").glob("*.[ch]")):
        source = file.read_text()
        for found in token.finditer(source):
            statement = re.split(r"[;{}]", source[: found.start()])[-1]
            if not found[1] or re.search(r"\b(PT_RAISE|pt_diagnose|pt_message_n?set|pt_spot_report)\(", statement):
                continue  # a message that the test makes up
            for line in unescape(found[1]).split("\n"):
                starts = [0] + [at.end() for at in re.finditer(r"(?:^|: )(?:(?:error|warning|notice)|\S+:\d+): ", line)]
                any([credit(messages, line[start:], file) for start in starts])
            if re.search(r"\b(strstr|said|holds)\(", statement):
                credit_part(messages, unescape(found[1]), file)


def shell_strings(source):
    """The quoted strings of a shell script, with the variables put in that it sets to a plain text."""
    source = re.sub(r"(?m)^\s*#.*$", "", source).replace("\\\n", "")
    known = dict(re.findall(r'(?m)^\s*(\w+)="([^"$`]*)"$', source))
    for found in re.finditer(r"""\\.|'([^']*)'|"((?:[^"\\]|\\.)*)\"""", source, re.DOTALL):
        if found[1] is not None:
            yield found[1]
        elif found[2]:
            text = re.sub(r"\$(?:\{(\w+)[^}]*\}|(\w+))", lambda name: known.get(name[1] or name[2], "?"), found[2])
            yield re.sub(r'\\(["\\$`])', r"\1", text)


def python_strings(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "?" for part in node.values)


def read_scripts(messages):
    files = [*Path("tests/scripts").glob("*.sh"), *Path("tests").glob("*.sh"), *Path("tests/support").glob("*.py")]
    for file in sorted(files):
        if file.name == "messages.py":
            continue
        for text in (python_strings if file.suffix == ".py" else shell_strings)(file.read_text()):
            for line in text.split("\n"):
                starts = {0} | {found.end() for found in PREFIX.finditer(line)}
                credited = [credit(messages, line[start:].strip(), file) for start in starts]
                if not any(message and message.counts for message in credited):
                    credit_part(messages, line, file)


def credit_part(messages, part, where):
    part = re.sub(r"\d+", "%d", part.replace("%", "%%"))
    holders = [message for message in messages if part in message.plain] if letters(part) >= LETTERS else []
    if len(holders) == 1:
        holders[0].shown = holders[0].shown or f"{where}: {part}"


def exceptions():
    """{message: reason} of the file: a message, and indented below it why no test can show it."""
    listed, message = {}, None
    for line in EXCEPTIONS.read_text().split("\n") if EXCEPTIONS.exists() else []:
        if line.startswith("    ") and message:
            listed[message] = (listed[message] + " " + line.strip()).strip()
        elif line and not line.startswith("#"):
            message = line
            listed[message] = ""
    return listed


def main():
    messages = all_messages()
    wrong = list(read_expected(messages))
    read_units(messages)
    read_scripts(messages)
    counted = [message for message in messages if message.counts]
    listed = exceptions()
    for message in sorted(counted, key=lambda message: message.places):
        if "-v" in sys.argv:
            print(f"{message.places[0]}: {message.text}\n    {message.shown}")
        if not message.shown and message.text not in listed:
            wrong.append(f"{' '.join(message.places)}: no test shows \"{message.text}\"")
    for text, reason in listed.items():
        if not reason:
            wrong.append(f"{EXCEPTIONS}: no reason for \"{text}\"")
        if not any(message.text == text and not message.shown for message in counted):
            wrong.append(f"{EXCEPTIONS}: take out \"{text}\", which a test shows or nothing says")
    print("\n".join(wrong), end="\n" if wrong else "")
    print(f"{len(counted)} messages, {len(listed)} of them excepted")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
