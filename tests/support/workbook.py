"""workbook.py: what is in barometer.xlsx, and what LibreOffice makes of it."""
import csv
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

REPO = os.environ["REPO"]
COPENHAGEN = [REPO + "/models/copenhagen.yaml", REPO + "/scenarios/both.yaml",
              REPO + "/scenarios/copenhagen/advisers.yaml"]
MUNICIPALITIES = [REPO + "/models/municipalities.yaml", REPO + "/scenarios/municipalities/odense.yaml"]
DRAWS = ["--draws", "2000"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
HEAD = 3  # row of the headings, from 0
NAME_MOST = 31

# Heading in English, and the column of the CSV file.
COLUMNS = {
    "status": ("Status", {"indicator": "indicator", "year": "year", "figure": "value",
                          "change": "change", "on time": "p_on_time"}),
    "parity": ("Parity years", {"indicator": "indicator", "scenario": "scenario", "earliest": "p10",
                                "middle": "p50", "late": "p90", "not in time": "p_never"}),
    "gained": ("Gains", {"indicator": "indicator", "scenario": "scenario", "high": "years_p90",
                         "earlier": "p_earlier", "not in time": "p_never_scenario"}),
    "bands": ("Projection", {"indicator": "indicator", "scenario": "scenario", "year": "year",
                             "5 %": "p05", "middle": "p50", "95 %": "p95"}),
}
failures = []


def verdict(name, wrong):
    print("FAIL workbook %s: %s" % (name, wrong) if wrong else "ok workbook %s" % name)
    failures.extend([name] if wrong else [])


def report(folder, language, arguments, **env):
    done = subprocess.run(["paritet", "--quiet", "--lang", language, "report", *arguments, *DRAWS,
                           "--no-plots", "-o", folder], capture_output=True, text=True,
                          env={**os.environ, **env})
    if done.returncode != 0 or done.stderr:
        verdict("is written", "exit %d: %s" % (done.returncode, done.stderr))
        sys.exit(0)
    return folder + "/barometer.xlsx"


# ---------------------------------------------------------------- reading a workbook

def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class Sheet:
    def __init__(self, book, name, path):
        self.name, self.path = name, path
        self.root = ElementTree.fromstring(book.zip.read(path))
        self.cells, self.formats = {}, {}
        for cell in self.root.iter(MAIN + "c"):
            letters, digits = re.match(r"([A-Z]+)(\d+)$", cell.get("r")).groups()
            at = (int(digits) - 1, column_number(letters))
            value = cell.find(MAIN + "v")
            if value is not None:
                text = cell.get("t") == "s"
                self.cells[at] = book.strings[int(value.text)] if text else float(value.text)
            self.formats[at] = book.formats[int(cell.get("s") or 0)]
        self.headings = {self.cells[at]: at[1] for at in self.cells if at[0] == HEAD}

    def relations(self, book):
        path = posixpath.join(posixpath.dirname(self.path), "_rels",
                              posixpath.basename(self.path) + ".rels")
        return book.relations(path) if path in book.zip.namelist() else {}

    def rows(self):
        """The rows of the table: those with something in the first column."""
        row = HEAD + 1
        while (row, 0) in self.cells:
            yield row
            row += 1


class Book:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        shared = ElementTree.fromstring(self.zip.read("xl/sharedStrings.xml"))
        self.strings = ["".join(t.text or "" for t in item.iter(MAIN + "t"))
                        for item in shared.iter(MAIN + "si")]
        styles = ElementTree.fromstring(self.zip.read("xl/styles.xml"))
        named = {int(f.get("numFmtId")): f.get("formatCode") for f in styles.iter(MAIN + "numFmt")}
        named[1] = "0"
        named[2] = "0.00"
        self.formats = [named.get(int(xf.get("numFmtId")), "General")
                        for xf in styles.find(MAIN + "cellXfs")]
        root = ElementTree.fromstring(self.zip.read("xl/workbook.xml"))
        targets = self.relations("xl/_rels/workbook.xml.rels")
        self.sheets = {}
        for sheet in root.iter(MAIN + "sheet"):
            target = posixpath.join("xl", targets[sheet.get(RELATION + "id")])
            self.sheets[sheet.get("name")] = Sheet(self, sheet.get("name"), target)

    def relations(self, path):
        root = ElementTree.fromstring(self.zip.read(path))
        return {r.get("Id"): r.get("Target") for r in root}

    def parts(self, pattern):
        return sorted(name for name in self.zip.namelist() if re.match(pattern, name))


# ---------------------------------------------------------------- parts

def check_parts(book):
    wrong = []
    for name in book.zip.namelist():
        ElementTree.fromstring(book.zip.read(name))
    for sheet in book.sheets.values():
        if list(sheet.root.iter(MAIN + "f")):
            wrong.append("%s has formulas" % sheet.name)
        pane = sheet.root.find(".//" + MAIN + "pane")
        if pane is None or pane.get("state") != "frozen" or pane.get("ySplit") != str(HEAD + 1):
            wrong.append("%s has no frozen headings" % sheet.name)
        if sheet.root.find(MAIN + "autoFilter") is None:
            wrong.append("%s has no filter" % sheet.name)
        if len(sheet.name) > NAME_MOST or re.search(r"[\[\]:*?/\\]", sheet.name):
            wrong.append("'%s' is no name of a sheet" % sheet.name)
        if any(not isinstance(v, str) and v != v or v in (float("inf"), float("-inf"))
               for v in sheet.cells.values()):
            wrong.append("%s holds what is not finite" % sheet.name)
    if any(info.date_time != (1980, 1, 1, 0, 0, 0) for info in book.zip.infolist()):
        wrong.append("an entry of the archive has a date")
    notes = sum(book.zip.read(part).count(b"<comment ") for part in book.parts("xl/comments"))
    if notes < 15:
        wrong.append("%d notes" % notes)
    return "; ".join(wrong)


# ---------------------------------------------------------------- numbers

def table(folder, name):
    rows = list(csv.DictReader(open("%s/%s.csv" % (folder, name), encoding="utf-8", newline="")))
    return [row for row in rows if row.get("event", "sustained") == "sustained"]


def same(cell, text):
    if text in ("", "inf", "-inf"):
        return cell is None
    try:
        number = float(text)
    except ValueError:
        return cell == text
    # CSV has seven digits
    return isinstance(cell, float) and float("%.7g" % cell) == number


def check_numbers(book, folder):
    """Rows that people are not shown are left out, and no row is added."""
    wrong = []
    for name, (sheet_name, columns) in COLUMNS.items():
        sheet, rows = book.sheets[sheet_name], table(folder, name)
        places = {"place": "place"} if "place" in sheet.headings else {}
        at = 0
        for row in sheet.rows():
            got = {heading: sheet.cells.get((row, sheet.headings[heading]))
                   for heading in {**columns, **places}}
            while at < len(rows) and not all(same(got[h], rows[at][c])
                                             for h, c in {**columns, **places}.items()):
                at += 1
            if at == len(rows):
                wrong.append("%s, row %d: %s is not in %s.csv" % (sheet_name, row + 1, got, name))
                break
            at += 1
        if at == 0:
            wrong.append("%s is empty" % sheet_name)
    return "; ".join(wrong)


def shown(value, form):
    """A number as a spreadsheet shows it in formats of our kinds."""
    if "%" in form:
        return "%d %%" % round(100 * value)
    decimals = len(form.partition(".")[2])
    return ("%.*f" % (decimals, value)).replace("-0", "0") if value == 0 else "%.*f" % (decimals, value)


def check_digits(book):
    """The projection shows what `paritet simulate --table bands` shows."""
    done = subprocess.run(["paritet", "--quiet", "--lang", "en", "simulate", *COPENHAGEN, *DRAWS,
                           "--table", "bands", "--format", "markdown"], capture_output=True, text=True)
    lines = [[cell.strip() for cell in line.strip("|").split("|")]
             for line in done.stdout.splitlines()]
    heading, rows = lines[0], lines[2:]
    sheet = book.sheets["Projection"]
    for row, cells in zip(sheet.rows(), rows):
        for name, text in zip(heading, cells):
            column = sheet.headings[name]
            value = sheet.cells.get((row, column))
            if isinstance(value, float) and shown(value, sheet.formats[row, column]) != text:
                return "row %d, %s: %s in the format %s; the terminal shows %s" % (
                    row + 1, name, value, sheet.formats[row, column], text)
    return None if len(rows) == len(list(sheet.rows())) and rows else "%d rows" % len(rows)


# ---------------------------------------------------------------- charts

def range_of(book, formula):
    """The cells of a reference such as 'Parity years'!$N$32:$N$37."""
    name, _, cells = formula.rpartition("!")
    sheet = book.sheets[name.strip("'").replace("''", "'")]
    first, _, last = cells.replace("$", "").partition(":")
    ends = [re.match(r"([A-Z]+)(\d+)$", end).groups() for end in (first, last or first)]
    (c0, r0), (c1, r1) = [(column_number(c), int(r) - 1) for c, r in ends]
    return [sheet.cells.get((row, column)) for row in range(r0, r1 + 1) for column in range(c0, c1 + 1)]


def texts(node):
    return "".join(t.text or "" for t in node.iter(DRAWING + "t")) if node is not None else ""


def check_chart(book, part):
    root = ElementTree.fromstring(book.zip.read(part))
    title = texts(root.find(".//" + CHART + "chart/" + CHART + "title"))
    if not title:
        return "%s has no title" % part
    if not any(texts(axis.find(CHART + "title")) for axis in root.iter(CHART + "valAx")):
        return "'%s' names no axis" % title
    series = list(root.iter(CHART + "ser"))
    for one in series:
        values = one.find(CHART + "val")
        values = values if values is not None else one.find(CHART + "yVal")
        name = one.find(".//" + CHART + "tx//" + CHART + "v")
        if name is None or not name.text:
            return "'%s' has a series without a name" % title
        for node in (values, one.find(CHART + "cat"), one.find(CHART + "xVal")):
            if node is None:
                continue
            cells = range_of(book, node.find(".//" + CHART + "f").text)
            cached = [v.text for v in node.iter(CHART + "v")]
            if not cells or None in cells or len(cells) != len(cached):
                return "'%s': %d cells and %d values" % (title, len(cells), len(cached))
            if any(float(v) != c if isinstance(c, float) else v != c for c, v in zip(cells, cached)):
                return "'%s' shows other numbers than its cells" % title
    return None if series else "'%s' has no series" % title


def check_charts(book, least):
    parts = book.parts(r"xl/charts/chart\d+\.xml")
    wrong = [said for said in (check_chart(book, part) for part in parts) if said]
    if len(parts) < least:
        wrong.append("%d charts" % len(parts))
    return "; ".join(wrong)


# ---------------------------------------------------------------- hostile words

HOSTILE = ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "@SUM(A1) | `x` {/*2 x}",
           "שלום עולם", "+" + "lang titel " * 27]


