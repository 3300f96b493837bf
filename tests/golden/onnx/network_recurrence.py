"""The recurrent layers of TensorFlow.js in PyTorch, whose gates lie in another order and whose biases are one."""

import torch

from network_layers import Layers


class Recurrence(Layers):
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
