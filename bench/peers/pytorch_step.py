"""One training step of the paper's network in PyTorch, a line of standard output for each line of standard input.

usage: pytorch_step.py FORM THREADS BATCH     FORM: conv1d, or conv2d (1 x k, channels last)

The first line it reads names a file of little-endian float32: the weights (kernel then bias of each layer, in order; kernels
[taps, in, out] and [in, out]), the windows [BATCH, 2560] and the classes [BATCH]. It answers {"about"} as JSON. Each further line
takes one step and answers {"ms", "loss", "peakBytes"}: the loss of the weights before the step, and the largest
resident memory so far.
"""
import json
import resource
import sys
import time

import torch
import torch.nn as nn

form, threads, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
SAMPLES, CLASSES = 2560, 7


class Same1d(nn.Module):
    """Same padding as TensorFlow's: the odd sample goes to the right."""

    def __init__(self, inputs, outputs, kernel):
        super().__init__()
        self.pad = ((kernel - 1) // 2, kernel - 1 - (kernel - 1) // 2)
        self.conv = nn.Conv1d(inputs, outputs, kernel)

    def forward(self, x):
        return self.conv(nn.functional.pad(x, self.pad))


class Same2d(Same1d):
    def __init__(self, inputs, outputs, kernel):
        super().__init__(inputs, outputs, kernel)
        self.conv = nn.Conv2d(inputs, outputs, (1, kernel))


def network():
    two = form == "conv2d"
    conv = Same2d if two else Same1d
    pool = (lambda: nn.MaxPool2d((1, 8), (1, 2))) if two else (lambda: nn.MaxPool1d(8, 2))
    last = nn.AdaptiveMaxPool2d(1) if two else nn.AdaptiveMaxPool1d(1)
    act = lambda: nn.LeakyReLU(0.2, inplace=True)
    return nn.Sequential(
        conv(1, 32, 32), act(), conv(32, 32, 32), act(), pool(),
        conv(32, 64, 16), act(), conv(64, 64, 16), act(), pool(),
        conv(64, 128, 8), act(), conv(128, 128, 8), act(), last, nn.Flatten(),
        nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, CLASSES),
    )


def answer(**values):
    print(json.dumps(values), flush=True)


model = network()
with open(sys.stdin.readline().strip(), "rb") as file:
    numbers = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
offset = 0
with torch.no_grad():
    for parameter in model.parameters():
        # PyTorch's axes are those of the file the other way round.
        axes = range(parameter.dim())
        values = numbers[offset:offset + parameter.numel()].reshape(parameter.shape[::-1])
        parameter.copy_(values.permute(*reversed(axes)))
        offset += parameter.numel()
windows, classes = numbers[offset:-batch], numbers[-batch:].long()
windows = windows.reshape(batch, 1, 1, SAMPLES) if form == "conv2d" else windows.reshape(batch, 1, SAMPLES)
if form == "conv2d":
    model = model.to(memory_format=torch.channels_last)
    windows = windows.to(memory_format=torch.channels_last)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, betas=(0.9, 0.999), eps=1e-8, foreach=True)
answer(about=f"version {torch.__version__}")
for _ in sys.stdin:
    start = time.perf_counter()
    optimizer.zero_grad(set_to_none=True)
    loss = nn.functional.cross_entropy(model(windows), classes)
    loss.backward()
    optimizer.step()
    ms = 1e3 * (time.perf_counter() - start)
    # Kibibytes on Linux, bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    answer(ms=ms, loss=loss.item(), peakBytes=unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