def check_hostile(folder):
    model = open(folder + "/hostile.yaml", "w", encoding="utf-8")
    model.write("title: %s\nhorizon: 2045\ndata: [ hostile.csv ]\n" % quoted(HOSTILE[0]))
    model.write("groups:\n  - { id: we, title: %s }\nareas:\n  - id: a\n    title: A\n    goals:\n"
                "      - id: g\n        title: G\n        indicators:\n" % quoted(HOSTILE[1]))
    figures = open(folder + "/hostile.csv", "w", encoding="utf-8")
    figures.write("indicator,group,year,value,source\n")
    for i, title in enumerate(HOSTILE):
        model.write("          - { id: i%d, title: %s, unit: '%%', series: s%d, group: we, better: lower,"
                    " target: { value: 10 %%, by: 2030 } }\n" % (i, quoted(title), i))
        for year in range(2010, 2022):
            figures.write("s%d,we,%d,%.1f,%s\n" % (i, year, 40 - 1.7 * (year - 2010) + year % 3,
                                                   quoted(HOSTILE[0]).replace("'", '"')
                                                   if "'" not in HOSTILE[0] else '"=1+1"'))
    model.close()
    figures.close()
    book = Book(report(folder + "/hostile", "da", [folder + "/hostile.yaml"]))
    wrong = check_parts_hostile(book)
    return wrong, folder + "/hostile/barometer.xlsx"


