"""Every picture card in the cases that are hard for a layout: few and many figures, scenarios and
places, long Danish titles, figures below zero, gaps that never close and gaps that are closed.

sweep.py PARITET FOLDER: writes models and scenarios to FOLDER, and draws their pictures there as SVG
with one gnuplot process; then says of each case whether every text is on the canvas and none touches
another or hides a figure. Widths of texts are those of the DejaVu fonts, read from the fonts."""
import html
import os
import re
import struct
import subprocess
import sys

FONTS = "/usr/share/fonts/truetype/dejavu/DejaVuSans%s.ttf"
LONG = {
    "da": "Andelen af ikke-vestlige indvandrere og efterkommere i ordinær beskæftigelse, som vurderer, "
          "at de har de samme muligheder på arbejdsmarkedet som personer med dansk oprindelse, nr. %d",
    "en": "Share of non-western immigrants and descendants in ordinary employment who find that they "
          "have the same opportunities in the labour market as persons of Danish origin, no. %d",
}
SCENARIO = {
    "da": "Helhedsorienteret beskæftigelses- og uddannelsesindsats for unge mænd, udgave %d",
    "en": "Comprehensive employment and education programme for young men, version %d",
}
LAST = 2025


# ---------------------------------------------------------------- fonts

class Font:
    """Advances of a TrueType font, in ems."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        n = struct.unpack(">H", self.data[4:6])[0]
        self.at = {}
        for i in range(n):
            tag, _, offset, _ = struct.unpack(">4sLLL", self.data[12 + 16 * i:28 + 16 * i])
            self.at[tag.decode()] = offset
        self.em = self.u16(self.at["head"] + 18)
        self.n_metrics = self.u16(self.at["hhea"] + 34)
        self.glyphs = self.read_characters()

    def u16(self, at):
        return struct.unpack(">H", self.data[at:at + 2])[0]

    def read_characters(self):
        """The glyph of each character, from the cmap subtable of format 4 (the basic plane)."""
        cmap = self.at["cmap"]
        for i in range(self.u16(cmap + 2)):
            platform, encoding, offset = struct.unpack(
                ">HHL", self.data[cmap + 4 + 8 * i:cmap + 12 + 8 * i])
            table = cmap + offset
            if (platform, encoding) == (3, 1) and self.u16(table) == 4:
                break
        half = self.u16(table + 6)
        ends, glyphs = table + 14, {}
        starts, deltas, offsets = ends + half + 2, ends + 2 * half + 2, ends + 3 * half + 2
        for i in range(0, half, 2):
            first, last = self.u16(starts + i), self.u16(ends + i)
            delta, offset = self.u16(deltas + i), self.u16(offsets + i)
            for code in range(first, min(last, 0xfffe) + 1):
                glyph = code
                if offset:
                    glyph = self.u16(offsets + i + offset + 2 * (code - first))
                if glyph or not offset:
                    glyphs[code] = (glyph + delta) & 0xffff
        return glyphs

    def width(self, text):
        total = 0
        for letter in text:
            glyph = self.glyphs.get(ord(letter), 0)
            total += self.u16(self.at["hmtx"] + 4 * min(glyph, self.n_metrics - 1))
        return total / self.em


# ---------------------------------------------------------------- pictures

TEXT = re.compile(
    r'<g transform="translate\(([-\d.]+),([-\d.]+)\)[^>]*?font-size="([\d.]+)"([^>]*)>\s*'
    r'<text>(.*?)</text>', re.S)
MARK = re.compile(r"<use xlink:href='#gpPt[1-9]\d*' transform='translate\(([-\d.]+),([-\d.]+)\)")
CANVAS = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def texts_of(svg, fonts):
    """(left, top, right, bottom, text) of what can be read; letters reach from 0.74 em above their
    line to 0.02 em below it, but for tails, which may stand in the next line's room."""
    for x, y, size, rest, text in TEXT.findall(svg):
        text = html.unescape(re.sub(r"<[^>]*>", "", text))
        if text.strip() == "":
            continue
        x, y, size = float(x), float(y), float(size)
        width = size * fonts["bold" in rest].width(text)
        anchor = re.search(r'text-anchor="(\w+)"', rest).group(1)
        left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        yield (left, y - 0.74 * size, left + width, y + 0.02 * size, text)


def troubles_of(svg, fonts):
    width, height = map(float, CANVAS.search(svg).groups())
    boxes = list(texts_of(svg, fonts))
    for a in boxes:
        if a[0] < 4 or a[1] < 4 or a[2] > width - 4 or a[3] > height - 4:
            yield "leaves the canvas: '%s'" % a[4]
    for i, a in enumerate(boxes):
        for b in boxes[i + 1:]:
            if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
                yield "'%s' touches '%s'" % (a[4], b[4])
    for x, y in MARK.findall(svg):
        for a in boxes:
            if a[0] < float(x) < a[2] and a[1] < float(y) < a[3]:
                yield "'%s' hides a figure" % a[4]
    if not boxes:
        yield "holds no text"


