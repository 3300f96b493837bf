"""The loss and the gradients of random networks, by PyTorch in double precision.

Reads networks as JSON (make_networks.ts writes them), and writes the first of them that can be compared in single precision: no number lies
so near a kink (of relu, of a maximum) that rounding decides on which side, and no weight is without influence, as a bias before batch
normalization is, whose gradient in single precision would be nothing but rounding.

deno run -A tests/golden/onnx/make_networks.ts 120 \
    | python3 tests/golden/onnx/make_random_networks.py 50 > tests/golden/onnx/random_networks.json
"""

import base64
import json
import math
import sys

import numpy
import torch
import torch.nn.functional as F

from network_recurrence import Recurrence
from network_weights import spread

MARGIN = 2e-5
INFLUENCE = 1e-3


class Network(Recurrence):
    """One network while it is run."""

    def sequence(self, blocks, x):
        for block in blocks:
            x = self.block(block, x)
        return x

    def block(self, block, x):
        if "operation" in block:
            return getattr(self, "operation_" + block["operation"])(x, **block["config"])
        if "attention" in block:
            return self.attention(x, **block["attention"])
        if "paths" in block:
            outputs = [self.sequence(path, x) for path in block["paths"]]
            return self.merge(block["merge"]["className"], outputs)
        return getattr(self, "layer_" + block["className"])(x, block["config"])

    def merge(self, name, parts):
        if name == "Concatenate":
            return torch.cat(parts, dim=-1)
        if name == "Average":
            return sum(parts) / len(parts)
        result = parts[0]
        for part in parts[1:]:
            if name in ("Maximum", "Minimum"):
                self.kink(result - part)
            functions = {"Add": torch.add, "Multiply": torch.mul, "Maximum": torch.maximum, "Minimum": torch.minimum}
            result = functions[name](result, part)
        return result

    def attention(self, x, heads, width):
        batch, time, channels = x.shape
        inner = heads * width
        kernels = [self.weight(channels, inner) for _ in range(3)] + [self.weight(inner, channels)]
        query, key, value = [
            (x @ kernel).reshape(batch, time, heads, width).transpose(1, 2) for kernel in kernels[:3]
        ]
        scores = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(width), dim=-1)
        return x + (scores @ value).transpose(1, 2).reshape(batch, time, inner) @ kernels[3]


def loss_of(name, output, numbers):
    target = torch.tensor(numbers.reshape(output.shape).astype(float))
    if name == "meanSquaredError":
        return F.mse_loss(output, target)
    if name == "huberLoss":
        return F.smooth_l1_loss(output, target, beta=1.0)
    shares = (target + 1) / 2
    if name == "sigmoidCrossEntropy":
        return F.binary_cross_entropy_with_logits(output, shares)
    shares = shares / shares.sum(-1, keepdim=True)
    return -(shares * F.log_softmax(output, dim=-1)).sum(-1).mean()


def encoded(tensor):
    return base64.b64encode(tensor.detach().numpy().astype("<f4").tobytes()).decode()


def evaluate(network):
    """The golden entry of a network, and why it cannot be compared, if it cannot."""
    run = Network(network["seed"])
    shape = network["inputShape"]
    numbers = spread(run.seed(), math.prod(shape)).reshape(shape)
    if "vocabulary" in network:
        x = torch.tensor(numpy.floor((numbers.astype(float) + 1) / 2 * network["vocabulary"]).astype("int64"))
        leaves = []
    else:
        x = torch.tensor(numbers.astype(float), requires_grad=True)
        leaves = [x]
    output = run.sequence(network["blocks"], x)
    target = spread(network["seed"] * 1000 + 501, output.numel())
    loss = loss_of(network["loss"], output, target)
    gradients = torch.autograd.grad(loss, run.weights + leaves)
    sizes = [gradient.abs().max().item() for gradient in gradients]
    reason = None
    if run.margin < MARGIN:
        reason = "a number lies near a kink"
    elif min(sizes) < INFLUENCE * max(sizes):
        reason = "a weight has next to no influence"
    entry = {
        "network": network,
        "loss": loss.item(),
        "gradients": [encoded(gradient) for gradient in gradients[:len(run.weights)]],
        **({"inputGradient": encoded(gradients[-1])} if leaves else {}),
    }
    return entry, reason


def main():
    wanted = int(sys.argv[1])
    entries, reasons = [], []
    for network in json.load(sys.stdin):
        entry, reason = evaluate(network)
        if reason is None:
            entries.append(entry)
        else:
            reasons.append(reason)
        if len(entries) == wanted:
            break
    print({reason: reasons.count(reason) for reason in sorted(set(reasons))}, len(entries), file=sys.stderr)
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    print(f'{{"torch":"{torch.__version__}","networks":[\n{lines}\n]}}')


main()
