"""Training steps or forward passes of a network in PyTorch, a line of standard output for each line of standard input.

usage: pytorch.py FORM TASK NETWORK THREADS BATCH     FORM: see pytorch_networks.py; TASK: step or forward

The first line it reads names the folder of a problem: problem.json lists the tensors, [{"name", "shape"}], problem.f32 holds
their numbers, little-endian float32: weights named layer/kernel (axes [taps, in, out] or [in, out]), windows [BATCH, samples] and
classes [BATCH]. It answers {"about"} as JSON. Each further line takes one turn and answers {"ms", "values", "peakBytes"}: the
loss of the weights before the step or the logits, and the largest resident memory so far.
"""
import json
import resource
import sys
import time
from pathlib import Path

import torch
import torch.nn as nn

from pytorch_networks import FORMS, NETWORKS, state_name

form, task, network, threads, batch = *sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5])
torch.set_num_threads(threads)


def read_problem(folder):
    numbers = torch.frombuffer(bytearray((folder / "problem.f32").read_bytes()), dtype=torch.float32)
    tensors, offset = {}, 0
    for entry in json.loads((folder / "problem.json").read_text()):
        size = torch.Size(entry["shape"]).numel()
        tensors[entry["name"]] = numbers[offset:offset + size].reshape(entry["shape"])
        offset += size
    return tensors


def load(model, tensors):
    """Gives the model its weights, each of which must be there."""
    state = model.state_dict()
    for name, values in tensors.items():
        own = state.pop(state_name(network, name))
        # A kernel's axes are those of the file the other way round.
        turned = values.permute(*reversed(range(values.dim()))) if name.endswith("/kernel") else values
        own.copy_(turned.reshape(own.shape))
    missing = [name for name in state if not name.endswith("num_batches_tracked")]
    if missing:
        raise ValueError(f"Cannot load weights: each must be given, got none for {', '.join(missing)}")


def answer(**values):
    print(json.dumps(values), flush=True)


tensors = read_problem(Path(sys.stdin.readline().strip()))
windows, classes = tensors.pop("windows")[:batch], tensors.pop("classes")[:batch].long()
model = NETWORKS[network](form)
load(model, tensors)
model, windows = FORMS[form](model, windows)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, betas=(0.9, 0.999), eps=1e-8, foreach=True)


def step():
    optimizer.zero_grad(set_to_none=True)
    loss = nn.functional.cross_entropy(model(windows), classes)
    loss.backward()
    optimizer.step()
    return loss


def forward():
    with torch.no_grad():
        return model(windows)


take = {"step": step, "forward": forward}[task]
model.train(task == "step")
answer(about=f"version {torch.__version__}")
for _ in sys.stdin:
    start = time.perf_counter()
    values = take()
    ms = 1e3 * (time.perf_counter() - start)
    # Kibibytes on Linux, bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer(ms=ms, values=values.detach().flatten().tolist(), peakBytes=peak)
