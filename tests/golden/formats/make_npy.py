"""Writes arrays of every kind of number as NumPy saves them, for the tests of src/formats/npy_array.ts.

    python3 make_npy.py

The file is one NPZ; `expected` says what is in it. Made with NumPy 1.24.2.
"""
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
arrays = {}
for order in "<>":
    for kind in ("f4", "f8", "i2", "i4", "i8", "u2", "u4", "u8"):
        arrays[f"{'little' if order == '<' else 'big'}_{kind}"] = np.array([[0, 1, 2], [3, 100, 250]], dtype=order + kind)
arrays["i1"] = np.array([-128, 127], dtype="i1")
arrays["u1"] = np.array([0, 255], dtype="u1")
arrays["bool"] = np.array([True, False])
arrays["negative"] = np.array([-1.5, np.nan, np.inf])
arrays["fortran"] = np.asfortranarray(np.arange(24, dtype="<i4").reshape(2, 3, 4))
arrays["scalar"] = np.array(7.25)
np.savez_compressed(HERE / "arrays.npz", **arrays)
np.savez(HERE / "stored.npz", **{name: arrays[name] for name in ("little_f8", "fortran")})
expected = {name: {"shape": list(array.shape), "values": [repr(float(value)) for value in array.ravel()]}
            for name, array in arrays.items()}
(HERE / "npy_expected.json").write_text(json.dumps(expected, indent=0) + "\n")
