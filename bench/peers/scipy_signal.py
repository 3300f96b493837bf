"""The preparation of recordings in SciPy, a line of standard output for each line of standard input.

usage: scipy_signal.py FROM_HZ TO_HZ CUTOFF_HZ ORDER TRIM SECONDS

The first line it reads names a folder with the recordings, 0.f64, 1.f64 and so on, little-endian float64. It writes the
z-scores of each beside it, 0.scores and so on, and answers {"about"} as JSON. Each further line prepares one recording,
from the first to the last and around again, and answers {"ms", "values", "peakBytes"}; the values are the milliseconds
of resampling and high-pass, of the z-score, and of the windows.
"""
import itertools
import json
import math
import resource
import sys
import time
from pathlib import Path

import numpy as np
import scipy
from scipy import signal, stats

from_hz, to_hz = int(sys.argv[1]), int(sys.argv[2])
cutoff, order, trim = float(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
length = int(sys.argv[6]) * to_hz
divisor = math.gcd(from_hz, to_hz)
up, down = to_hz // divisor, from_hz // divisor


def prepare(samples):
    slope = (samples[-1] - samples[0]) / (len(samples) - 1)
    line = samples[0] + slope * np.arange(len(samples))
    resampled = signal.resample_poly(samples - line, up, down)
    resampled += samples[0] + slope * down / up * np.arange(len(resampled))
    return signal.sosfiltfilt(signal.butter(order, cutoff, "highpass", fs=to_hz, output="sos"), resampled)


def z_score(prepared):
    return (prepared - prepared.mean()) / stats.trimboth(prepared, trim / 2).std()


def windows(scores):
    return scores[:len(scores) // length * length].reshape(-1, length).astype(np.float32)


def answer(**values):
    print(json.dumps(values), flush=True)


folder = Path(sys.stdin.readline().strip())
recordings = []
while (path := folder / f"{len(recordings)}.f64").exists():
    recordings.append(np.fromfile(path, dtype="<f8"))
for index, samples in enumerate(recordings):
    z_score(prepare(samples)).astype("<f8").tofile(folder / f"{index}.scores")
answer(about=f"SciPy {scipy.__version__}")
for samples, _ in zip(itertools.cycle(recordings), sys.stdin):
    moments = [time.perf_counter()]
    prepared = prepare(samples)
    moments.append(time.perf_counter())
    scores = z_score(prepared)
    moments.append(time.perf_counter())
    windows(scores)
    moments.append(time.perf_counter())
    times = [1e3 * (after - before) for before, after in zip(moments, moments[1:])]
    answer(ms=sum(times), values=times, peakBytes=1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
