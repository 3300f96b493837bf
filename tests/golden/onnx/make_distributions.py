"""Writes distributions.json: what SciPy says of the distributions that compiled programs draw from.

python3 tests/golden/onnx/make_distributions.py
"""
import json
import os

import numpy
from scipy import special, stats

MASK = (1 << 64) - 1
KEY = 0x9D4E2BD1C83FA657


def squares32(counter, key):
    """Widynski (2020), arXiv 2004.06278."""
    y = x = counter * key & MASK
    z = y + key & MASK
    for added in (y, z, y):
        x = x * x + added & MASK
        x = (x >> 32) | (x << 32 & MASK)
    return (x * x + z & MASK) >> 32


DRAWN = 400
words = [squares32(counter, KEY) for counter in range(2 * DRAWN)]
first, second = numpy.array(words[:DRAWN], dtype=float), numpy.array(words[DRAWN:], dtype=float)
unit = lambda word: numpy.floor(word / 2**8) / 2**24
open_unit = (first + 0.5) / 2**32
normal = numpy.sqrt(-2 * numpy.log(open_unit)) * numpy.cos(2 * numpy.pi * unit(second))
truncated = stats.truncnorm.ppf(unit(first) + 2**-25, -2, 2)

BINS = 200
shares = numpy.arange(1, BINS) / BINS
DISTRIBUTIONS = {
    "uniform": stats.uniform(-1, 4),
    "normal": stats.norm(3, 2),
    "truncated": stats.truncnorm(-2, 2, loc=1, scale=0.5),
    "gamma0.3": stats.gamma(0.3, scale=2),
    "gamma1": stats.gamma(1, scale=0.5),
    "gamma2.5": stats.gamma(2.5, scale=1),
    "gamma40": stats.gamma(40, scale=1),
}
ALPHA = 1e-4
golden = {
    "key": hex(KEY),
    "normal": normal.tolist(),
    "truncated": truncated.tolist(),
    # Chi-square with this many degrees of freedom exceeds it with a probability of 1e-4.
    "chiSquare": {str(degrees): stats.chi2.isf(ALPHA, degrees) for degrees in (1, 2, 3, 5, 6, 9, BINS - 1)},
    # The largest distance of distribution functions, times the root of the size, exceeds it with a probability of 1e-4.
    "kolmogorov": stats.kstwobign.isf(ALPHA),
    "distributions": {
        name: {
            "quantiles": distribution.ppf(shares).tolist(),
            "mean": float(distribution.mean()),
            "variance": float(distribution.var()),
            "skewness": float(distribution.stats("s")),
            "kurtosis": float(distribution.stats("k")),
        }
        for name, distribution in DISTRIBUTIONS.items()
    },
    # Rounded to the nearest whole number, the shares of -2 to 4 of a normal distribution within two deviations of 1 with deviation 1.6.
    "roundedShares": numpy.diff(stats.truncnorm(-2, 2, loc=1, scale=1.6).cdf(numpy.arange(-2.5, 5))).tolist(),
    "normalTail": {str(limit): float(stats.norm.sf(limit)) for limit in (3, 4)},
    "outcomes": special.softmax([0.5, -1.0, 2.0, 0.0]).tolist(),
}
with open(os.path.join(os.path.dirname(__file__), "distributions.json"), "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
