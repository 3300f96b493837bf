"""Writes metrics.json: scores of made-up predictions by scikit-learn, each window counted once and people weighted.

Run with scikit-learn 1.2.1 and NumPy 1.24.2: python3 make_metrics.py
"""
import json
from pathlib import Path

import numpy as np
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    balanced_accuracy_score,
    confusion_matrix,
    f1_score,
    precision_recall_fscore_support,
    roc_auc_score,
)

MIN_PER_CLASS = 5


def rank(score, truth, probabilities, weights):
    """Binary: the last class. Else the mean over classes of each against the rest."""
    classes = probabilities.shape[1]
    if classes == 2:
        return score(truth == 1, probabilities[:, 1], sample_weight=weights)
    each = [score(truth == c, probabilities[:, c], sample_weight=weights) for c in range(classes)]
    return float(np.mean(each))


def within_subject(truth, probabilities, subjects, weight_of):
    values, weights = [], []
    for subject in np.unique(subjects):
        own = subjects == subject
        counts = np.bincount(truth[own], minlength=probabilities.shape[1])
        if counts.min() >= MIN_PER_CLASS:
            values.append(rank(roc_auc_score, truth[own], probabilities[own], None))
            weights.append(weight_of[subject])
    return float(np.average(values, weights=weights)) if sum(weights) > 0 else None


def hard_negative(truth, probabilities, hard, weights):
    """The last of two classes against the marked windows of the other; None where that is a single class."""
    own = (truth == 1) | hard
    there = own & (weights > 0)
    if probabilities.shape[1] != 2 or len(set(truth[there])) < 2:
        return None
    return roc_auc_score(truth[own], probabilities[own, 1], sample_weight=weights[own])


def paired(truth, probabilities, subjects, recordings, weight_of):
    """People with two recordings, one of each class: whether the mean probability of the last class tells them apart."""
    values, weights = [], []
    for subject in np.unique(subjects):
        own = [(subjects == subject) & (recordings == r) for r in np.unique(recordings[subjects == subject])]
        kinds = [set(truth[o]) for o in own]
        if probabilities.shape[1] == 2 and sorted(map(sorted, kinds)) == [[0], [1]]:
            positive, other = own if kinds[0] == {1} else own[::-1]
            difference = probabilities[positive, 1].mean() - probabilities[other, 1].mean()
            values.append((np.sign(np.round(difference, 12)) + 1) / 2)
            weights.append(weight_of[subject])
    return float(np.average(values, weights=weights)) if sum(weights) > 0 else None


def scores(truth, probabilities, subjects, recordings, hard, weight_of):
    predicted = np.argmax(probabilities, axis=1)
    weights = np.array([weight_of[s] for s in subjects], dtype=float)
    auroc = rank(roc_auc_score, truth, probabilities, weights)
    if probabilities.shape[1] > 2:
        whole = roc_auc_score(truth, probabilities, multi_class="ovr", average="macro", sample_weight=weights)
        assert abs(whole - auroc) < 1e-15
    return {
        "accuracy": accuracy_score(truth, predicted, sample_weight=weights),
        "balanced-accuracy": balanced_accuracy_score(truth, predicted, sample_weight=weights),
        "macro-f1": f1_score(truth, predicted, average="macro", sample_weight=weights),
        "auroc": auroc,
        "within-subject-auroc": within_subject(truth, probabilities, subjects, weight_of),
        "hard-negative-auroc": hard_negative(truth, probabilities, hard, weights),
        "paired-recordings": paired(truth, probabilities, subjects, recordings, weight_of),
        "average-precision": rank(average_precision_score, truth, probabilities, weights),
    }


def case(name, random, windows, shares, people, steps):
    """`steps` is the number of levels of a probability: few levels are many ties."""
    classes = len(shares)
    truth = random.choice(classes, size=windows, p=shares)
    chances = np.full((windows, classes), 1.0) + 1.5 * np.eye(classes)[truth]
    chances *= random.gamma(2.0, size=(windows, classes))
    chances /= chances.sum(axis=1, keepdims=True)
    probabilities = np.array([random.multinomial(steps, p) for p in chances]) / steps if steps else chances
    subjects = np.array([f"s{i}" for i in random.integers(people, size=windows)])
    names = sorted(set(subjects))
    # Draws of their own, so that they shift no other.
    hard = np.random.default_rng(windows + steps).integers(3, size=windows) == 0
    hard &= truth == 0
    # A recording for each class, except of one person, who has a single one.
    recordings = np.array([f"{s}/{0 if s == names[0] else t}" for s, t in zip(subjects, truth)])
    predicted = np.argmax(probabilities, axis=1)
    precision, recall, f1, support = precision_recall_fscore_support(
        truth, predicted, labels=range(classes), zero_division=0
    )
    score = lambda weight_of: scores(truth, probabilities, subjects, recordings, hard, weight_of)
    weightings = []
    for _ in range(4):
        drawn = np.bincount(random.integers(len(names), size=len(names)), minlength=len(names))
        weight_of = dict(zip(names, drawn.tolist()))
        weightings.append({"weights": weight_of, "scores": score(weight_of)})
    return {
        "name": name,
        "classes": classes,
        "truth": truth.tolist(),
        "probabilities": probabilities.tolist(),
        "subjects": subjects.tolist(),
        "recordings": recordings.tolist(),
        "hardNegatives": hard.tolist(),
        "minPerClass": MIN_PER_CLASS,
        "confusion": confusion_matrix(truth, predicted).tolist(),
        "perClass": [
            {"precision": p, "recall": r, "f1": f, "support": int(s)}
            for p, r, f, s in zip(precision, recall, f1, support)
        ],
        "scores": score({n: 1 for n in names}),
        "weightings": weightings,
    }


random = np.random.default_rng(20240501)
cases = [
    case("two classes", random, 120, [0.5, 0.5], 6, 0),
    case("two classes, many ties", random, 120, [0.5, 0.5], 6, 4),
    case("two classes, imbalanced", random, 200, [0.93, 0.07], 4, 0),
    case("two classes, imbalanced with ties", random, 200, [0.1, 0.9], 4, 5),
    case("three classes", random, 150, [0.4, 0.35, 0.25], 5, 0),
    case("three classes, imbalanced with ties", random, 240, [0.7, 0.2, 0.1], 4, 8),
]
Path(__file__).with_name("metrics.json").write_text(json.dumps(cases) + "\n")
