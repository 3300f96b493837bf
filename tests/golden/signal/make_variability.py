"""Writes heart-rate variability by NumPy and SciPy, for the tests of src/signal/variability.

    python3 make_variability.py

Intervals are rounded to milliseconds. Made with SciPy 1.10.1 and NumPy 1.24.2.
"""
import json
import pathlib

import numpy as np
from scipy import signal

HERE = pathlib.Path(__file__).parent
OVERSAMPLING = 4


def series(seed, count, mean, low, high, noise):
    """Intervals that swing at a low and a high frequency, with noise, at the times at which they end."""
    draw = np.random.default_rng(seed)
    times, intervals = [0.0], []
    for _ in range(count):
        at = times[-1]
        interval = round(mean + low * np.sin(2 * np.pi * 0.1 * at) + high * np.sin(2 * np.pi * 0.25 * at)
                         + noise * draw.standard_normal(), 3)
        intervals.append(interval)
        times.append(round(at + interval, 3))
    return np.array(times)


def entropy(x, m, r):
    def matches(length):
        stretches = np.array([x[i:i + length] for i in range(len(x) - m)])
        distance = np.abs(stretches[:, None] - stretches[None]).max(axis=2)
        return (np.sum(distance <= r) - len(stretches)) / 2
    return float(-np.log(matches(m + 1) / matches(m)))


def features(times, normal):
    pairs = [(a, b) for a, b in zip(range(len(times) - 1), range(1, len(times))) if normal[a] and normal[b]]
    nn = np.array([times[b] - times[a] for a, b in pairs]) * 1000
    at = np.array([times[b] for _, b in pairs])
    differences = np.array([nn[i + 1] - nn[i] for i in range(len(nn) - 1) if pairs[i][1] == pairs[i + 1][0]])
    distance = (at[-1] - at[0]) / (len(at) - 1)
    step = 1 / (OVERSAMPLING * len(nn) * distance)
    grid = step * np.arange(1, int(1 / (2 * distance) / step) + 1)
    power = signal.lombscargle(at, nn - nn.mean(), 2 * np.pi * grid)
    density = power * nn.var(ddof=1) / (power.sum() * step)
    band = lambda low, high: float(density[(grid > low) & (grid <= high)].sum() * step)
    vlf, lf, hf = band(0, 0.04), band(0.04, 0.15), band(0.15, 0.4)
    sd1 = np.sqrt(differences.var(ddof=1) / 2)
    return {
        "meanRr": nn.mean(), "meanRate": 60000 / nn.mean(), "sdnn": nn.std(ddof=1),
        "rmssd": np.sqrt(np.mean(differences ** 2)), "pnn50": 100 * np.mean(np.abs(differences) > 50 + 1e-6),
        "vlf": vlf, "lf": lf, "hf": hf, "total": vlf + lf + hf,
        "lfNormalized": 100 * lf / (vlf + lf + hf - vlf), "hfNormalized": 100 * hf / (vlf + lf + hf - vlf),
        "lfOverHf": lf / hf, "sd1": sd1, "sd2": np.sqrt(2 * nn.var(ddof=1) - sd1 ** 2),
        "sampleEntropy": entropy(nn, 2, 0.2 * nn.std(ddof=1)),
    }


cases = []
for seed, count, mean, low, high, noise, ectopic in [
    (1, 420, 0.8, 0.04, 0.02, 0.01, []), (2, 500, 1.0, 0.02, 0.05, 0.03, []), (3, 600, 0.7, 0.03, 0.01, 0.02, [40, 41, 200, 599]),
]:
    times = series(seed, count, mean, low, high, noise)
    normal = [index not in ectopic for index in range(len(times))]
    cases.append({"seconds": times.tolist(), "ectopic": ectopic,
                  "features": {name: float(value) for name, value in features(times, normal).items()}})
(HERE / "variability.json").write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
