"""The stand-in for `numpy`: arrays of which shape and type are known, and the values of small ones."""

import builtins as _builtins
import math as _math

from gradient_health.recording import recorder as _recorder
from gradient_health.unknown import Unknown as _Unknown

from .array import ndarray, unrecorded, unwrapped, wrapped
from .scalars import (
    bool_,
    complex64,
    complex128,
    dtype,
    float16,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
    floating,
    integer,
    number,
    generic,
)

_PARTS = frozenset(
    ("random", "linalg", "array", "scalars", "fft", "testing", "core", "typing", "ma")
)


def __getattr__(name):
    if name.startswith("__") or name in _PARTS:
        raise AttributeError(name)
    _recorder.note("unknown-name", f"numpy.{name} is not simulated.")
    return _Unknown("numpy." + name)


from .functions import *
from .functions import abs, all, any, max, min, round, sum
from . import linalg, random

pi, e, inf, nan, newaxis, euler_gamma = (
    _math.pi,
    _math.e,
    _math.inf,
    _math.nan,
    None,
    0.5772156649015329,
)
Inf, NaN, infty, PINF, NINF = inf, nan, inf, inf, -inf
float_, int_, double, single, half, long, intp = (
    float64,
    int64,
    float64,
    float32,
    float16,
    int64,
    int64,
)
bool, float, int, object, str = (
    _builtins.bool,
    _builtins.float,
    _builtins.int,
    _builtins.object,
    _builtins.str,
)
object_, str_ = object, str
__version__ = "2.3.0"


def set_printoptions(**named):
    pass


seterr = set_printoptions


class finfo:
    def __init__(self, kind=float64):
        import torch

        limits = torch.finfo(dtype(kind)._kind)
        self.max, self.min, self.eps, self.tiny = limits.max, limits.min, limits.eps, limits.tiny


class iinfo:
    def __init__(self, kind):
        import torch

        limits = torch.iinfo(dtype(kind)._kind)
        self.max, self.min = limits.max, limits.min


class errstate:
    def __init__(self, **named):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False
