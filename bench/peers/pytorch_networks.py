"""The benchmarked networks in PyTorch, in the forms that users write; layers carry the names that weights have in a problem."""
import torch
import torch.nn as nn


class Forms:
    """Layers of a signal as 1-d convolutions, or as 2-d ones of height 1."""

    def __init__(self, form):
        self.two = form == "conv2d"

    def conv(self, inputs, outputs, kernel, bias=True):
        return (Same2d if self.two else Same1d)(inputs, outputs, kernel, bias)

    def max_pool(self, size, stride, padding=0):
        if self.two:
            return nn.MaxPool2d((1, size), (1, stride), (0, padding))
        return nn.MaxPool1d(size, stride, padding)

    def norm(self, channels):
        return (nn.BatchNorm2d if self.two else nn.BatchNorm1d)(channels, eps=1e-3, momentum=0.01)

    def global_max_pool(self):
        return nn.AdaptiveMaxPool2d(1) if self.two else nn.AdaptiveMaxPool1d(1)

    def global_mean_pool(self):
        return nn.AdaptiveAvgPool2d(1) if self.two else nn.AdaptiveAvgPool1d(1)


class Same1d(nn.Conv1d):
    """Same padding as TensorFlow's: the odd sample goes to the right."""

    def __init__(self, inputs, outputs, kernel, bias):
        super().__init__(inputs, outputs, kernel, bias=bias)
        self.pad = ((kernel - 1) // 2, kernel - 1 - (kernel - 1) // 2)

    def forward(self, x):
        return super().forward(nn.functional.pad(x, self.pad) if any(self.pad) else x)


class Same2d(nn.Conv2d):
    def __init__(self, inputs, outputs, kernel, bias):
        super().__init__(inputs, outputs, (1, kernel), bias=bias)
        self.pad = ((kernel - 1) // 2, kernel - 1 - (kernel - 1) // 2)

    def forward(self, x):
        return super().forward(nn.functional.pad(x, self.pad) if any(self.pad) else x)


def paper(form, classes=7):
    """The network of Sarkar and Etemad (2020)."""
    make, model, inputs = Forms(form), nn.Sequential(), 1
    for block, (filters, kernel) in enumerate(((32, 32), (64, 16), (128, 8)), 1):
        if block > 1:
            model.add_module(f"block{block - 1}_pool", make.max_pool(8, 2))
        for layer in (1, 2):
            model.add_module(f"block{block}_conv{layer}", make.conv(inputs, filters, kernel))
            model.add_module(f"block{block}_activation{layer}", nn.LeakyReLU(0.2, inplace=True))
            inputs = filters
    model.add_module("pool", make.global_max_pool())
    model.add_module("flatten", nn.Flatten())
    model.add_module("hidden1", nn.Linear(inputs, 128))
    model.add_module("hidden1_activation", nn.ReLU())
    model.add_module("logits", nn.Linear(128, classes))
    return model


class InceptionTime(nn.Module):
    """One network of the ensemble of Ismail Fawaz et al. (2020)."""

    def __init__(self, form, filters=32, depth=6, classes=7):
        super().__init__()
        make, inputs, wide = Forms(form), 1, 4 * filters
        shortcut_inputs = 1
        self.depth = depth
        for module in range(1, depth + 1):
            name = f"module{module}"
            if inputs > 1:
                self.add_module(f"{name}_bottleneck", make.conv(inputs, filters, 1, bias=False))
            for index, kernel in enumerate((40, 20, 10), 1):
                narrow = filters if inputs > 1 else 1
                self.add_module(f"{name}_conv{index}", make.conv(narrow, filters, kernel, bias=False))
            self.add_module(f"{name}_maximum", make.max_pool(3, 1, 1))
            self.add_module(f"{name}_pooled", make.conv(inputs, filters, 1, bias=False))
            self.add_module(f"{name}_norm", make.norm(wide))
            inputs = wide
            if module % 3 == 0:
                name = f"shortcut{module // 3}"
                self.add_module(name, make.conv(shortcut_inputs, wide, 1, bias=False))
                self.add_module(f"{name}_norm", make.norm(wide))
                shortcut_inputs = wide
        self.mean = make.global_mean_pool()
        self.logits = nn.Linear(wide, classes)

    def forward(self, x):
        layers, shortcut = self._modules, x
        for module in range(1, self.depth + 1):
            name = f"module{module}"
            narrow = layers[f"{name}_bottleneck"](x) if module > 1 else x
            branches = [layers[f"{name}_conv{index}"](narrow) for index in (1, 2, 3)]
            branches.append(layers[f"{name}_pooled"](layers[f"{name}_maximum"](x)))
            x = nn.functional.relu(layers[f"{name}_norm"](torch.cat(branches, 1)), inplace=True)
            if module % 3 == 0:
                name = f"shortcut{module // 3}"
                x = nn.functional.relu(layers[f"{name}_norm"](layers[name](shortcut)) + x, inplace=True)
                shortcut = x
        return self.logits(self.mean(x).flatten(1))


class Transformer(nn.Module):
    """Patches of a signal, learned positions, PyTorch's own encoder with the norm first, and the mean over tokens."""

    def __init__(self, _form, patch=10, tokens=100, width=64, heads=4, hidden=256, blocks=4, classes=7):
        super().__init__()
        self.patch, self.tokens = patch, tokens
        self.embedding = nn.Linear(patch, width)
        self.positions = nn.Parameter(torch.zeros(tokens, width))
        layer = nn.TransformerEncoderLayer(
            width, heads, hidden, dropout=0.0, activation="gelu", batch_first=True, norm_first=True)
        # Nested tensors are for padded batches.
        self.encoder = nn.TransformerEncoder(layer, blocks, norm=nn.LayerNorm(width), enable_nested_tensor=False)
        self.logits = nn.Linear(width, classes)

    def forward(self, x):
        tokens = self.embedding(x.reshape(-1, self.tokens, self.patch)) + self.positions
        return self.logits(self.encoder(tokens).mean(1))


NETWORKS = {"paper": paper, "inception-time": InceptionTime, "transformer": Transformer}


def channels_last(model, windows):
    windows = windows.reshape(windows.shape[0], 1, 1, -1).to(memory_format=torch.channels_last)
    return model.to(memory_format=torch.channels_last), windows


# What each form makes of the model and of windows [batch, samples].
FORMS = {
    "conv1d": lambda model, windows: (model, windows.reshape(windows.shape[0], 1, -1)),
    "conv2d": channels_last,
    "encoder": lambda model, windows: (model, windows),
}

KINDS = {"kernel": "weight", "gamma": "weight", "beta": "bias", "bias": "bias", "moving_mean": "running_mean",
         "moving_variance": "running_var"}
PARTS = {"norm1": "norm1.", "norm2": "norm2.", "hidden": "linear1.", "output": "linear2.", "heads": "self_attn.out_proj.",
         "queries_keys_values": "self_attn.in_proj_"}


def state_name(network, name):
    """The name in a state_dict of a weight `layer/kind`."""
    layer, kind = name.split("/")
    if network != "transformer":
        return f"{layer}.{KINDS[kind]}"
    if layer == "positions":
        return layer
    if layer == "norm":
        return f"encoder.norm.{KINDS[kind]}"
    if not layer.startswith("block"):
        return f"{layer}.{KINDS[kind]}"
    block, part = layer.split("_", 1)
    return f"encoder.layers.{int(block[len('block'):]) - 1}.{PARTS[part]}{KINDS[kind]}"
