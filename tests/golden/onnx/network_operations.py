"""Operations without weights, of `[batch, time, channel]`: tests/onnx/gradients/random_networks/operations.ts in PyTorch."""

import torch
import torch.nn.functional as F

from network_weights import Weights


class Operations(Weights):
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
