"""Fabric of Lightning: everything on one device."""

import contextlib

import torch
from gradient_health.backward import backward

from .module import record_clip


class Fabric:
    device = torch.device("cpu")
    world_size = 1
    global_rank = local_rank = 0
    is_global_zero = True

    def __init__(self, *positional, **named):
        pass

    def launch(self, function=None, *positional, **named):
        return function(self, *positional, **named) if function is not None else None

    def setup(self, module, *optimizers, **named):
        return (module, *optimizers) if optimizers else module

    def setup_module(self, module, **named):
        return module

    def setup_optimizers(self, *optimizers):
        return optimizers if len(optimizers) > 1 else optimizers[0]

    def setup_dataloaders(self, *loaders, **named):
        return loaders if len(loaders) > 1 else loaders[0]

    def backward(self, loss, *positional, **named):
        backward([loss])

    def clip_gradients(self, module, optimizer, clip_val=None, max_norm=None, **named):
        algorithm = "norm" if max_norm is not None else "value"
        record_clip(max_norm if max_norm is not None else clip_val, algorithm, [optimizer])

    def autocast(self):
        return contextlib.nullcontext()

    def print(self, *positional, **named):
        pass

    log = log_dict = barrier = save = seed_everything = call = print

    def to_device(self, value):
        return value
