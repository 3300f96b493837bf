"""Writes small MAT-files with SciPy, for tests/formats/mat: python3 tests/golden/formats/make_mat.py"""

from pathlib import Path

import numpy
from scipy.io import savemat
from scipy.sparse import csc_matrix

FOLDER = Path(__file__).parent / "mat"
FOLDER.mkdir(exist_ok=True)


def cells(values, shape=None):
    array = numpy.empty(len(values), dtype=object)
    array[:] = values
    return array.reshape(shape or (1, len(values)))


matrix = numpy.array([[1.5, -2.0, numpy.nan], [4.0, 5.0, 1e300]])
types = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
variables = {"matrix": matrix, "single": matrix[:, :2].astype("f4"), "number": 7.0, "empty": numpy.zeros((0, 3))}
for name in types:
    info = numpy.iinfo(name)
    ends = [max(info.min, 1 - 2**53), min(info.max, 2**53 - 1)]
    variables[name] = numpy.array([ends], dtype=name)
variables |= {
    "logical": numpy.array([[True, False, True]]),
    "cube": numpy.arange(24.0).reshape(2, 3, 4),
    "text": "héllo €",
    "rows": numpy.array(["ab", "cd", "e "]),
    "none": "",
    "cell": cells([matrix, "N1", numpy.zeros((1, 0)), cells(["inner", 3.0])]),
    "struct": {"Age": "22", "ECG": {"stimuli": cells([matrix, matrix * 2], (2, 1))}, "Score": numpy.array([[3], [5]])},
    "structs": numpy.array([[(1.0, "a"), (2.0, "b")]], dtype=[("x", object), ("name", object)]),
    "dreamer": {"Data": cells([{"ECG": {"baseline": cells([matrix], (1, 1))}}, {"ECG": {"baseline": cells([], (0, 0))}}])},
}
refused = {"large": numpy.array([[2**53]]), "complex": numpy.array([[1 + 2j]]), "sparse": csc_matrix(numpy.eye(3)), "after": 1.0}
plain = {"matrix": matrix, "single": matrix[:, :2].astype("f4"), "int32": numpy.array([[-1, 2]], "i4"),
         "int16": numpy.array([[-3, 4]], "i2"), "uint16": numpy.array([[65535]], "u2"), "uint8": numpy.array([[255]], "u1"),
         "text": "hello", "rows": numpy.array(["ab", "cd", "e "])}

for compress in (False, True):
    end = "compressed" if compress else "plain"
    savemat(FOLDER / f"level5_{end}.mat", variables, format="5", do_compression=compress, oned_as="row")
    savemat(FOLDER / f"level5_refused_{end}.mat", refused, format="5", do_compression=compress)
savemat(FOLDER / "level4.mat", plain, format="4")
savemat(FOLDER / "level4_refused.mat", refused, format="4")
