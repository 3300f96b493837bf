"""Writes beats.json: what the target `beats` must make of the MIT-BIH Arrhythmia Database.

Reads mitdb/*.hea and mitdb/*.atr of the folder that EINTHOVEN_DATA names with a parser of its own (MIT format: WFDB
Applications Guide, annot(5)), counts in whole samples of the 360 Hz at which the annotations were made, and goes through
all beats for every window. Nothing but the standard library: EINTHOVEN_DATA=... python3 make_beats.py

A case holds a target's parameters, the seconds of the windows (side by side from the first sample), the figures of the
whole database, and a letter a window for each record; `letters` says what they mean, and a capital marks a hard negative.
"""
import json
import os
import string
from collections import Counter
from pathlib import Path

RATE_HZ = 360
BEATS = {1: "N", 2: "L", 3: "R", 4: "a", 5: "V", 6: "F", 7: "J", 8: "A", 9: "S", 10: "E", 11: "j", 12: "/", 13: "Q",
         25: "B", 30: "?", 34: "e", 35: "n", 38: "f", 41: "r"}
RHYTHM, SKIP, NUM, SUB, CHN, AUX = 28, 59, 60, 61, 62, 63


def read_annotations(path):
    """Beats as (sample, symbol) and rhythms as (first sample, name)."""
    words = path.read_bytes()
    at, sample, code = 0, 0, None
    beats, rhythms = [], []
    while True:
        word = int.from_bytes(words[at:at + 2], "little")
        at += 2
        kind, value = word >> 10, word & 1023
        if word == 0:
            return beats, rhythms
        if kind == SKIP:
            high, low = (int.from_bytes(words[at + i:at + i + 2], "little") for i in (0, 2))
            step = high << 16 | low
            sample += step - (1 << 32) if step >> 31 else step
            at += 4
        elif kind == AUX:
            text = words[at:at + value].rstrip(b"\0 ").decode("ascii")
            at += value + value % 2
            if code == RHYTHM and text.startswith("("):
                rhythms.append((sample, text[1:]))
        elif kind not in (NUM, SUB, CHN):
            sample += value
            code = kind
            if code in BEATS:
                beats.append((sample, BEATS[code]))


def read_record(folder, name):
    length = int((folder / f"{name}.hea").read_text().split("\n")[0].split()[3])
    beats, rhythms = read_annotations(folder / f"{name}.atr")
    ends = [first for first, _ in rhythms[1:]] + [length]
    return length, beats, [(first, end, rhythm) for (first, rhythm), end in zip(rhythms, ends)]


def outcome(first, end, beats, rhythms, parameters):
    """The class or the reason, and whether it is a hard negative."""
    classes = parameters["classes"]
    order = parameters.get("precedence")
    if order is None:
        order = [parameters["positive"]] + [name for name in classes if name != parameters["positive"]]
    edge = round(parameters["edge"] * RATE_HZ)
    inside = [(at, symbol) for at, symbol in beats if first <= at < end]
    outside = [(at, symbol) for at, symbol in beats if first - edge < at < first or end <= at < end + edge]
    held = {rhythm for start, stop, rhythm in rhythms if max(start, first) < min(stop, end)}
    unwanted = [(at, symbol) for at, symbol in inside + outside if symbol in parameters["discard"]]
    if unwanted:
        return f"beat {min(unwanted)[1]}", False
    for rhythm in parameters["discardRhythm"]:
        if rhythm in held:
            return f"rhythm {rhythm}", False
    for _, symbol in inside:
        if not any(symbol in symbols for symbols in classes.values()):
            return f'beat "{symbol}" is in no class', False
    for name in order:
        own = [at for at, symbol in inside if symbol in classes[name]]
        if name == order[-1]:
            if not own:
                return "no beat", False
            hard = parameters.get("hardNegatives", {"beats": [], "rhythms": []})
            is_hard = any(symbol in hard["beats"] for _, symbol in inside) or bool(held & set(hard["rhythms"]))
            return name, is_hard and len(classes) == 2
        if any(at - first >= edge and end - at >= edge for at in own):
            return name, False
        if own or any(symbol in classes[name] for _, symbol in outside):
            return f"{name} beat at the edge", False


OTHER = ["N", "L", "R", "e", "j", "A", "a", "J", "S"]
HARD = {"name": "atrial or junctional ectopy or atrial fibrillation", "beats": ["A", "a", "J", "S"], "rhythms": ["AFIB"]}
CASES = [
    (10, {"classes": {"ventricular": ["V", "E"], "other": OTHER}, "positive": "ventricular", "discard": ["F", "Q", "/", "f"],
          "discardRhythm": ["VFL"], "edge": 0.15, "hardNegatives": HARD}),
    (10, {"classes": {"ventricular": ["V", "E"], "other": OTHER + ["F", "Q", "/", "f"]}, "positive": "ventricular",
          "discard": [], "discardRhythm": [], "edge": 0}),
    (10, {"classes": {"ventricular": ["V", "E"], "other": OTHER + ["F", "Q", "/", "f"]}, "positive": "ventricular",
          "discard": [], "discardRhythm": ["AFIB"], "edge": 0}),
    (3, {"classes": {"normal": ["N", "L", "R", "e", "j"], "supraventricular": ["A", "a", "J", "S"],
                     "ventricular": ["V", "E"]},
         "precedence": ["ventricular", "supraventricular", "normal"], "discard": ["Q"], "discardRhythm": ["VFL", "AFL"],
         "edge": 0.3}),
]

folder = Path(os.environ["EINTHOVEN_DATA"]) / "mitdb"
records = {path.stem: read_record(folder, path.stem) for path in sorted(folder.glob("*.hea"))}
cases = []
for seconds, parameters in CASES:
    found = {}
    for name, (length, beats, rhythms) in records.items():
        step = seconds * RATE_HZ
        found[name] = [outcome(first, first + step, beats, rhythms, parameters)
                       for first in range(0, length - step + 1, step)]
    windows = [window for own in found.values() for window in own]
    counts = Counter(label for label, _ in windows)
    letters = dict(zip(sorted(counts), string.ascii_lowercase))
    cases.append({
        "seconds": seconds,
        "parameters": parameters,
        "windows": len(windows),
        "counts": dict(sorted(counts.items())),
        "hardNegatives": sum(is_hard for _, is_hard in windows),
        "letters": {letter: label for label, letter in letters.items()},
        "records": {name: "".join(letters[label].upper() if is_hard else letters[label] for label, is_hard in own)
                    for name, own in found.items()},
    })
Path(__file__).with_name("beats.json").write_text(json.dumps(cases, indent=1) + "\n")
