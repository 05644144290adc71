"""Colours that have to be told apart are, for colour-blind readers and on a copier's grey.

colours.py FOLDER: reads the palette of both themes from the gnuplot scripts in FOLDER (every line
NAME = C('#light', '#print')), and looks at it as those see it who lack one kind of cone (Machado,
Oliveira and Fernandes 2009, "A physiologically-based model for simulation of color vision
deficiency", doi:10.1109/TVCG.2009.113, severity 1.0, in linear RGB). Distances are CIEDE2000
(Sharma, Wu and Dalal 2005, doi:10.1002/col.20070); about 2 is the least that is seen at all."""
import itertools
import math
import os
import re
import sys

SIGHT = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                   (0.004733, 0.691367, 0.303900)),
}
COLOUR = re.compile(r"^(\w+) *= C\('(#[0-9a-f]{6})', '(#[0-9a-f]{6})'\)$", re.M)

# Names that stand in one picture, and the least distance of each two of them. Lines are thin, and so
# need more than areas that lie side by side. What is drawn with different dashes or signs as well
# (scenarios, status words) needs no grey of its own; areas have nothing else.
APART = [
    # what, names, distance, on grey: difference of lightness
    ("the lines of scenarios and the baseline", ["line1", "line2", "line3", "line4", "middle"], 9, 0),
    ("lines and the strip of parity", ["goal", "middle"], 9, 0),
    ("bars of group and reference", ["group", "reference", "paper"], 20, 15),
    ("lines of group and reference", ["middle", "other", "paper"], 9, 0),
    ("status words", ["green", "yellow", "red"], 9, 0),
    ("tints of the fan", ["paper", "fan90", "fan80", "fan50"], 5, 5),
    ("the fan and its median", ["fan50", "middle"], 20, 20),
    ("tints of the other fan", ["paper", "other90", "other80", "other50"], 4, 4),
    ("the two fans", ["fan50", "other50"], 8, 0),
    ("tints of what was said", ["paper", "band1", "band2", "band3"], 5, 5),
    ("figures and the fan", ["ink", "fan50"], 25, 30),
]


def linear(colour):
    parts = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def seen(colour, matrix):
    rgb = linear(colour)
    return [min(max(sum(a * b for a, b in zip(row, rgb)), 0), 1) for row in matrix]


def lab(rgb):
    """CIELAB under D65."""
    rows = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750),
            (0.0193339, 0.1191920, 0.9503041))
    white = (0.95047, 1.0, 1.08883)
    x, y, z = (sum(a * b for a, b in zip(row, rgb)) / w for row, w in zip(rows, white))
    f = [t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29 for t in (x, y, z)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def ciede2000(first, second):
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc = l2 - l1, c2 - c1
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    l, c = (l1 + l2) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        h = h1 + h2
    elif abs(h1 - h2) <= 180:
        h = (h1 + h2) / 2
    else:
        h = (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2

    def cosine(degrees):
        return math.cos(math.radians(degrees))

    t = (1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6)
         - 0.20 * cosine(4 * h - 63))
    sl = 1 + 0.015 * (l - 50) ** 2 / math.sqrt(20 + (l - 50) ** 2)
    sc, sh = 1 + 0.045 * c, 1 + 0.015 * c * t
    rotation = (-2 * math.sqrt(c ** 7 / (c ** 7 + 25 ** 7))
                * math.sin(math.radians(60 * math.exp(-((h - 275) / 25) ** 2))))
    return math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2
                     + rotation * dc / sc * dh / sh)


def check_formula():
    """Pairs 1, 7, 17, 25 and 34 of table 1 in Sharma, Wu and Dalal."""
    pairs = [((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
             ((50, 0, 0), (50, -1, 2), 2.3669),
             ((50, 2.5, 0), (73, 25, -18), 27.1492),
             ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
             ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082)]
    good = all(abs(ciede2000(a, b) - expected) < 5e-5 for a, b, expected in pairs)
    print("%s colours: distances are those of the paper" % ("ok" if good else "FAIL"))


def read_palette(folder):
    light, paper = {}, {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".gp"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                for colour, on_screen, on_paper in COLOUR.findall(file.read()):
                    light[colour], paper[colour] = on_screen, on_paper
    return {"light": light, "print": paper}


def check(theme, palette, what, names, least, least_grey):
    missing = [name for name in names if name not in palette]
    if missing:
        print("FAIL colours %s, %s: no %s in the scripts" % (theme, what, ", ".join(missing)))
        return
    near, troubles = (math.inf, ""), []
    for a, b in itertools.combinations(names, 2):
        for sight, matrix in SIGHT.items():
            distance = ciede2000(lab(seen(palette[a], matrix)), lab(seen(palette[b], matrix)))
            near = min(near, (distance, "%s and %s with %s" % (a, b, sight)))
            if distance < least:
                troubles.append("%s and %s with %s: %.1f of %g" % (a, b, sight, distance, least))
        grey = abs(lab(linear(palette[a]))[0] - lab(linear(palette[b]))[0])
        if grey < least_grey:
            troubles.append("%s and %s on grey: %.1f of %g" % (a, b, grey, least_grey))
    if troubles:
        print("FAIL colours %s, %s: %s" % (theme, what, "; ".join(troubles)))
    else:
        print("ok colours %s, %s (nearest %.1f: %s)" % (theme, what, *near))


def main():
    check_formula()
    for theme, palette in read_palette(sys.argv[1]).items():
        for case in APART:
            check(theme, palette, *case)


if __name__ == "__main__":
    main()