def words_missing(kind, svg, fonts, places):
    """What a picture of its kind has to say, and a goal's page not more than once."""
    texts = [box[4] for box in texts_of(svg, fonts)]
    naming = [text for text in texts if any(place in text for place in places or [])]
    if kind.startswith("place-") and not kind.endswith("-places") and not naming:
        yield "does not name its place"
    if kind.endswith("-goal") and len(naming) > 1:
        yield "names its place %d times" % len(naming)
    for text in texts:
        if kind.endswith("-futures") and re.match("Helhedsor|Comprehensive", text) \
                and not re.search(r"(udgave|version) \d$", text):
            yield "cuts a scenario's name to '%s'" % text


# ---------------------------------------------------------------- cases

def quoted(texts, number):
    return "{ da: \"%s\", en: \"%s\" }" % (texts["da"] % number, texts["en"] % number)


def indicator(number, name, body):
    return """          - id: %s
            title: %s
            series: %s
            group: g
            source-is: none
%s""".replace("            source-is: none\n", "") % (name, quoted(LONG, number), name, body)


GAP = """            unit: "%%"
            reference: r
            gap: %s
            better: %s
            bounds: [ 0, 100 ]
            band: { within: 1 %s, because: rounding }
"""
SINGLE = """            unit: index
            better: higher
            target: { value: -3 points, by: 2031 }
"""


def wobble(i):
    return [0, .7, -.5, .3, -.8, .4, .6, -.3][i % 8]


