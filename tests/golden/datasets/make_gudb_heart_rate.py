"""Writes gudb_heart_rate.json: what heart rate says of rest and mental arithmetic in the beats of 25 people.

Beats: annotation_cs.tsv at 250 Hz, in the folder gudb of the folder that EINTHOVEN_DATA names. Heart rate of a recording or
window: 60 over the mean interval between the beats in it. Windows start at 0, length, 2 length, ... while they end by the last
beat. Balanced accuracy: the mean over people of the mean of both recalls of "arithmetic above the threshold", which lies
half way between the class means over the windows of all others; centred: each person's windows less their mean.
Run with NumPy 1.24: EINTHOVEN_DATA=... python3 make_gudb_heart_rate.py
"""
import json
import os
from pathlib import Path

import numpy as np

RATE_HZ, CONDITIONS = 250, ("sitting", "maths")
people = sorted(path for path in (Path(os.environ["EINTHOVEN_DATA"]) / "gudb").glob("subject_*"))
beats = {
    (person.name, condition): np.loadtxt(person / condition / "annotation_cs.tsv") / RATE_HZ
    for person in people
    for condition in CONDITIONS
}


def heart_rate(times):
    return 60 / np.diff(times).mean()


def windows(seconds):
    for (person, condition), times in beats.items():
        for window in range(int(times[-1] // seconds)):
            inside = (times >= window * seconds) & (times < (window + 1) * seconds)
            yield person, condition == "maths", heart_rate(times[inside])


def balanced_accuracy(rates, stress, person):
    scores = []
    for held_out in np.unique(person):
        test, train = person == held_out, person != held_out
        threshold = (rates[train & stress].mean() + rates[train & ~stress].mean()) / 2
        scores.append(((rates[test & stress] > threshold).mean() + (rates[test & ~stress] <= threshold).mean()) / 2)
    return float(np.mean(scores))


def separation(seconds):
    person, stress, rates = (np.array(column) for column in zip(*windows(seconds)))
    means = {name: rates[person == name].mean() for name in np.unique(person)}
    centred = rates - np.array([means[name] for name in person])
    return {
        "seconds": seconds,
        "windows": len(rates),
        "raw": balanced_accuracy(rates, stress, person),
        "centred": balanced_accuracy(centred, stress, person),
    }


intervals = np.concatenate([np.diff(times) for times in beats.values()])
golden = {
    "beats": sum(len(times) for times in beats.values()),
    "shortestSeconds": float(intervals.min()),
    "longestSeconds": float(intervals.max()),
    "riseBpm": [float(heart_rate(beats[p.name, "maths"]) - heart_rate(beats[p.name, "sitting"])) for p in people],
    "separation": [separation(10), separation(30)],
}
Path(__file__).with_name("gudb_heart_rate.json").write_text(json.dumps(golden) + "\n")
