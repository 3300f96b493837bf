"""Writes convolution.json: convolutions, poolings and resizing of PyTorch, with the gradients of a weighted sum.

Tensors are in the layout of TensorFlow.js, channels last; filters are [..., input, output].

Run with PyTorch 1.13: python3 make_convolution.py
"""
import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.manual_seed(20240811)


def draw(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def first(x):
    """Channels first."""
    return x.movedim(-1, 1)


def last(x):
    """Channels last."""
    return x.movedim(1, -1)


def kernel(w):
    """[output, input, ...] of [..., input, output]."""
    return w.movedim((-1, -2), (0, 1))


def channelwise(w):
    """[channel times multiplier, 1, ...] of [..., channel, multiplier]."""
    moved = w.movedim((-2, -1), (0, 1))
    return moved.reshape(-1, 1, *moved.shape[2:])


def transposed(w):
    """[input, output, ...] of [..., output, input]."""
    return kernel(w)


def numbers(tensor):
    return {"shape": list(tensor.shape), "values": [float(f"{value:.7g}") for value in tensor.flatten().tolist()]}


def case(function, **inputs):
    points = {name: x.float().double().requires_grad_() for name, x in inputs.items()}
    y = function(**points)
    weights = draw(*y.shape).float().double()
    gradients = torch.autograd.grad((weights * y).sum(), list(points.values()))
    return {
        "inputs": {name: numbers(x.detach()) for name, x in points.items()},
        "weights": numbers(weights),
        "y": numbers(y.detach()),
        "gradients": {name: numbers(g) for name, g in zip(points, gradients)},
    }


def penalty(convolve, x, w):
    """The gradients of the sum of the squares of the gradients of sum(convolve(x, w)^2)."""
    x, w = [tensor.float().double().requires_grad_() for tensor in (x, w)]
    slopes = torch.autograd.grad((convolve(x, w) ** 2).sum(), (x, w), create_graph=True)
    value = sum((slope**2).sum() for slope in slopes)
    gradients = torch.autograd.grad(value, (x, w))
    return {
        "inputs": {"x": numbers(x.detach()), "filter": numbers(w.detach())},
        "value": value.item(),
        "gradients": {"x": numbers(gradients[0]), "filter": numbers(gradients[1])},
    }


cases = {
    "dilated image": case(
        lambda x, filter: last(F.conv2d(first(x), kernel(filter), dilation=(2, 3))),
        x=draw(2, 8, 9, 3), filter=draw(3, 2, 3, 4),
    ),
    "dilated and padded image": case(
        lambda x, filter: last(F.conv2d(first(x), kernel(filter), dilation=2, padding=2)),
        x=draw(2, 6, 6, 2), filter=draw(3, 3, 2, 3),
    ),
    "dilated and causal signal": case(
        lambda x, filter: last(F.conv1d(F.pad(first(x), (8, 0)), kernel(filter), dilation=4)),
        x=draw(2, 12, 3), filter=draw(3, 3, 4),
    ),
    "dilated and depthwise": case(
        lambda x, filter: last(F.conv2d(first(x), channelwise(filter), dilation=(3, 2), groups=3)),
        x=draw(2, 9, 8, 3), filter=draw(3, 2, 3, 2),
    ),
    "dilated volume": case(
        lambda x, filter: last(F.conv3d(first(x), kernel(filter), dilation=(2, 1, 3))),
        x=draw(2, 5, 4, 6, 2), filter=draw(2, 3, 2, 2, 3),
    ),
    "transposed image": case(
        lambda x, filter: last(F.conv_transpose2d(first(x), transposed(filter), stride=(3, 2))),
        x=draw(2, 3, 4, 2), filter=draw(3, 3, 4, 2),
    ),
    "transposed volume": case(
        lambda x, filter: last(F.conv_transpose3d(first(x), transposed(filter), stride=2)),
        x=draw(2, 3, 2, 3, 2), filter=draw(2, 3, 2, 3, 2),
    ),
    "max-pooling of a volume": case(
        lambda x: last(F.max_pool3d(first(x), (2, 3, 2), (1, 2, 2))), x=draw(2, 4, 7, 6, 2),
    ),
    "average-pooling of a padded volume": case(
        lambda x: last(F.avg_pool3d(first(x), 3, 1, 1, count_include_pad=False)), x=draw(2, 4, 5, 3, 2),
    ),
    "bilinear": case(
        lambda x: last(F.interpolate(first(x), (7, 9), mode="bilinear", align_corners=False)), x=draw(2, 3, 4, 2),
    ),
    "bilinear with corners": case(
        lambda x: last(F.interpolate(first(x), (7, 2), mode="bilinear", align_corners=True)), x=draw(2, 3, 4, 2),
    ),
    "nearest": case(
        lambda x: last(F.interpolate(first(x), (6, 12), mode="nearest")), x=draw(2, 3, 4, 2),
    ),
    "nearest to the middle": case(
        lambda x: last(F.interpolate(first(x), (7, 3), mode="nearest-exact")), x=draw(2, 3, 4, 2),
    ),
}

penalties = {
    "image": penalty(
        lambda x, w: F.conv2d(first(x), kernel(w), stride=2), draw(2, 5, 5, 2) / 2, draw(3, 2, 2, 3) / 2,
    ),
    "volume": penalty(
        lambda x, w: F.conv3d(first(x), kernel(w)), draw(1, 3, 4, 3, 2) / 2, draw(2, 2, 2, 2, 2) / 2,
    ),
    "depthwise": penalty(
        lambda x, w: F.conv2d(first(x), channelwise(w), groups=3), draw(2, 4, 4, 3) / 2, draw(2, 3, 3, 2) / 2,
    ),
}

Path(__file__).with_name("convolution.json").write_text(
    json.dumps({"cases": cases, "penalties": penalties}) + "\n"
)
