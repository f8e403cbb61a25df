"""Our own `einops`: patterns of axes, computed by reshape, permute, reductions and expand."""

from . import layers
from .einops import EinopsError, einsum, pack, parse_shape, rearrange, reduce, repeat, unpack

__version__ = "0.8.0"


def asnumpy(tensor):
    return tensor.numpy()