def quoted(text):
    return "'%s'" % text.replace("'", "''")


def check_parts_hostile(book):
    strings = set(book.strings)
    for title in HOSTILE:
        if title.strip() not in {s.strip() for s in strings}:
            return "'%s' is not as it was written" % title[:40]
    if any(list(sheet.root.iter(MAIN + "f")) for sheet in book.sheets.values()):
        return "there is a formula"
    for part in book.parts(r"xl/charts/chart\d+\.xml"):
        said = check_chart(book, part)
        if said:
            return said
    return None


# ---------------------------------------------------------------- LibreOffice

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def soffice(folder, books):
    """What it said beside what it does."""
    done = subprocess.run(["soffice", "-env:UserInstallation=file://%s/profile" % folder, "--headless",
                           "--convert-to", "ods", "--outdir", folder, *books],
                          capture_output=True, text=True, timeout=200)
    said = [line for line in (done.stdout + done.stderr).splitlines()
            if line and not re.match(r"convert |Warning: failed to launch javaldx", line)]
    return "exit %d" % done.returncode if done.returncode != 0 else "; ".join(said)


def words_of(node):
    """A paragraph with its blanks."""
    text = node.text or ""
    for child in node:
        text += " " * int(child.get(TEXT + "c") or 1) if child.tag == TEXT + "s" else words_of(child)
        text += child.tail or ""
    return text


