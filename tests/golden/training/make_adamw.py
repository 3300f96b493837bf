"""Writes adamw.json: a few steps of PyTorch's AdamW on given gradients."""
import json
import pathlib

import torch

start = [0.5, -1.25, 2.0, 0.0]
gradients = [[0.1, -2.0, 0.0, 1e-4], [0.3, 1.0, -0.5, 1e-4], [-0.2, 0.7, 4.0, -1e-3], [0.0, 0.1, 0.1, 2.0]]
rates = [0.1, 0.05, 0.02, 0.01]
weight = torch.tensor(start, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.AdamW([weight], lr=rates[0], betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)
after = []
for rate, gradient in zip(rates, gradients):
    optimizer.param_groups[0]["lr"] = rate
    weight.grad = torch.tensor(gradient, dtype=torch.float64)
    optimizer.step()
    after.append(weight.detach().tolist())
path = pathlib.Path(__file__).with_name("adamw.json")
path.write_text(json.dumps({
    "torch": torch.__version__, "start": start, "gradients": gradients, "rates": rates, "after": after,
}) + "\n")
