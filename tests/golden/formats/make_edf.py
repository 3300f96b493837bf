"""Writes edf/: small EDF and EDF+ files with Python's struct: a second writer of the layout, apart from the one of the tests.

Run: /usr/bin/python3 tests/golden/formats/make_edf.py
The layout follows the specifications of EDF (1992) and EDF+ (2003); no program of others wrote the files. The values that a reader
must give lie beside them in expected.json, null in gaps.
"""
import json
import pathlib
import struct

FOLDER = pathlib.Path(__file__).parent / "edf"
FOLDER.mkdir(exist_ok=True)
RECORDS, SECONDS = 3, 2
# label, unit, physical minimum and maximum, digital minimum and maximum, samples in a data record
SIGNALS = [
    (b"ECG V1", b"uV", -3200, 3200, -2048, 2047, 8),
    (b"inverted", b"mV", 5, -5, -32768, 32767, 4),
    (b"SaO2", b"%", 0, 100, 0, 1000, 1),
]
stored = [
    [(37 * index * index + 11 * place) % (high - low + 1) + low for index in range(RECORDS * count)]
    for place, (_, _, _, _, low, high, count) in enumerate(SIGNALS)
]
stored[1][0:2] = [-32768, 32767]
expected = {}


def field(value, length):
    raw = value if isinstance(value, bytes) else str(value).encode("ascii")
    return struct.pack(f"{length}s", raw.ljust(length))


def write(name, kind, times, marks):
    signals = [*SIGNALS] + ([(b"EDF Annotations", b"", -1, 1, -32768, 32767, 30)] if kind else [])
    out = field("0", 8) + field("P01 M 01-JAN-1970 X", 80) + field("Startdate 01-FEB-2003 X X X", 80)
    out += b"01.02.03" + b"04.05.06" + field(256 * (1 + len(signals)), 8) + field(kind, 44)
    out += field(RECORDS, 8) + field(SECONDS, 8) + field(len(signals), 4)
    for length, column in [(16, 0), (80, None), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (80, None), (8, 6), (32, None)]:
        out += b"".join(field("" if column is None else signal[column], length) for signal in signals)
    for record in range(RECORDS):
        for values, signal in zip(stored, SIGNALS):
            count = signal[6]
            out += struct.pack(f"<{count}h", *values[record * count:(record + 1) * count])
        if kind:
            tal = b"+%g\x14\x14\0" % times[record]
            for onset, text in marks[record]:
                tal += b"+%g\x14%s\x14\0" % (onset, text.encode("utf-8"))
            out += tal.ljust(60, b"\0")
    (FOLDER / name).write_bytes(out)
    calibrated = [
        [(value - low) / (high - low) * (top - bottom) + bottom for value in values]
        for values, (_, _, bottom, top, low, high, _) in zip(stored, SIGNALS)
    ]
    gaps = [0]
    for before, after in zip(times, times[1:]):
        gaps.append(after - before - SECONDS)
    placed = []
    for values, signal in zip(calibrated, SIGNALS):
        count, line = signal[6], []
        for record in range(RECORDS):
            line += [None] * round(gaps[record] * count / SECONDS) + values[record * count:(record + 1) * count]
        placed.append(line)
    expected[name] = {
        "rates": [signal[6] / SECONDS for signal in SIGNALS],
        "signals": placed,
        "annotations": [mark for record in marks for mark in record] if kind else [],
    }


write("plain.edf", "", [0, 2, 4], [[], [], []])
write("continuous.edf", "EDF+C", [0, 2, 4], [[[0.5, "start"]], [], [[4.25, "Arousal \u00e9"]]])
write("discontinuous.edf", "EDF+D", [0, 6, 8], [[], [[7, "after"]], []])
(FOLDER / "expected.json").write_text(json.dumps(expected) + "\n")
