"""Writes curve.json: one point of a curve by scikit-learn and NumPy: mean, spreads, and the interval for given resamples.

Each resample is computed from predictions whose windows weigh as much as their person was drawn.
Run with scikit-learn 1.2.1 and NumPy 1.24.2: python3 make_curve.py
"""
import json
import warnings
from pathlib import Path

import numpy as np
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    f1_score,
    roc_auc_score,
)

MIN_PER_CLASS = 3
FOLDS = [["anna", "carl"], ["bert", "dora", "emil"]]
PEOPLE = sorted(sum(FOLDS, []))
METRICS = [
    "accuracy",
    "balanced-accuracy",
    "macro-f1",
    "auroc",
    "within-subject-auroc",
    "hard-negative-auroc",
    "paired-recordings",
    "average-precision",
]
random = np.random.default_rng(20240503)
warnings.simplefilter("error")


def score(metric, truth, positive, subjects, hard, weight_of):
    """None where a class is absent, as far as the score needs both."""
    if metric in PERSONAL:
        values = {s: PERSONAL[metric](truth[subjects == s], positive[subjects == s]) for s in np.unique(subjects)}
        pairs = [(v, weight_of[s]) for s, v in values.items() if v is not None and weight_of[s] > 0]
        return float(np.average([v for v, _ in pairs], weights=[w for _, w in pairs])) if pairs else None
    weights = np.array([weight_of[s] for s in subjects], dtype=float)
    there = weights > 0
    if metric == "hard-negative-auroc":
        there &= (truth == 1) | hard
        metric = "auroc"
    truth, positive, weights = truth[there], positive[there], weights[there]
    predicted = (positive > 0.5).astype(int)
    if len(truth) == 0 or (metric != "accuracy" and len(set(truth)) < 2):
        return None
    function = {
        "accuracy": lambda: accuracy_score(truth, predicted, sample_weight=weights),
        "balanced-accuracy": lambda: balanced_accuracy_score(truth, predicted, sample_weight=weights),
        "macro-f1": lambda: f1_score(truth, predicted, average="macro", sample_weight=weights),
        "auroc": lambda: roc_auc_score(truth, positive, sample_weight=weights),
        "average-precision": lambda: average_precision_score(truth, positive, sample_weight=weights),
    }[metric]
    return float(function())


def within(truth, positive):
    if min(np.sum(truth == 0), np.sum(truth == 1)) < MIN_PER_CLASS:
        return None
    return float(roc_auc_score(truth, positive))


def paired(truth, positive):
    """The windows of a person with a recording for each class. Means of tenths can be equal up to rounding."""
    if len(set(truth)) < 2:
        return None
    difference = np.round(positive[truth == 1].mean() - positive[truth == 0].mean(), 12)
    return float(np.sign(difference) + 1) / 2


PERSONAL = {"within-subject-auroc": within, "paired-recordings": paired}


def mean(values):
    values = [v for v in values if v is not None]
    return float(np.mean(values)) if values else None


def deviation(values):
    values = [v for v in values if v is not None]
    return float(np.std(values, ddof=1)) if len(values) > 1 else None


truths = [random.integers(2, size=12 * len(people)) for people in FOLDS]
# Emil was never stressed: his balanced accuracy and the like are undefined.
truths[1][24:] = 0
subjects = [np.repeat(people, 12) for people in FOLDS]
# Draws of their own, so that they shift no other.
marks = np.random.default_rng(20240504)
hard = [(t == 0) & (marks.integers(2, size=len(t)) == 0) for t in truths]
cells = []
for draw in range(2):
    for seed in range(2):
        for fold, truth in enumerate(truths):
            noise = random.normal(0, 0.35, size=len(truth))
            positive = np.clip(np.round(0.5 + 0.2 * (truth - 0.5) + noise, 1), 0, 1)
            cells.append({"draw": draw, "seed": seed, "fold": fold, "positive": positive})
# One cell failed; its draw and seed go on with the other fold.
failed = (1, 1, 0)
cells = [c for c in cells if (c["draw"], c["seed"], c["fold"]) != failed]

resamples = 60
counts = np.array([np.bincount(random.integers(5, size=5), minlength=5) for _ in range(resamples)])
once = {p: 1 for p in PEOPLE}
runs = [(d, s) for d in range(2) for s in range(2)]
expected = {}
for metric in METRICS:
    of = lambda c, w: score(metric, truths[c["fold"]], c["positive"], subjects[c["fold"]], hard[c["fold"]], w)
    run_means = {r: mean([of(c, once) for c in cells if (c["draw"], c["seed"]) == r]) for r in runs}

    def resampled(row):
        weight_of = dict(zip(PEOPLE, row.tolist()))
        means = []
        for run in runs:
            values, weights = [], []
            for c in cells:
                if (c["draw"], c["seed"]) != run:
                    continue
                value = of(c, weight_of)
                if value is not None:
                    values.append(value)
                    weights.append(np.mean([weight_of[p] for p in FOLDS[c["fold"]]]))
            means.append(float(np.average(values, weights=weights)) if values else None)
        return mean(means)

    scores = [resampled(row) for row in counts]
    defined = [s for s in scores if s is not None]
    assert len(defined) >= 0.95 * resamples, metric
    per_person = []
    for person in PEOPLE:
        own_runs = []
        for run in runs:
            values = []
            for c in cells:
                own = subjects[c["fold"]] == person
                if (c["draw"], c["seed"]) == run and own.any():
                    parts = truths[c["fold"]], c["positive"], subjects[c["fold"]], hard[c["fold"]]
                    values.append(score(metric, *(part[own] for part in parts), once))
            own_runs.append(mean(values))
        per_person.append(mean(own_runs))
    expected[metric] = {
        "mean": mean(run_means.values()),
        "low": float(np.quantile(defined, 0.025)),
        "high": float(np.quantile(defined, 0.975)),
        "overDraws": deviation([mean([run_means[(d, s)] for s in range(2)]) for d in range(2)]),
        "overSeeds": deviation([mean([run_means[(d, s)] for d in range(2)]) for s in range(2)]),
        "overPeople": deviation(per_person),
        "people": per_person,
    }

golden = {
    "people": PEOPLE,
    "minPerClass": MIN_PER_CLASS,
    "truths": [t.tolist() for t in truths],
    "subjects": [s.tolist() for s in subjects],
    "hardNegatives": [h.tolist() for h in hard],
    "cells": [{**c, "positive": c["positive"].tolist()} for c in cells],
    "failed": dict(zip(["draw", "seed", "fold"], failed)),
    "counts": counts.tolist(),
    "expected": expected,
}
Path(__file__).with_name("curve.json").write_text(json.dumps(golden) + "\n")
