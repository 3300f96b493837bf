"""The layers of TensorFlow.js in PyTorch, channels last, by the names of their classes."""

import math

import torch
import torch.nn.functional as F

from network_operations import Operations


class Layers(Operations):
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
