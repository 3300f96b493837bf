"""The loss and the gradients of random networks, by PyTorch in double precision.

Reads networks as JSON (make_networks.ts writes them), and writes the first of them that can be compared in single precision: no number lies
so near a kink (of relu, of a maximum) that rounding decides on which side, and no weight is without influence, as a bias before batch
normalization is, whose gradient in single precision would be nothing but rounding.

deno run -A tests/golden/onnx/make_networks.ts 120 \
    | /usr/bin/python3 tests/golden/onnx/make_random_networks.py 50 > tests/golden/onnx/random_networks.json
"""

import base64
import json
import math
import sys

import numpy
import torch
import torch.nn.functional as F

MARGIN = 2e-5
INFLUENCE = 1e-3
MODULUS = 2**32


def spread(seed, size):
    state = (seed * 2654435761) % MODULUS
    numbers = []
    for index in range(size + 3):
        state = (1664525 * state + 1013904223) % MODULUS
        if index >= 3:
            numbers.append(2 * (state / MODULUS) - 1)
    return numpy.array(numbers, dtype=numpy.float32)


class Networks:
    """One network while it is run: its weights in the order in which they are first used."""

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

    # Operations.

    def operation_pad(self, x, before, after):
        return F.pad(x, (0, 0, before, after))

    def operation_mirror(self, x, before, after, mode):
        edge = 1 if mode == "reflect" else 0
        time = x.shape[1]
        left = x[:, edge:before + edge].flip(1)
        right = x[:, time - after - edge:time - edge].flip(1)
        return torch.cat([left, x, right], dim=1)

    def operation_crop(self, x, **config):
        return x[:, config["from"]:config["from"] + config["count"]]

    def operation_everyOther(self, x):
        return x[:, ::2]

    def operation_flip(self, x):
        return x.flip(1)

    def operation_cumulativeSum(self, x, exclusive, reverse):
        if reverse:
            x = x.flip(1)
        y = torch.cumsum(x, 1)
        if exclusive:
            y = y - x
        return 0.2 * (y.flip(1) if reverse else y)

    def operation_gate(self, x):
        value, gate = x.chunk(2, dim=2)
        return value * torch.sigmoid(gate)

    def operation_reorder(self, x, order):
        return x[:, :, order]

    def operation_standardize(self, x):
        mean = x.mean(1, keepdim=True)
        return (x - mean) / torch.sqrt(((x - mean) ** 2).mean(1, keepdim=True) + 1e-3)

    def operation_alternate(self, x):
        return torch.roll(x, -1, dims=2)

    def operation_largest(self, x, k):
        ordered = torch.sort(x, dim=1, descending=True).values
        self.kink(ordered[:, 1:] - ordered[:, :-1])
        return ordered[:, :k]

    def operation_choose(self, x):
        self.kink(x - 0.1)
        return torch.where(x > 0.1, x * x, 0.1 * x)

    def operation_reduce(self, x, by):
        if by in ("max", "min"):
            ordered = torch.sort(x, dim=1).values
            self.kink(ordered[:, -1] - ordered[:, -2])
            self.kink(ordered[:, 0] - ordered[:, 1])
            return torch.amax(x, 1) if by == "max" else torch.amin(x, 1)
        if by == "deviation":
            return torch.sqrt(x.var(1, unbiased=False) + 1e-3)
        if by == "logSumExp":
            return torch.logsumexp(x, 1)
        return {"mean": torch.mean, "sum": torch.sum, "norm": torch.linalg.vector_norm}[by](x, dim=1)

    # Layers.

    def layer_Embedding(self, x, config):
        return self.weight(config["inputDim"], config["outputDim"])[x]

    def layer_Dense(self, x, config):
        return self.finish(config, x @ self.weight(x.shape[-1], config["units"]), config["units"])

    def layer_TimeDistributed(self, x, config):
        return self.block(config["layer"], x)

    def layer_Activation(self, x, config):
        return self.activation(config["activation"], x)

    def layer_LeakyReLU(self, x, config):
        self.kink(x)
        return F.leaky_relu(x, config["alpha"])

    def layer_PReLU(self, x, config):
        self.kink(x)
        return torch.where(x > 0, x, self.weight(1, x.shape[-1]) * x)

    def layer_ELU(self, x, config):
        return F.elu(x)

    def layer_ReLU(self, x, config):
        self.kink(x)
        self.kink(x - config["maxValue"])
        return torch.clamp(x, 0, config["maxValue"])

    def layer_ThresholdedReLU(self, x, config):
        self.kink(x - config["theta"])
        return torch.where(x > config["theta"], x, torch.zeros_like(x))

    def layer_Softmax(self, x, config):
        return torch.softmax(x, dim=config["axis"])

    def layer_Dropout(self, x, config):
        return x

    layer_SpatialDropout1D = layer_Dropout

    def layer_Reshape(self, x, config):
        return x.reshape(x.shape[0], *config["targetShape"])

    def layer_Flatten(self, x, config):
        return x.reshape(x.shape[0], -1)

    def layer_Permute(self, x, config):
        return x.permute(0, *config["dims"])

    def layer_BatchNormalization(self, x, config):
        axes = list(range(x.dim() - 1))
        mean = x.mean(axes)
        variance = ((x - mean) ** 2).mean(axes)
        scale, offset = self.weight(x.shape[-1], scale=True), self.weight(x.shape[-1])
        return (x - mean) / torch.sqrt(variance + 1e-3) * scale + offset

    def layer_LayerNormalization(self, x, config):
        scale, offset = self.weight(x.shape[-1], scale=True), self.weight(x.shape[-1])
        return F.layer_norm(x, x.shape[-1:], scale, offset, eps=1e-3)

    def windows(self, x, size, strides, padding, value=0.0, dilation=(1, 1)):
        """`[batch, height, width, channel]` with channels first, padded as TensorFlow pads."""
        amounts = []
        for length, kernel, stride, step in zip(x.shape[1:3], size, strides, dilation):
            total = max((math.ceil(length / stride) - 1) * stride + step * (kernel - 1) + 1 - length, 0)
            amounts.append((total // 2, total - total // 2) if padding == "same" else (0, 0))
        return F.pad(x.permute(0, 3, 1, 2), (*amounts[1], *amounts[0]), value=value)

    def convolve(self, x, kernel, strides, padding, dilation=(1, 1), groups=1):
        """A kernel `[height, width, channel, filter]`."""
        padded = self.windows(x, kernel.shape[:2], strides, padding, dilation=dilation)
        y = F.conv2d(padded, kernel.permute(3, 2, 0, 1), stride=tuple(strides), dilation=tuple(dilation), groups=groups)
        return y.permute(0, 2, 3, 1)

    def layer_Conv1D(self, x, config):
        kernel = self.weight(config["kernelSize"], x.shape[-1], config["filters"])
        strides, dilation = (1, config.get("strides", 1)), (1, config.get("dilationRate", 1))
        y = self.convolve(x[:, None], kernel[None], strides, config["padding"], dilation)
        return self.finish(config, y[:, 0], config["filters"])

    def layer_Conv2D(self, x, config):
        kernel = self.weight(*config["kernelSize"], x.shape[-1], config["filters"])
        y = self.convolve(x, kernel, config["strides"], config["padding"], config["dilationRate"])
        return self.finish(config, y, config["filters"])

    def depthwise(self, x, config):
        channels, multiplier = x.shape[-1], config["depthMultiplier"]
        kernel = self.weight(*config["kernelSize"], channels, multiplier)
        grouped = kernel.reshape(*config["kernelSize"], 1, channels * multiplier)
        return self.convolve(x, grouped, config["strides"], config["padding"], groups=channels)

    def layer_DepthwiseConv2D(self, x, config):
        y = self.depthwise(x, config)
        return self.finish(config, y, y.shape[-1])

    def layer_SeparableConv2D(self, x, config):
        y = self.depthwise(x, config)
        kernel = self.weight(1, 1, y.shape[-1], config["filters"])
        return self.finish(config, self.convolve(y, kernel, (1, 1), "valid"), config["filters"])

    def layer_Conv2DTranspose(self, x, config):
        size, strides = config["kernelSize"], config["strides"]
        kernel = self.weight(*size, config["filters"], x.shape[-1])
        y = F.conv_transpose2d(x.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1), stride=tuple(strides))
        for axis in (0, 1):
            length = x.shape[1 + axis] * strides[axis]
            if config["padding"] == "valid":
                length += max(size[axis] - strides[axis], 0)
            before = max(y.shape[2 + axis] - length, 0) // 2 if config["padding"] == "same" else 0
            missing = max(before + length - y.shape[2 + axis], 0)
            y = F.pad(y, (0, 0, 0, missing) if axis == 0 else (0, missing))
            y = y.narrow(2 + axis, before, length)
        return self.finish(config, y.permute(0, 2, 3, 1), config["filters"])

    def layer_MaxPooling2D(self, x, config):
        padded = self.windows(x, config["poolSize"], config["strides"], config["padding"], value=-math.inf)
        y = F.max_pool2d(padded, config["poolSize"], stride=config["strides"])
        patches = padded.detach().unfold(2, config["poolSize"][0], config["strides"][0])
        patches = patches.unfold(3, config["poolSize"][1], config["strides"][1]).flatten(4)
        ordered = torch.sort(patches, dim=-1).values
        gaps = ordered[..., -1] - ordered[..., -2]
        self.kink(gaps)
        return y.permute(0, 2, 3, 1)

    def layer_AveragePooling2D(self, x, config):
        arguments = (config["poolSize"], config["strides"], config["padding"])
        sums = F.avg_pool2d(self.windows(x, *arguments), config["poolSize"], stride=config["strides"])
        ones = self.windows(torch.ones_like(x), *arguments)
        counts = F.avg_pool2d(ones, config["poolSize"], stride=config["strides"])
        return (sums / counts).permute(0, 2, 3, 1)

    def pool1d(self, pool, x, config):
        size, strides = [config["poolSize"], 1], [config["strides"], 1]
        return pool(x[:, :, None], {"poolSize": size, "strides": strides, "padding": config["padding"]})[:, :, 0]

    def layer_MaxPooling1D(self, x, config):
        return self.pool1d(self.layer_MaxPooling2D, x, config)

    def layer_AveragePooling1D(self, x, config):
        return self.pool1d(self.layer_AveragePooling2D, x, config)

    def layer_GlobalMaxPooling1D(self, x, config):
        return self.operation_reduce(x, "max")

    def layer_GlobalAveragePooling1D(self, x, config):
        return x.mean(1)

    def layer_ZeroPadding2D(self, x, config):
        height, width = config["padding"]
        return F.pad(x, (0, 0, width, width, height, height))

    def layer_Cropping2D(self, x, config):
        height, width = config["cropping"]
        return x[:, height:x.shape[1] - height, width:x.shape[2] - width]

    def layer_UpSampling2D(self, x, config):
        height, width = config["size"]
        return x.repeat_interleave(height, 1).repeat_interleave(width, 2)

    def recurrent(self, x, config, gates, step, states):
        units = config["units"]
        kernel, inner = self.weight(x.shape[-1], gates * units), self.weight(units, gates * units)
        bias = self.weight(gates * units)
        state = [torch.zeros(x.shape[0], units, dtype=x.dtype)] * states
        outputs = []
        for time in range(x.shape[1]):
            state = step(x[:, time] @ kernel + bias, inner, state)
            outputs.append(state[0])
        return torch.stack(outputs, 1) if config.get("returnSequences") else outputs[-1]

    def gate(self, config):
        return lambda x: self.activation(config.get("recurrentActivation", "hardSigmoid"), x)

    def inner(self, config):
        return lambda x: self.activation(config.get("activation", "tanh"), x)

    def layer_SimpleRNN(self, x, config):
        return self.recurrent(x, config, 1, lambda z, w, state: [self.inner(config)(z + state[0] @ w)], 1)

    def layer_LSTM(self, x, config):
        gate, inner = self.gate(config), self.inner(config)

        def step(z, w, state):
            i, f, c, o = (z + state[0] @ w).chunk(4, dim=1)
            carry = gate(f) * state[1] + gate(i) * inner(c)
            return [gate(o) * inner(carry), carry]

        return self.recurrent(x, config, 4, step, 2)

    def layer_GRU(self, x, config):
        gate, inner, units = self.gate(config), self.inner(config), config["units"]

        def step(x, w, state):
            hidden = state[0]
            z, r = [
                gate(x[:, index * units:(index + 1) * units] + hidden @ w[:, index * units:(index + 1) * units])
                for index in (0, 1)
            ]
            new = inner(x[:, 2 * units:] + (r * hidden) @ w[:, 2 * units:])
            return [z * hidden + (1 - z) * new]

        return self.recurrent(x, config, 3, step, 1)

    def layer_Bidirectional(self, x, config):
        layer = config["layer"]
        forward = self.block(layer, x)
        backward = self.block(layer, x.flip(1))
        if layer["config"].get("returnSequences"):
            backward = backward.flip(1)
        if config["mergeMode"] == "concat":
            return torch.cat([forward, backward], dim=-1)
        if config["mergeMode"] == "mul":
            return forward * backward
        total = forward + backward
        return total / 2 if config["mergeMode"] == "ave" else total


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
    run = Networks(network["seed"])
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
