"""The stand-in for `torch.cuda`: there is none."""

import torch

from . import amp

_nothing = torch._nothing
manual_seed = manual_seed_all = empty_cache = synchronize = set_device = reset_peak_memory_stats = (
    _nothing
)
set_per_process_memory_fraction = ipc_collect = init = seed_all = seed = _nothing


def is_available():
    return False


is_bf16_supported = is_initialized = is_available


def device_count():
    return 0


current_device = max_memory_allocated = memory_allocated = memory_reserved = max_memory_reserved = (
    device_count
)


def get_device_name(*positional):
    return "none"


def get_device_capability(*positional):
    return (0, 0)


class Event:
    def __init__(self, *positional, **named):
        pass

    record = synchronize = wait = _nothing

    def elapsed_time(self, other):
        return 0.0


class Stream(Event):
    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False


class device(Stream):
    pass


def stream(stream):
    return Stream()


def current_stream(*positional):
    return Stream()


FloatTensor, LongTensor, DoubleTensor = torch.FloatTensor, torch.LongTensor, torch.DoubleTensor
ByteTensor, IntTensor, BoolTensor, HalfTensor = (
    torch.ByteTensor,
    torch.IntTensor,
    torch.BoolTensor,
    torch.HalfTensor,
)
