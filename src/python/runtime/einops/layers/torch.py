"""Layers of einops for PyTorch."""

import math

import torch
from torch import nn

from .. import einops
from ..patterns import parse


class Rearrange(nn.Module):
    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.axes_lengths = axes_lengths

    def forward(self, input):
        return einops.rearrange(input, self.pattern, **self.axes_lengths)


class Reduce(nn.Module):
    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.reduction = reduction
        self.axes_lengths = axes_lengths

    def forward(self, input):
        return einops.reduce(input, self.pattern, self.reduction, **self.axes_lengths)


class EinMix(nn.Module):
    """A linear map whose axes a pattern names."""

    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.axes_lengths = axes_lengths
        self.weight_names = weight_shape.split()
        left, right = pattern.split("->")
        self.left, self.right = left, right
        inner = [
            name
            for name in self.weight_names
            if name in left.replace("(", " ").replace(")", " ").split()
        ]
        outer = right.replace("(", " ").replace(")", " ").split()
        fan = math.prod(axes_lengths[name] for name in inner if name not in outer)
        bound = math.sqrt(3 / max(fan, 1))
        shape = [axes_lengths[name] for name in self.weight_names]
        self.weight = nn.Parameter(torch.zeros(shape).uniform_(-bound, bound))
        self.bias = None
        if bias_shape is not None:
            names = bias_shape.split()
            sizes = [axes_lengths[name] if name in names else 1 for name in outer]
            self.bias = nn.Parameter(torch.zeros(sizes).uniform_(-bound, bound))

    def forward(self, input):
        names = " ".join(name for group in parse(self.left, self.pattern) for name in group)
        given = {name: size for name, size in self.axes_lengths.items() if name in names.split()}
        input = einops.rearrange(input, f"{self.left} -> {names}", **given)
        wanted = " ".join(name for group in parse(self.right, self.pattern) for name in group)
        result = einops.einsum(
            input, self.weight, f"{names}, {' '.join(self.weight_names)} -> {wanted}"
        )
        if self.bias is not None:
            result = result + self.bias
        return einops.rearrange(result, f"{wanted} -> {self.right}")
