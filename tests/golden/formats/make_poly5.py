"""Writes poly5/small.S00 with Python's struct: a second writer of the layout, apart from the one of the tests.

Run: /usr/bin/python3 tests/golden/formats/make_poly5.py
The structures are those that public readers of Poly5 files unpack (header "=31sH81phhBHi4xHHHHHHHiHHH64x", descriptions
"=41p4x11pffffhh60x"); no program of TMSi wrote the file. Values that a reader must give lie beside it in small.json.
"""
import json
import pathlib
import struct

FOLDER = pathlib.Path(__file__).parent / "poly5"
RATE, PER_BLOCK, PERIODS = 2048, 4, 10
# name, unit, ADC low and high, unit low and high
CHANNELS = [
    ("A1", b"\xb5V", -100.0, 100.0, -1000.0, 1000.0),
    ("portiHeart", b"mV", 0.0, 4.0, 1.0, 3.0),
    ("skin", b"", -1.0, 1.0, 10.0, -10.0),
]
stored = [[float(10 * channel + sample - 5) for channel in range(3)] for sample in range(PERIODS)]

blocks = -(-PERIODS // PER_BLOCK)
time = (2012, 10, 8, 1, 9, 30, 15)
out = struct.pack(
    "=31sH81phhBHi4x7HiHHH64x", b"POLY SAMPLE FILEversion 2.03\r\n\x1a", 203, b"golden", RATE, RATE, 0,
    2 * len(CHANNELS), PERIODS, *time, blocks, PER_BLOCK, 4 * PER_BLOCK * len(CHANNELS), 0,
)
assert len(out) == 217
for index, (name, unit, adc_low, adc_high, unit_low, unit_high) in enumerate(CHANNELS):
    for half in ("Lo", "Hi"):
        low = (0.0, 1.0, 0.0, 65536.0) if half == "Lo" else (unit_low, unit_high, adc_low, adc_high)
        out += struct.pack("=41p4x11pffffhh60x", f"({half}) {name}".encode(), unit, *low, index, 0)
for block in range(blocks):
    out += struct.pack("=i4x7h64x", block * PER_BLOCK, *time)
    for sample in range(block * PER_BLOCK, (block + 1) * PER_BLOCK):
        out += struct.pack("=3f", *(stored[sample] if sample < PERIODS else [9e9] * 3))

FOLDER.mkdir(exist_ok=True)
(FOLDER / "small.S00").write_bytes(out)
(FOLDER / "small.json").write_text(json.dumps({
    "sampleRateHz": RATE,
    "start": dict(zip(("year", "month", "day", "hour", "minute", "second"), time[:3] + time[4:])),
    "names": [name for name, *_ in CHANNELS],
    "units": [unit.decode("latin-1") for _, unit, *_ in CHANNELS],
    "values": [
        [(row[index] - adc_low) / (adc_high - adc_low) * (unit_high - unit_low) + unit_low for row in stored]
        for index, (_, _, adc_low, adc_high, unit_low, unit_high) in enumerate(CHANNELS)
    ],
}) + "\n")