def write_model(folder, points, places, indicators):
    """Indicators by name: what the group's and the reference's figure is in year i of n."""
    bodies, rows = [], ["indicator,group,place,year,value"]
    for number, name in enumerate(indicators, 1):
        body, group, reference = CASES[name]
        bodies.append(indicator(number, name, body))
        for p, place in enumerate(places or [""]):
            for i in range(points):
                year = LAST - points + 1 + i
                for which, figure in (("g", group), ("r", reference)):
                    if figure:
                        value = figure(i / max(points - 1, 1), p) + wobble(i + 3 * p)
                        rows.append("%s,%s,%s,%d,%.1f" % (name, which, place, year, value))
    with open(os.path.join(folder, "data.csv"), "w", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")
    with open(os.path.join(folder, "model.yaml"), "w", encoding="utf-8") as file:
        file.write("""title: { da: "Integrationsbarometer", en: "Integration barometer" }
policy: { from: 2020, to: 2030 }
horizon: 2050
data: [ data.csv ]
%sgroups:
  - { id: g, title: { da: "ikke-vestlige indvandrere og efterkommere på 16-64 år", en: "non-western immigrants and descendants aged 16-64" } }
  - { id: r, title: { da: "personer med dansk oprindelse på 16-64 år", en: "persons of Danish origin aged 16-64" } }
units:
  - { id: index, title: { da: indekspoint, en: index points }, decimals: 1 }
areas:
  - id: work
    title: { da: Arbejde, en: Work }
    goals:
      - id: goal
        title: { da: "Flere ikke-vestlige indvandrere og efterkommere i ordinær beskæftigelse", en: "More non-western immigrants and descendants in ordinary employment" }
        indicators:
%s""" % ("places: all\n" if places else "", "".join(bodies)))


CASES = {
    "never": (GAP % ("difference", "higher", "pp"),
              lambda t, p: 62 - 8 * t - p, lambda t, p: 75 + 6 * t),
    "closing": (GAP % ("ratio", "lower", "%"), lambda t, p: 18 - 6 * t, lambda t, p: 9.0 - t),
    "closed": (GAP % ("difference", "higher", "pp"),
               lambda t, p: 70 + t, lambda t, p: 70.2 + t),
    "below": (SINGLE, lambda t, p: -14 + 4 * t, None),
    "place": (GAP % ("difference", "higher", "pp"),
              lambda t, p: 58 + 9 * t - (p * 37 % 23), lambda t, p: 78 + 2 * t),
}
PLACES = ["Aabenraa Kommune", "Nykøbing Falster", "Lyngby-Taarbæk Kommune og omegn", "Sønderborg",
          "Ringkøbing-Skjern Kommune", "Læsø", "Ærø", "København", "Høje-Taastrup", "Frederikshavn",
          "Faaborg-Midtfyn Kommune", "Ikast-Brande", "Brønderslev", "Vesthimmerlands Kommune", "Møn"]


def write_scenarios(folder, n):
    paths = []
    for k in range(1, n + 1):
        paths.append(os.path.join(folder, "s%d.yaml" % k))
        with open(paths[-1], "w", encoding="utf-8") as file:
            file.write("title: %s\nlevers:\n" % quoted(SCENARIO, k))
            for indicator, sign in (("never", 1), ("closing", -.3)):
                file.write("""  - id: %s%d
    indicator: %s
    group: g
    kind: pace
    effect: { fixed: %.2f, unit: pp/year }
    start: 2027
    ramp: { years: 2, shape: linear }
    source: assumption
    confidence: low
""" % (indicator, k, indicator, sign * .3 * k))
    return paths


EVERY = ["never", "closing", "closed", "below"]
SWEEP = [
    # name, figures, scenarios, places, indicators, themes
    ("4-figures-1-scenario", 4, 1, None, EVERY, ["light", "print"]),
    ("9-figures-4-scenarios", 9, 4, None, EVERY, ["light"]),
    ("16-figures-9-scenarios", 16, 9, None, EVERY, ["light", "print"]),
    ("15-places", 9, 0, PLACES, ["place"], ["light"]),
    ("2-places", 5, 1, PLACES[:2], ["never", "closing"], ["light"]),
    ("90-places", 5, 0, ["Kommune nr. %d" % k for k in range(1, 91)], ["place"], ["light"]),
]


def report(paritet, root, case, language, theme):
    name, points, n_scenarios, places, indicators, _ = case
    folder = os.path.join(root, "-".join((name, language, theme)))
    os.makedirs(folder)
    write_model(folder, points, places, indicators)
    command = [paritet, "report", os.path.join(folder, "model.yaml"),
               *write_scenarios(folder, n_scenarios), "--no-plots", "--draws", "300", "--quiet",
               "--lang", language, "--theme", theme, "-o", os.path.join(folder, "out")]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        print("FAIL sweep %s: %s" % (os.path.basename(folder), done.stderr.strip()[:300]))
        return None
    return folder


def draw(folders):
    """One gnuplot for all scripts: each starts anew and draws into its own folder."""
    lines, pictures = ["format = 'svg'"], {}
    for folder in folders:
        plots = os.path.join(folder, "out", "plots")
        pictures[folder] = []
        for script in sorted(os.listdir(plots)):
            # of many places the pages that hold them all, and the first few of each kind
            if script.endswith(".gp") and ("places" not in folder or len(pictures[folder]) < 6
                                           or re.search("overview|-places|goal", script)):
                pictures[folder].append(os.path.join(plots, script[:-3] + ".svg"))
                lines += ["reset", "undefine slug theme", "cd '%s'" % plots, "load '%s'" % script]
    done = subprocess.run(["gnuplot", "-"], input="\n".join(lines) + "\n", text=True,
                          capture_output=True, env=dict(os.environ, LC_ALL="C.UTF-8"))
    if done.returncode != 0:
        print("FAIL sweep gnuplot: %s" % done.stderr.strip()[:300])
    return pictures


FAULTS = {
    "leaves the canvas": '<g transform="translate(690,50)" font-size="10" text-anchor="start">\n'
                         '<text>too far to the right</text>',
    "touches": '<g transform="translate(50,50)" font-size="10" text-anchor="start">\n<text>one</text>'
               '<g transform="translate(64,47)" font-size="10" text-anchor="start">\n<text>two</text>',
    "hides a figure": '<g transform="translate(50,50)" font-size="10" text-anchor="middle">\n'
                      "<text>27,0</text><use xlink:href='#gpPt6' transform='translate(52,46)",
    "holds no text": "",
}


def faults_are_seen(fonts):
    for fault, body in FAULTS.items():
        found = list(troubles_of('<svg viewBox="0 0 720 405">' + body, fonts))
        good = len(found) == 1 and fault in found[0]
        print("%s sweep sees what %s%s" % ("ok" if good else "FAIL", fault,
                                          "" if good else ": %s" % found))
    # DejaVu Sans 2.37: 'A' advances 1401 of 2048 units, '0' 1303
    good = abs(fonts[False].width("A0") - (1401 + 1303) / 2048) < 1e-9
    print("%s sweep measures letters" % ("ok" if good else "FAIL"))


def main():
    paritet, root = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    fonts = {False: Font(FONTS % ""), True: Font(FONTS % "-Bold")}
    faults_are_seen(fonts)
    places = {report(paritet, root, case, language, theme): case[3]
              for case in SWEEP for theme in case[5] for language in ("da", "en")}
    pictures = draw([folder for folder in places if folder])
    kinds = set()
    for folder, paths in pictures.items():
        name, found = os.path.basename(folder), []
        for path in paths:
            kind = os.path.basename(path)[:-4]
            with open(path, encoding="utf-8") as file:
                svg = file.read()
            found += ["%s %s" % (kind, trouble) for trouble in
                      [*troubles_of(svg, fonts), *words_missing(kind, svg, fonts, places[folder])]]
            kinds.add(kind)
        for trouble in found:
            print("FAIL sweep %s: %s" % (name, trouble))
        if not found:
            print("ok sweep %s: %d pictures" % (name, len(paths)))
    listed = re.findall(r"PT_PICTURE\((\w+)\)", open("src/output/plot/pictures.def").read())
    for kind in listed:
        drawn = kind in ("fan", "overview") or any(k == kind or k.endswith("-" + kind) for k in kinds)
        print("%s sweep draws %s" % ("ok" if drawn else "FAIL", kind))


if __name__ == "__main__":
    main()