def saved_cell(cell):
    """Its value, or None: a formula is told apart from any text of ours."""
    if cell.get(TABLE + "formula"):
        return "a formula: " + cell.get(TABLE + "formula")
    if cell.get(OFFICE + "value") is not None:
        return float(cell.get(OFFICE + "value"))
    return "\n".join(words_of(p) for p in cell.findall(TEXT + "p")) or None


def saved_cells(table):
    """What LibreOffice saved of a sheet, by row and column; equal neighbours are saved once."""
    cells, row = {}, 0
    for line in table.iter(TABLE + "table-row"):
        column, rows = 0, int(line.get(TABLE + "number-rows-repeated") or 1)
        for cell in line:
            if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                continue
            columns, value = int(cell.get(TABLE + "number-columns-repeated") or 1), saved_cell(cell)
            if value is not None:
                cells.update({(row + i, column + k): value
                              for i in range(rows) for k in range(columns)})
            column += columns
        row += rows
    return cells


def check_read_back(book, saved):
    """Every number and every text of ours is there, as it was; so are the charts."""
    content = ElementTree.fromstring(saved.read("content.xml"))
    tables = {table.get(TABLE + "name"): saved_cells(table) for table in content.iter(TABLE + "table")}
    for sheet in book.sheets.values():
        if sheet.name not in tables:
            return "there is no sheet '%s'" % sheet.name
        back = tables[sheet.name]
        for at, value in sheet.cells.items():
            same = (isinstance(back.get(at), float) and abs(back[at] - value) <= 1e-12 * abs(value)
                    if isinstance(value, float) else back.get(at, "") == value)
            if not same:
                return "'%s', row %d, column %d: %r came back as %r" % (
                    sheet.name, at[0] + 1, at[1] + 1, value, back.get(at))
        if len(back) != len([value for value in sheet.cells.values() if value != ""]):
            return "'%s' has other cells than it had" % sheet.name
    charts = [n for n in saved.namelist() if re.match(r"Object \d+/content\.xml$", n)]
    wanted = len(book.parts(r"xl/charts/chart\d+\.xml"))
    return None if len(charts) == wanted else "%d charts of %d" % (len(charts), wanted)


def check_libreoffice(folder, books):
    copies = ["%s/%s.xlsx" % (folder, name) for name in books]
    for path, copy in zip(books.values(), copies):
        shutil.copy(path, copy)
    verdict("is opened by LibreOffice without a complaint", soffice(folder, copies))
    for name, path in books.items():
        saved = "%s/%s.ods" % (folder, name)
        verdict("comes back from LibreOffice as it was, %s" % name,
                check_read_back(Book(path), zipfile.ZipFile(saved)) if os.path.exists(saved)
                else "it is not saved")


# ---------------------------------------------------------------- all of it

def main():
    with tempfile.TemporaryDirectory() as folder:
        english = report(folder + "/en", "en", COPENHAGEN)
        danish = report(folder + "/da", "da", COPENHAGEN, LC_ALL="da_DK.UTF-8")
        book, other = Book(english), Book(danish)
        verdict("has frozen headings, filters, notes and no formulas",
                check_parts(book) or check_parts(other))
        verdict("holds the numbers of the CSV tables", check_numbers(book, folder + "/en"))
        verdict("shows the digits that the terminal shows", check_digits(book))
        verdict("has charts of its own cells", check_charts(book, 6) or check_charts(other, 6))
        many = Book(report(folder + "/many", "en", MUNICIPALITIES))
        verdict("of many places stays readable",
                check_charts(many, 3) or check_parts(many) or check_numbers(many, folder + "/many"))
        verdict("in Danish holds the same numbers",
                None if [v for s in book.sheets.values() for v in s.cells.values() if isinstance(v, float)] ==
                [v for s in other.sheets.values() for v in s.cells.values() if isinstance(v, float)]
                else "it does not")
        wrong, hostile = check_hostile(folder)
        verdict("takes hostile titles as text", wrong)
        if shutil.which("soffice"):
            check_libreoffice(folder, {"english": english, "danish": danish, "hostile": hostile})
        else:
            print("SKIP workbook in LibreOffice: soffice (libreoffice-calc-nogui)")


main()
