"""Writes small arrays with NumPy, for tests/formats/npy_test.ts: python3 tests/golden/formats/make_npy.py"""

from pathlib import Path

import numpy
from numpy.lib import format as npy

FOLDER = Path(__file__).parent / "npy"
FOLDER.mkdir(exist_ok=True)
values = numpy.array([[0, 1.5, -2], [numpy.nan, 3e38, 1e-3]])


def write(name, array, version=None):
    with open(FOLDER / f"{name}.npy", "wb") as file:
        npy.write_array(file, array, version=version)


write("float32", values.astype("<f4"))
write("float64", values.astype("<f8"))
write("version2", values.astype("<f4"), (2, 0))
write("version3", values.astype("<f4"), (3, 0))
write("lead", values.astype("<f4")[:, :, None])
write("empty", values.astype("<f4")[:0])
write("big-endian", values.astype(">f4"))
write("int64", numpy.array([[1, 2]]))
write("fortran", numpy.asfortranarray(values.astype("<f4")))
write("number", numpy.float32(1))
write("record", numpy.array([(1.0, 2)], dtype=[("a", "<f4"), ("b", "<i4")]))
