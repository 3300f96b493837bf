"""Writes pretext_step.json: a tiny encoder with three recognition heads, and two steps of gradient descent on it by PyTorch.

Layouts are those of the project: convolution kernels [taps, in, out], dense kernels [in, out], windows [rows, time].
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
SAMPLES, ROWS, HEADS = 12, 6, {"original": 0.195, "scale": 0.195, "negate": 0.0125}
L2, RATE = 0.02, 0.5

shapes = {
    "block1_conv1/kernel": (3, 1, 2), "block1_conv1/bias": (2,),
    "block2_conv1/kernel": (2, 2, 3), "block2_conv1/bias": (3,),
}
for head in HEADS:
    shapes |= {
        f"{head}_hidden1/kernel": (3, 4), f"{head}_hidden1/bias": (4,),
        f"{head}_logits/kernel": (4, 1), f"{head}_logits/bias": (1,),
    }
weights = {name: torch.randn(shape).round(decimals=3).requires_grad_() for name, shape in shapes.items()}
windows = torch.randn(ROWS, SAMPLES).round(decimals=3)
kinds = [1, 0, 2, 2, 1, 0]
targets = F.one_hot(torch.tensor(kinds), len(HEADS)).double()


def convolution(x, name):
    kernel = weights[f"{name}/kernel"].permute(2, 1, 0)
    taps = kernel.shape[2]
    left = (taps - 1) // 2
    x = F.pad(x, (left, taps - 1 - left))
    return F.leaky_relu(F.conv1d(x, kernel, weights[f"{name}/bias"]), 0.2)


def dense(x, name):
    return x @ weights[f"{name}/kernel"] + weights[f"{name}/bias"]


def loss():
    x = convolution(windows[:, None, :], "block1_conv1")
    x = F.max_pool1d(x, 4, 2)
    features = convolution(x, "block2_conv1").amax(2)
    total = 0
    for column, (head, share) in enumerate(HEADS.items()):
        logit = dense(F.leaky_relu(dense(features, f"{head}_hidden1"), 0.2), f"{head}_logits")[:, 0]
        total = total + share * F.binary_cross_entropy_with_logits(logit, targets[:, column])
    penalty = sum((weight**2).sum() / 2 for name, weight in weights.items() if name.endswith("kernel"))
    return total + L2 * penalty


def values():
    return {name: {"shape": list(weight.shape), "values": weight.detach().flatten().tolist()}
            for name, weight in weights.items()}


start, steps = values(), []
for _ in range(2):
    value = loss()
    gradients = torch.autograd.grad(value, list(weights.values()))
    with torch.no_grad():
        for weight, gradient in zip(weights.values(), gradients):
            weight -= RATE * gradient
    steps.append({"loss": value.item(), "weights": values()})

path = pathlib.Path(__file__).with_name("pretext_step.json")
path.write_text(json.dumps({
    "torch": torch.__version__, "samples": SAMPLES, "l2": L2, "rate": RATE,
    "windows": windows.flatten().tolist(), "targets": targets.flatten().tolist(), "start": start, "steps": steps,
}) + "\n")
