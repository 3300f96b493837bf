"""Writes stratified_groups.json: which fold scikit-learn's StratifiedGroupKFold puts each group into.

Counts are [groups, classes]: windows of each class. Made with scikit-learn 1.2.1 and NumPy 1.24.2.
Run: python3 tests/golden/splits/make_stratified_groups.py
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

warnings.filterwarnings("ignore", message="The least populated class")


def folds_of(counts, n_splits):
    groups = np.repeat(np.arange(len(counts)), [sum(row) for row in counts])
    labels = np.concatenate([np.repeat(np.arange(len(row)), row) for row in counts])
    fold_of = [-1] * len(counts)
    for fold, (_, test) in enumerate(StratifiedGroupKFold(n_splits).split(labels, labels, groups)):
        for group in np.unique(groups[test]):
            fold_of[group] = fold
    assert min(fold_of) >= 0
    return fold_of


def tables():
    rng = np.random.default_rng(1)
    for case in range(40):
        groups, classes = int(rng.integers(6, 40)), int(rng.integers(2, 8))
        mean = rng.uniform(1, 40)
        shares = rng.dirichlet(np.full(classes, rng.choice([0.3, 2.0, 20.0])), size=groups)
        counts = rng.poisson(mean * classes * shares)
        counts[:, 0] += counts.sum(axis=1) == 0
        counts[0] += 1
        yield counts.tolist(), int(rng.integers(2, min(groups, 10) + 1))
    # Many equal groups: ties alone decide.
    yield [[5, 5]] * 12, 5
    yield [[4, 0], [0, 4]] * 6, 4
    yield [[30, 12]] * 7 + [[0, 42]] * 3, 5


cases = [{"counts": counts, "folds": folds, "foldOf": folds_of(counts, folds)} for counts, folds in tables()]
text = json.dumps({"cases": cases}).replace('}, {"counts"', '},\n{"counts"') + "\n"
pathlib.Path(__file__).with_name("stratified_groups.json").write_text(text, encoding="utf-8")
