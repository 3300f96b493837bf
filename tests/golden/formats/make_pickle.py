"""Writes tests/golden/formats/pickle: one tree in every protocol, and one array of every type in each order of bytes and axes.

Run with Debian's /usr/bin/python3 (python3-numpy).
"""

import collections
import json
import pathlib
import pickle
import warnings

import numpy as np

FOLDER = pathlib.Path(__file__).parent / "pickle"
TYPES = ["f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"]


def tree():
    shared = [1, 2]
    return collections.OrderedDict(
        [
            ("none", None),
            ("truths", (True, False)),
            ("integers", [0, 255, 256, -1, 65536, -(2**31), 2**40, -(2**53), 2**70, -(2**70)]),
            ("floats", (0.0, -0.5, 1e300, 0.1, float("inf"))),
            ("text", "a\\b\n\u00e9\u20ac\U0001f600'\r"),
            ("bytes", bytes(range(256))),
            ("empty", [[], (), {}, b"", ""]),
            ("tuples", ((1,), (1, 2), (1, 2, 3), (1, 2, 3, 4))),
            ("nested", {"dict": {"list": [[1], [2, [3]]]}, 7: "seven"}),
            ("shared", [shared, shared]),
            ("scalars", [np.float64(0.25), np.int64(-3), np.uint8(200), np.bool_(True), np.float32(1.5)]),
            ("matrix", np.array([[1.5, -2.5, 0.0], [3.25, 1e-300, -0.0]])),
            ("point", np.array(7.5)),
            ("nothing", np.zeros((0, 3))),
        ]
    )


def arrays():
    """Numbers from -3 up, as [2, 3, 2] in both orders of axes and both orders of bytes."""
    made = {}
    for name in TYPES:
        start = 0 if name[0] in "ub" else -3
        numbers = np.arange(start, start + 12)
        if name == "b1":
            numbers = numbers % 2
        for order in "<>":
            values = numbers.astype(name).reshape(2, 3, 2).astype(order + name)
            made[order + name] = values
            made[order + name + " fortran"] = np.asfortranarray(values)
    return made


def write(name, value, protocol):
    (FOLDER / f"{name}.{protocol}.pkl").write_bytes(pickle.dumps(value, protocol=protocol))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for protocol in range(6):
        write("tree", tree(), protocol)
        write("arrays", arrays(), protocol)
    # An array that is a view of another is written by _reconstruct in protocol 5 too.
    write("view", np.arange(12.0).reshape(3, 4)[:, ::2], 5)
    write("objects", np.array([None, "a"], dtype=object), 2)
    write("record", np.zeros(2, dtype=[("a", "f8"), ("b", "i4")]), 2)
    write("text", np.array(["a", "bc"]), 2)
    write("complex", np.array([1j]), 2)
    write("set", {1, 2}, 4)
    write("big", np.linspace(-1, 1, 9001).reshape(-1, 1), 0)
    write("big", np.linspace(-1, 1, 9001).reshape(-1, 1), 2)
