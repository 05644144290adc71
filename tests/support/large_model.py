"""large_model.py DATA FOLDER: the largest model that a report has to manage, with real figures.

Writes model.yaml with 14 indicators, most of them gaps between two groups, and four scenarios with a
lever on each of them (JSON is YAML)."""
import json
import os
import sys

GROUPS = ("western-immigrants", "western-descendants", "non-western-immigrants",
          "non-western-descendants", "non-western")
RATIOS = (("income-ratio", "100 %"), ("leading-positions", "50 %"))


def indicator(name, series, group, better, **more):
    title = {"da": f"Indikatoren {name} med en titel, der er ret lang", "en": f"The indicator {name} with a rather long title"}
    return {"id": name, "title": title, "decides": True, "unit": "%", "series": series,
            "group": group, "better": better, "bounds": [0, 100], **more}


def indicators():
    band = {"within": "1 pp", "because": "rounded figures"}
    for group in GROUPS[:4]:
        for trend in ("consensus", "linear"):
            yield indicator(f"participation-{group}-{trend}", "participation", group, "higher",
                            reference="all", gap="difference", band=band, trend=trend,
                            breaks=[{"year": 2009, "because": "marked in the source"}])
    for group in GROUPS[2:]:
        yield indicator(f"unemployment-{group}", "unemployment", group, "lower",
                        target={"value": "5 %", "by": 2030})
    for series, parity in RATIOS:
        yield indicator(series, series, "women", "higher", gap="given", parity=int(parity[:-2]),
                        band=band)
    yield indicator("leading-linear", "leading-positions", "women", "higher", gap="given", parity=50,
                    band=band, trend="linear")


def lever(of, size, number):
    low, high = (size, 2 * size) if of["better"] == "higher" else (-2 * size, -size)
    return {"id": f"lever-{number}-{of['id']}", "indicator": of["id"], "group": of["group"], "kind": "pace",
            "effect": {"uniform": [low, high], "unit": "pp/year"}, "start": 2027,
            "ramp": {"years": 3, "shape": "linear"}, "lasts": {"until": 2045},
            "source": "made for this test", "confidence": "medium"}


def main():
    data, folder = sys.argv[1:]
    every = list(indicators())
    assert len(every) == 14
    goals = [{"id": f"goal-{i}", "title": {"da": f"Mål {i}", "en": f"Goal {i}"},
              "indicators": every[i::7]} for i in range(7)]
    model = {"title": {"da": "Fjorten indikatorer", "en": "Fourteen indicators"}, "horizon": 2060,
             "place": {"da": "Danmark", "en": "Denmark"}, "data": [os.path.abspath(data)],
             "groups": [{"id": g, "title": g} for g in GROUPS + ("all", "women")],
             "areas": [{"id": "area", "title": {"da": "Område", "en": "Area"}, "goals": goals}]}
    files = {"model.yaml": model}
    for i in range(1, 5):
        title = {"da": f"Scenarie nummer {i} med en titel", "en": f"Scenario number {i} with a title"}
        files[f"scenario-{i}.yaml"] = {"title": title, "levers": [lever(of, 0.1 * i, i) for of in every]}
    for name, what in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            json.dump(what, file, ensure_ascii=False, indent=1)


main()
