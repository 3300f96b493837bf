"""Writes what SciPy makes of a short signal, for the tests of src/signal.

    python3 make_signal.py

Numbers read back to the same float64. Made with SciPy 1.10.1 and NumPy 1.24.2.
"""
import json
import pathlib
from fractions import Fraction

import numpy as np
from scipy import signal, stats

HERE = pathlib.Path(__file__).parent


def write(name, value):
    rows = [f'"{key}": {json.dumps(part)}' if not isinstance(part, list) or not isinstance(part[0], dict)
            else f'"{key}": [\n' + ",\n".join(json.dumps(case) for case in part) + "\n]"
            for key, part in value.items()]
    (HERE / name).write_text("{\n" + ",\n".join(rows) + "\n}\n")


def heartbeat(samples, rate):
    """Spikes on a drifting offset with noise: what an electrocardiogram does to a filter. Four decimals."""
    seconds = np.arange(samples) / rate
    noise = np.random.default_rng(7).standard_normal(samples)
    spikes = np.exp(-(((seconds + 0.3) % 0.8 - 0.4) / 0.012) ** 2)
    return np.round(3.7 + 0.4 * np.sin(2 * np.pi * 0.23 * seconds) + spikes + 0.02 * noise, 4)


x = heartbeat(720, 360)
write("input.json", {"sampleRateHz": 360, "samples": x.tolist()})


designs = [
    {"type": kind, "order": order, "cutoffHz": cutoff, "sampleRateHz": rate,
     "sections": signal.butter(order, cutoff, kind, fs=rate, output="sos").tolist()}
    for kind in ("highpass", "lowpass")
    for order, cutoff, rate in [
        (1, 0.8, 256), (2, 0.8, 256), (2, 0.5, 1000), (3, 0.8, 256), (3, 45, 250), (3, 90, 250), (4, 0.8, 256),
        (4, 40, 128), (5, 0.67, 360), (5, 63, 128), (5, 100, 256), (7, 12.5, 200), (8, 5, 256), (8, 120, 250),
    ]
]
write("butterworth.json", {"cases": designs})


def filtered(kind, order, cutoff, rate, samples, every):
    sos = signal.butter(order, cutoff, kind, fs=rate, output="sos")
    return {"type": kind, "order": order, "cutoffHz": cutoff, "sampleRateHz": rate, "samples": samples,
            "every": every, "filtered": signal.sosfiltfilt(sos, x[:samples])[::every].tolist()}


write("filter.json", {"cases": [
    filtered("highpass", 2, 0.8, 256, 720, 7),
    filtered("highpass", 1, 0.8, 256, 7, 1),
    filtered("highpass", 2, 0.8, 256, 10, 1),
    filtered("highpass", 3, 0.5, 360, 720, 7),
    filtered("highpass", 3, 90, 250, 13, 1),
    filtered("highpass", 4, 5, 256, 333, 5),
    filtered("highpass", 5, 100, 256, 200, 3),
    filtered("highpass", 8, 5, 256, 720, 11),
    filtered("lowpass", 1, 2, 256, 100, 3),
    filtered("lowpass", 2, 40, 256, 720, 7),
    filtered("lowpass", 3, 15, 360, 400, 5),
    filtered("lowpass", 6, 30, 128, 500, 7),
]})


def ratio(from_hz, to_hz):
    return Fraction(to_hz).limit_denominator(100000) / Fraction(from_hz).limit_denominator(100000)


def resampled(from_hz, to_hz, samples, around="zero", every=1):
    part = x[:samples]
    up_down = ratio(from_hz, to_hz)
    up, down = up_down.numerator, up_down.denominator
    if around == "zero":
        y = signal.resample_poly(part, up, down)
    else:
        slope = (part[-1] - part[0]) / max(samples - 1, 1)
        line = part[0] + slope * np.arange(samples)
        y = signal.resample_poly(part - line, up, down)
        y += part[0] + slope * np.arange(len(y)) * down / up
    return {"fromHz": from_hz, "toHz": to_hz, "samples": samples, "around": around, "every": every,
            "length": len(y), "resampled": y[::every].tolist()}


write("resample.json", {"cases": [
    resampled(360, 256, 720, every=3),
    resampled(360, 256, 720, around="line", every=3),
    resampled(500, 256, 301),
    resampled(256, 64, 399),
    resampled(250, 128, 300),
    resampled(128, 256, 111),
    resampled(700, 256, 720),
    resampled(2048, 256, 720),
    resampled(1000, 256, 500, around="line"),
    resampled(62.5, 256, 50),
    resampled(257, 256, 90),
    resampled(360, 256, 1),
    resampled(360, 256, 2, around="line"),
]})


def described(samples, trim):
    part = x[:samples]
    return {"samples": samples, "trim": trim, "mean": part.mean(),
            "deviation": stats.trimboth(part, trim / 2).std()}


write("statistics.json", {"cases": [
    described(720, 0), described(720, 0.05), described(720, 0.5), described(333, 0.05), described(79, 0.05),
    described(80, 0.05), described(39, 0.05), described(3, 0.6), described(1, 0), described(1, 0.9),
]})


def prepared(resample_hz, order, cutoff):
    y = resampled(360, resample_hz, 720, around="line")["resampled"]
    sos = signal.butter(order, cutoff, "highpass", fs=resample_hz, output="sos")
    return {"resampleHz": resample_hz, "highpass": {"cutoffHz": cutoff, "order": order}, "every": 3,
            "prepared": signal.sosfiltfilt(sos, y)[::3].tolist()}


write("chain.json", {"cases": [prepared(256, 2, 0.8), prepared(128, 4, 0.5), prepared(360, 2, 0.8)]})


def response(sos, rate):
    """The gain at frequencies from 0 up to half the rate, and the output of two passes."""
    _, gain = signal.sosfreqz(sos, worN=[rate * part / 64 for part in range(32)], fs=rate)
    return {"gains": np.abs(gain).tolist(), "filtered": signal.sosfiltfilt(sos, x)[::7].tolist()}


write("bandpass.json", {
    "bandpass": [
        {"order": order, "fromHz": low, "toHz": high, "sampleRateHz": rate,
         **response(signal.butter(order, [low, high], "bandpass", fs=rate, output="sos"), rate)}
        for order, low, high, rate in [
            (1, 0.5, 40, 360), (1, 1, 120, 250), (2, 0.5, 40, 256), (3, 5, 15, 200), (4, 8, 20, 360), (5, 3, 45, 128),
        ]
    ],
    "notch": [
        {"frequencyHz": frequency, "quality": quality, "sampleRateHz": rate,
         **response(signal.tf2sos(*signal.iirnotch(frequency, quality, fs=rate)), rate)}
        for frequency, quality, rate in [(50, 30, 256), (60, 30, 360), (50, 5, 128), (60, 0.6, 250)]
    ],
})
