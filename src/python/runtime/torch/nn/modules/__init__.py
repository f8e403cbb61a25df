"""The stand-in for `torch.nn.modules`."""

from .module import Module
from . import activation, attention, containers, convolution, linear, loss, normalization, pooling
from . import recurrent, transformer

batchnorm = instancenorm = normalization
conv = convolution
container = containers
rnn = recurrent
sparse = linear
padding = upsampling = pixelshuffle = pooling
dropout = flatten = activation


def __getattr__(name):
    import torch.nn

    if name.startswith("__") or name not in torch.nn.__dict__:
        raise AttributeError(name)
    return torch.nn.__dict__[name]


__all__ = [
    "Module",
    "activation",
    "attention",
    "convolution",
    "linear",
    "loss",
    "normalization",
    "pooling",
    "recurrent",
    "transformer",
]
