"""page.py CHROMIUM REPORT...: looks at the pages of report folders in a browser.

Prints `ok page FOLDER CLAIM` or `FAIL page FOLDER CLAIM: WHY`. With SHOTS=FOLDER in the environment
what was looked at is kept there as pictures."""
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

import html5lib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Browser  # noqa: E402

WIDTHS = (360, 768, 1280)
SMALLEST_LETTERS = 7  # CSS pixels, in a picture on a phone, where one moves it about
MOST_BYTES = 2_000_000


def verdict(name, claim, complaints):
    if complaints:
        print(f"FAIL page {name} {claim}: {complaints[0]}" +
              (f" (and {len(complaints) - 1} more)" if len(complaints) > 1 else ""))
        for complaint in complaints[:12]:
            print("   ", complaint)
    else:
        print(f"ok page {name} {claim}")


def is_html(path):
    """Errors of the two parsers; tidy is older than names of pictures that are pointed to."""
    with open(path, "rb") as file:
        parser = html5lib.HTMLParser()
        parser.parse(file)
    complaints = [f"{place}: {code}" for place, code, _ in parser.errors]
    said = subprocess.run(["tidy", "-quiet", "-errors", "-utf8", path], capture_output=True,
                          text=True, check=False).stderr
    return complaints + [line for line in said.splitlines()
                         if '<title> proprietary attribute "id"' not in line]


def plain(text):
    """Without blanks, hyphens at line ends and ligatures, as paper and page differ in these."""
    return re.sub(r"\s|\u00ad", "", unicodedata.normalize("NFKC", text))


def split_figures(pdf, figures):
    """Figures of which a part is on another sheet than the caption."""
    sheets = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True,
                            check=True).stdout.split("\f")
    sheets = [plain(sheet) for sheet in sheets]
    complaints = []
    for figure in figures:
        texts = {plain(text) for text in figure["texts"]} | {plain(figure["caption"])}
        whole = [i for i, sheet in enumerate(sheets, 1) if all(text in sheet for text in texts)]
        if not whole:
            most = max(sheets, key=lambda sheet: sum(text in sheet for text in texts))
            complaints.append(f"{figure['caption']}: not with {[t for t in texts if t not in most][:3]}")
    if len(figures) == 0:
        complaints.append("no figure in the page")
    return complaints


def jumps(order):
    """Headings that leave out a level, or a page without one first heading."""
    levels = [level for role, _, level in order if role == "heading"]
    complaints = [f"from level {a} to {b}" for a, b in zip(levels, levels[1:]) if b > a + 1]
    return complaints + ([] if levels[:1] == [1] and levels.count(1) == 1 else [f"levels {levels[:5]}"])


def reading_order(page, order):
    """Whether headings, tables and pictures come by their names in the order of the page."""
    roles = {"image": "img", "img": "img", "table": "table"}
    heard = []
    for role, name, level in order:
        if role == "heading":
            heard.append([f"heading{level}", " ".join(name.split())])
        elif role in roles and name:
            heard.append([roles[role], " ".join(name.split())])
    seen = page.evaluate("outline()")
    # a line of small columns is a picture too, but none of the outline
    names = {tuple(item) for item in seen}
    heard = [item for item in heard if tuple(item) in names]
    complaints = [f"'{b[1]}' is seen where '{a[1]}' is heard" for a, b in zip(heard, seen) if a != b]
    return complaints + ([] if len(heard) == len(seen) else [f"{len(seen)} seen, {len(heard)} heard"])


def landmarks(order):
    wanted = {"main": 1, "navigation": 1, "banner": 1}
    complaints = []
    for role, n in wanted.items():
        found = sum(r == role for r, _, _ in order)
        if found != n:
            complaints.append(f"{found} of role {role}")
    nameless = {"image", "img", "table", "figure", "region", "navigation", "link", "heading"}
    return complaints + [f"a {role} without a name" for role, name, _ in order
                         if role in nameless and not name.strip()]


def keep(page, name):
    if "SHOTS" in os.environ:
        page.screenshot(os.path.join(os.environ["SHOTS"], name + ".png"))


def look(page, name):
    """Layout at three widths, and contrast by day and by night."""
    for width in WIDTHS:
        page.look(width)
        verdict(name, f"fits {width} pixels", page.evaluate("layout()"))
        verdict(name, f"has no small letters at {width}", page.evaluate(f"small({SMALLEST_LETTERS})"))
        keep(page, f"{name}-{width}")
    for dark in (False, True):
        page.look(1280, dark=dark)
        verdict(name, "has contrast " + ("in the dark" if dark else "by day"),
                page.evaluate("contrast()"))
    keep(page, f"{name}-dark")
    page.look(1280)


def hear(page, name):
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    order = page.accessible()
    verdict(name, "has headings without a gap", jumps(order))
    verdict(name, "is heard in the order in which it is seen", reading_order(page, order))
    verdict(name, "has landmarks, and a name for everything", landmarks(order))
    for claim in ("figures", "ids", "tables"):
        verdict(name, f"has {claim} as they should be", page.evaluate(claim + "()"))
    page.look(360)
    verdict(name, "fits 360 pixels with all tables open", page.evaluate("layout()"))
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = false; })")
    page.look(1280)


def put_on_paper(page, name, scratch):
    pdf = os.path.join(os.environ.get("SHOTS", scratch), name + ".pdf")
    page.print_pdf(pdf)
    verdict(name, "splits no figure on paper", split_figures(pdf, page.evaluate("pictures()")))


def main():
    with open(os.path.join(os.path.dirname(__file__), "page.js"), encoding="utf-8") as file:
        helpers = file.read()
    browser = Browser(sys.argv[1])
    try:
        with tempfile.TemporaryDirectory() as scratch:
            for folder in sys.argv[2:]:
                name, path = os.path.basename(folder), os.path.join(folder, "report.html")
                size = os.path.getsize(path)
                verdict(name, "is under 2 MB", [f"{size} bytes"] if size >= MOST_BYTES else [])
                browser.messages.clear()
                browser.open(os.path.abspath(path))
                verdict(name, "says nothing on the console", browser.messages)
                browser.evaluate(helpers)
                if size > MOST_BYTES / 2:  # only what its size may change
                    browser.look(360)
                    verdict(name, "fits 360 pixels", browser.evaluate("layout()"))
                    verdict(name, "has ids as they should be", browser.evaluate("ids()"))
                    continue
                verdict(name, "is HTML", is_html(path))
                look(browser, name)
                hear(browser, name)
                put_on_paper(browser, name, scratch)
    finally:
        browser.close()


main()
