"""Writes normal_cdf.json: the standard normal distribution function by SciPy.

Run with SciPy 1.10.1: python3 make_normal_cdf.py
"""
import json
from pathlib import Path

import numpy as np
from scipy.stats import norm

points = [[float(z), float(norm.cdf(z))] for z in np.linspace(-5, 5, 41)]
Path(__file__).with_name("normal_cdf.json").write_text(json.dumps(points) + "\n")
