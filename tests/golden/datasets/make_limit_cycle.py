"""Writes limit_cycle.json: the model of McSharry et al. 2003, equation 1, integrated by SciPy.

x and y run on the limit cycle at one interval; z follows the five Gaussians. The pull of z towards the baseline is left
out, as in src/datasets/ecg/waveform.ts. The paper's a is amplitude * omega / b^2, so that amplitudes are in mV.
Run with SciPy 1.10.1: python3 make_limit_cycle.py
"""
import json
from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp

INTERVAL, RATE_HZ, CYCLES = 0.8, 256, 2
# seconds after R, mV, width in seconds; T at an interval of 1 s
WAVES = {
    "P": (-0.16, 0.15, 0.022),
    "Q": (-0.03, -0.1, 0.009),
    "R": (0.0, 1.2, 0.011),
    "S": (0.03, -0.3, 0.01),
    "T": (0.24, 0.3, 0.04),
}
omega = 2 * np.pi / INTERVAL
stretch = {name: np.sqrt(INTERVAL) if name == "T" else 1.0 for name in WAVES}
theta = np.array([omega * WAVES[name][0] * stretch[name] for name in WAVES])
width = np.array([omega * WAVES[name][2] * stretch[name] for name in WAVES])
a = np.array([WAVES[name][1] for name in WAVES]) * omega / width**2


def model(_, state):
    x, y, _ = state
    alpha = 1 - np.hypot(x, y)
    distance = np.mod(np.arctan2(y, x) - theta + np.pi, 2 * np.pi) - np.pi
    dz = -np.sum(a * distance * np.exp(-(distance**2) / (2 * width**2)))
    return [alpha * x - omega * y, alpha * y + omega * x, dz]


# At time 0 the phase is -pi: R lies in the middle of each cycle.
times = np.arange(round(CYCLES * INTERVAL * RATE_HZ)) / RATE_HZ
solution = solve_ivp(model, (0, times[-1]), [-1, 0, 0], t_eval=times, rtol=1e-9, atol=1e-10, max_step=0.001)
golden = {
    "intervalSeconds": INTERVAL,
    "sampleRateHz": RATE_HZ,
    "cycles": CYCLES,
    "shape": {name: dict(zip(("seconds", "millivolts", "widthSeconds"), wave)) for name, wave in WAVES.items()},
    "millivolts": [round(float(z), 7) for z in solution.y[2]],
}
Path(__file__).with_name("limit_cycle.json").write_text(json.dumps(golden) + "\n")
