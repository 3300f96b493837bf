"""The weights of a random network, its activations, and how near its numbers come to a kink."""

import math

import numpy
import torch
import torch.nn.functional as F

MODULUS = 2**32


def spread(seed, size):
    state = (seed * 2654435761) % MODULUS
    numbers = []
    for index in range(size + 3):
        state = (1664525 * state + 1013904223) % MODULUS
        if index >= 3:
            numbers.append(2 * (state / MODULUS) - 1)
    return numpy.array(numbers, dtype=numpy.float32)


class Weights:
    """The weights of a network in the order in which they are first used."""

    def __init__(self, seed):
        self.next = seed * 1000
        self.weights = []
        self.margin = math.inf

    def seed(self):
        self.next += 1
        return self.next - 1

    def weight(self, *shape, scale=False):
        size = math.prod(shape)
        numbers = spread(self.seed(), size)
        if scale:
            numbers = (1 + numbers.astype(float) / 4).astype(numpy.float32)
        else:
            reach = 0.5 if len(shape) == 1 else math.sqrt(3 / (size / shape[-1]))
            numbers = (reach * numbers.astype(float)).astype(numpy.float32)
        made = torch.tensor(numbers.reshape(shape).astype(float), requires_grad=True)
        self.weights.append(made)
        return made

    def kink(self, distance):
        """Notes how near the numbers come to a kink at 0; exact zeros come from a relu before, and count for nothing."""
        distance = distance.detach().abs()
        distance = distance[distance > 0]
        if len(distance) > 0:
            self.margin = min(self.margin, distance.min().item())

    def activation(self, name, x):
        if name == "linear":
            return x
        if name in ("relu", "selu"):
            self.kink(x)
        if name == "hardSigmoid":
            self.kink(x - 2.5)
            self.kink(x + 2.5)
            return torch.clamp(0.2 * x + 0.5, 0, 1)
        functions = {
            "relu": F.relu,
            "elu": F.elu,
            "selu": F.selu,
            "sigmoid": torch.sigmoid,
            "tanh": torch.tanh,
            "softplus": F.softplus,
            "softsign": F.softsign,
            "swish": F.silu,
            "mish": F.mish,
            "gelu": F.gelu,
        }
        return functions[name](x)

    def finish(self, config, y, channels):
        """Bias and activation of a layer."""
        if config.get("useBias", True):
            y = y + self.weight(channels)
        return self.activation(config.get("activation", "linear"), y)
