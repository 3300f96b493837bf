"""Writes wfdb/: a record in every sample format, with NumPy bit by bit: a second writer of the layouts, apart from the tests'.

Run: /usr/bin/python3 tests/golden/formats/make_wfdb.py
Packed formats are built as one long integer of bits, as signal(5) of the WFDB Applications Guide words them, so that no
shift is shared with the reader. No program of PhysioNet wrote the files. The values that a reader must give lie beside them in
expected.json, null where a sample is missing.
"""
import json
import pathlib

import numpy

FOLDER = pathlib.Path(__file__).parent / "wfdb"
FOLDER.mkdir(exist_ok=True)
BITS = {8: 32, 16: 16, 24: 24, 32: 32, 61: 16, 80: 8, 160: 16, 212: 12, 310: 10, 311: 10}
LENGTH = 7  # frames: with two signals 14 samples, which end amid a group of three


def bit_string(value, bits):
    return format(int(value) % 2**bits, f"0{bits}b")


def words(strings):
    """Strings of bits, the high ones first, as little-endian bytes."""
    return b"".join(int(bits, 2).to_bytes(len(bits) // 8, "little") for bits in strings)


def pack(values, number):
    flat = numpy.asarray(values)
    if number == 8:
        raise ValueError("differences are packed by signal")
    if number in (16, 32):
        return flat.astype(f"<i{number // 8}").tobytes()
    if number == 24:
        return words(bit_string(value, 24) for value in flat)
    if number == 61:
        return flat.astype(">i2").tobytes()
    if number == 80:
        return (flat + 128).astype("u1").tobytes()
    if number == 160:
        return (flat + 32768).astype("<u2").tobytes()
    if number == 212:
        out = b""
        for index in range(0, len(flat), 2):
            first = bit_string(flat[index], 12)
            second = bit_string(flat[index + 1] if index + 1 < len(flat) else 0, 12)
            # byte 0: low 8 of the first; byte 1: high 4 of the second, high 4 of the first; byte 2: low 8 of the second
            group = bytes([int(first[4:], 2), int(second[:4] + first[:4], 2), int(second[4:], 2)])
            out += group if index + 1 < len(flat) else group[:2]
        return out
    out = b""
    for index in range(0, len(flat), 3):
        group = list(flat[index:index + 3])
        first, second, third = (bit_string(value, 10) for value in group + [0] * (3 - len(group)))
        if number == 310:
            # each pair of bytes: five bits of the third sample, a sample, a bit of no meaning
            pairs = [third[5:] + first + "0", third[:5] + second + "0"]
            out += words(pairs[:min(2, len(group))])
        else:
            out += words(["00" + third + second + first])[:(0, 2, 3, 4)[len(group)]]
    return out


expected = {}


def write(name, signals, number, rate="250", gain=(100, 7), per_frame=(1, 1), skew=(0, 0), offset=0, states=True):
    """`signals` as stored numbers, one list each; frames hold `per_frame` of each."""
    frames = len(signals[0]) // per_frame[0]
    order = [
        value
        for frame in range(frames)
        for signal, count in zip(signals, per_frame)
        for value in signal[frame * count:(frame + 1) * count]
    ]
    if number == 8:
        last = [signal[0] for signal in signals]
        differences = []
        for frame in range(frames):
            for place, (signal, count) in enumerate(zip(signals, per_frame)):
                for value in signal[frame * count:(frame + 1) * count]:
                    differences.append(value - last[place])
                    last[place] = value
        data = numpy.asarray(differences, "i1").tobytes()
    else:
        data = pack(order, number)
    (FOLDER / f"{name}.dat").write_bytes(b"\xaa" * offset + data)
    lines = [f"{name} {len(signals)} {rate}" + (f" {frames}" if states else "")]
    for index, (signal, count, late) in enumerate(zip(signals, per_frame, skew)):
        sum16 = int(numpy.sum(numpy.asarray(signal, "i8"))) % 65536
        sum16 -= 65536 * (sum16 >= 32768)
        form = str(number) + (f"x{count}" if count > 1 else "") + (f":{late}" if late else "") + (f"+{offset}" if offset else "")
        lines.append(f"{name}.dat {form} {gain[0]}({gain[1]})/mV {BITS[number]} 0 {signal[0]} {sum16} 0 lead {index}")
    (FOLDER / f"{name}.hea").write_text("\n".join(lines) + "\n")
    missing = None if number == 8 else -(2**(BITS[number] - 1))
    expected[name] = [
        [None if value == missing else (value - gain[1]) / gain[0] for value in signal] for signal in signals
    ]


for number, bits in BITS.items():
    low = -(2**(bits - 1))
    if number == 8:
        first, second = [1000, 1127, 999, 1000, 1000, 901, 1028], [-300, -301, -428, -301, -200, -100, 27]
    else:
        rng = numpy.random.RandomState(number)
        first = [0, -1, low, -low - 1, low + 1] + [int(value) for value in rng.randint(low + 1, -low - 1, 2)]
        second = [1, low, -2] + [int(value) for value in rng.randint(low + 1, -low - 1, 4)]
    write(f"format{number}", [first, second], number)
    # one signal: an odd number of samples, and one that leaves a group of three with one
    write(f"alone{number}", [first], number, per_frame=(1,), skew=(0,))

# Faster and slower signals in one frame, one late by two frames, after bytes of something else.
write("frames", [list(range(10, 22)), [5, -6, 7, -8]], 16, per_frame=(3, 1), gain=(1, 0))
write("late", [[1, 2, 3, 4, 5], [10, 20, 30, 40, 50]], 16, skew=(0, 2), offset=5, gain=(1, 0))
expected["late"][1] = [30, 40, 50, None, None]
write("unstated", [[4, 5, 6], [7, 8, 9]], 310, gain=(1, 0), states=False)

# A fixed layout with a gap, and a variable one whose segments have some of the signals.
write("part1", [[1, 2], [3, 4]], 16, gain=(1, 0))
write("part2", [[5, 6, 7], [8, 9, 10]], 212, gain=(1, 0))
(FOLDER / "fixed.hea").write_text("fixed/3 2 250 9\npart1 2\n~ 4\npart2 3\n# a comment\n")
expected["fixed"] = [[1, 2] + [None] * 4 + [5, 6, 7], [3, 4] + [None] * 4 + [8, 9, 10]]
write("some", [[8, 9, 10]], 24, gain=(1, 0), per_frame=(1,), skew=(0,))
some = (FOLDER / "some.hea").read_text().replace("lead 0", "lead 1")
(FOLDER / "some.hea").write_text(some)
layout = "layout 3 250 0\n" + "".join(f"~ 0 1(0)/mV 0 0 0 0 0 {name}\n" for name in ("lead 0", "lead 1", "resp"))
(FOLDER / "layout.hea").write_text(layout)
(FOLDER / "variable.hea").write_text("variable/4 3 250 6\nlayout 0\npart1 2\n~ 1\nsome 3\n")
expected["variable"] = [[1, 2, None, None, None, None], [3, 4, None, 8, 9, 10], [None] * 6]

(FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
