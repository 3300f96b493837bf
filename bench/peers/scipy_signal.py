"""The preparation of a signal in SciPy, a line of standard output for each line of standard input.

usage: scipy_signal.py FROM_HZ TO_HZ CUTOFF_HZ ORDER TRIM

The first line it reads names a file of little-endian float64, the samples. It writes the z-scores beside it, under the
same name with ".scores", and answers the version of SciPy. Each further line prepares the samples again and answers the
milliseconds of resampling and high-pass and those of the z-score.
"""
import math
import sys
import time

import numpy as np
import scipy
from scipy import signal, stats

from_hz, to_hz = int(sys.argv[1]), int(sys.argv[2])
cutoff, order, trim = float(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
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


path = sys.stdin.readline().strip()
x = np.fromfile(path, dtype="<f8")
z_score(prepare(x)).astype("<f8").tofile(path + ".scores")
print(scipy.__version__, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    prepared = prepare(x)
    middle = time.perf_counter()
    z_score(prepared)
    print(1e3 * (middle - start), 1e3 * (time.perf_counter() - middle), flush=True)
