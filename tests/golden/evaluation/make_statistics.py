"""Writes statistics.json: sign-flip tests by SciPy, isotonic regressions by scikit-learn, quantiles by NumPy.

Run with SciPy 1.10.1, scikit-learn 1.2.1 and NumPy 1.24.2: python3 make_statistics.py
"""
import json
from pathlib import Path

import numpy as np
from scipy.stats import permutation_test
from sklearn.isotonic import IsotonicRegression

random = np.random.default_rng(20240502)


def sign_flips(differences):
    """All sign flips: two samples whose pairs are swapped, which flips the sign of their difference."""
    differences = np.asarray(differences, dtype=float)
    result = permutation_test(
        (differences, np.zeros_like(differences)),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=np.inf,
        alternative="two-sided",
    )
    return {"differences": differences.tolist(), "pValue": float(result.pvalue)}


def isotonic(values, weights):
    fit = IsotonicRegression().fit_transform(np.arange(len(values)), values, sample_weight=weights)
    return {"values": list(map(float, values)), "weights": list(map(float, weights)), "fit": fit.tolist()}


tests = [
    sign_flips([0.1, 0.2]),
    sign_flips([0.0, 0.0, 0.0]),
    sign_flips([0.1, -0.1, 0.2, -0.2]),
    sign_flips([0.03, 0.05, -0.01, 0.08, 0.02]),
    sign_flips(random.normal(0.4, 1.0, size=9)),
    sign_flips(np.round(random.normal(0.05, 0.1, size=12), 1)),
    sign_flips(random.normal(0.3, 1.0, size=16)),
]
regressions = [
    isotonic([1.0, 2.0, 3.0], [1, 1, 1]),
    isotonic([3.0, 2.0, 1.0], [1, 2, 5]),
    isotonic(np.cumsum(random.normal(0.1, 1.0, size=12)), random.integers(1, 30, size=12)),
    isotonic(np.round(0.7 + 0.05 * np.arange(8) + random.normal(0, 0.1, size=8), 2), np.full(8, 45)),
]
values = random.normal(size=37)
quantiles = {
    "values": values.tolist(),
    "shares": [0, 0.025, 0.3, 0.5, 0.975, 1],
    "expected": np.quantile(values, [0, 0.025, 0.3, 0.5, 0.975, 1]).tolist(),
}
golden = {"signFlips": tests, "isotonic": regressions, "quantiles": quantiles}
Path(__file__).with_name("statistics.json").write_text(json.dumps(golden) + "\n")
