"""The stand-in for `torch`."""

import builtins as _builtins
import math as _math

from gradient_health import dtypes as _dtypes
from gradient_health.dtypes import (
    bfloat16,
    bool_ as bool,
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
    promote_types,
    result_type,
    uint8,
    uint16,
    uint32,
    uint64,
)
from gradient_health.operators import OPERATORS as _OPERATORS
from gradient_health.operators.creation import (
    arange,
    as_tensor,
    bernoulli,
    empty,
    empty_like,
    eye,
    from_numpy,
    full,
    full_like,
    linspace,
    logspace,
    normal,
    ones,
    ones_like,
    rand,
    rand_like,
    randint,
    randint_like,
    randn,
    randn_like,
    randperm,
    tensor,
    tril_indices,
    triu_indices,
    zeros,
    zeros_like,
)
from gradient_health.operators.joining import broadcast_tensors, meshgrid
from gradient_health.operators.products import einsum
from gradient_health.operators.shapes import broadcast as _broadcast
from gradient_health.recording import recorder as _recorder
from gradient_health.tensor import METHODS as _METHODS
from gradient_health.tensor import Size, device
from gradient_health.tensor import Tensor as _Tensor
from gradient_health.unknown import Unknown as _Unknown

__version__ = "2.13.0"
float, double, half = float32, float64, float16
long, int, short, cfloat, cdouble = int64, int32, int16, complex64, complex128
pi, inf, nan, e, newaxis = _math.pi, _math.inf, _math.nan, _math.e, None
strided = "strided"
contiguous_format = preserve_format = channels_last = channels_last_3d = "memory format"
scalar_tensor = tensor
asarray = as_tensor
range = arange

_NOT_FUNCTIONS = frozenset(
    (
        "getitem",
        "einsum_of",
        "meshgrid_of",
        "unfold_blocks",
        "recurrent",
        "recurrent_cell",
        "interpolate",
        "multi_head_attention",
        "copy_from",
        "cast",
        "pad",
        "linear",
        "embedding",
        "normalize",
    )
)
for _name, _call in _OPERATORS.items():
    if _name not in _NOT_FUNCTIONS:
        globals().setdefault(_name, _call)


def _in_place_function(name):
    def call(input, *positional, **named):
        return getattr(input, name)(*positional, **named)

    call.__name__ = name
    return call


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name.endswith("_") and (name in _METHODS or name[:-1] in _OPERATORS):
        return _in_place_function(name)
    import importlib

    if name in _PACKAGES:
        return importlib.import_module("torch." + name)
    _recorder.note("unknown-name", f"torch.{name} is not simulated.")
    return _Unknown("torch." + name)


_PACKAGES = frozenset(
    (
        "distributed",
        "profiler",
        "hub",
        "onnx",
        "quantization",
        "multiprocessing",
        "distributions",
        "sparse",
        "fx",
        "ao",
        "export",
        "library",
        "testing",
        "jit",
        "amp",
        "fft",
        "nn",
        "optim",
        "utils",
        "cuda",
        "autograd",
        "nested",
        "futures",
        "func",
        "_C",
        "special",
        "linalg",
        "backends",
        "version",
    )
)


class Generator:
    """A source of random numbers; the numbers are never drawn."""

    def __init__(self, device="cpu"):
        self.device = device

    def manual_seed(self, seed):
        return self

    def seed(self):
        return 0

    initial_seed = seed


default_generator = Generator()


def manual_seed(seed):
    _recorder.event("seed", value=seed if type(seed) is _builtins.int else None)
    return default_generator


def seed():
    return 0


def initial_seed():
    return 0


def get_rng_state():
    return empty(16, dtype=uint8)


def set_rng_state(state):
    pass


def is_tensor(value):
    return isinstance(value, _Tensor)


def is_floating_point(input):
    return input.dtype.is_floating_point


def is_complex(input):
    return input.dtype.is_complex


def numel(input):
    return input.numel()


def is_grad_enabled():
    return _recorder.grad_enabled


def is_inference_mode_enabled():
    return False


def set_default_dtype(kind):
    _dtypes.default.floating = kind


def get_default_dtype():
    return _dtypes.default.floating


def set_default_tensor_type(kind):
    name = getattr(kind, "__name__", str(kind)).rsplit(".", 1)[-1]
    _dtypes.default.floating = float64 if name == "DoubleTensor" else float32


def _nothing(*positional, **named):
    return None


set_default_device = set_num_threads = set_num_interop_threads = set_printoptions = _nothing
set_float32_matmul_precision = use_deterministic_algorithms = set_deterministic = _nothing
manual_seed_all = set_anomaly_enabled = save = _nothing


def get_num_threads():
    return 1


def get_default_device():
    return device("cpu")


def allclose(input, other, rtol=1e-5, atol=1e-8, equal_nan=False):
    return _compared(input, other, "torch.allclose")


def equal(input, other):
    if tuple(input.shape) != tuple(other.shape):
        return False
    return _compared(input, other, "torch.equal")


def _compared(input, other, name):
    if input.values is not None and other.values is not None:
        return input.values == other.values
    _recorder.note("data-dependent", f"{name} of tensors without known values is taken to be true.")
    return True


def load(*positional, **named):
    _recorder.note("unknown-file", "torch.load: the file is not read.")
    return _Unknown("torch.load()")


def compile(model=None, *positional, **named):
    return (lambda function: function) if model is None else model


def broadcast_shapes(*shapes):
    return Size(
        _broadcast(*(shape if isinstance(shape, (tuple, list)) else (shape,) for shape in shapes))
    )


def cartesian_prod(*tensors):
    return _OPERATORS["cartesian_prod_of"](list(tensors))


def block_diag(*tensors):
    return _OPERATORS["block_diag_of"](list(tensors))


def pinverse(input, rcond=1e-15):
    return _OPERATORS["pinverse"](input)


def isin(elements, test_elements):
    return zeros_like(elements, dtype=bool)


def typename(value):
    return type(value).__name__


class finfo:
    """The limits of a floating type."""

    _LIMITS = {
        "float32": (3.4028234663852886e38, 1.1920928955078125e-07, 1.1754943508222875e-38),
        "float64": (1.7976931348623157e308, 2.220446049250313e-16, 2.2250738585072014e-308),
        "float16": (65504.0, 0.0009765625, 6.103515625e-05),
        "bfloat16": (3.3895313892515355e38, 0.0078125, 1.1754943508222875e-38),
    }

    def __init__(self, kind=None):
        kind = kind or get_default_dtype()
        self.max, self.eps, self.tiny = self._LIMITS[kind.name]
        self.min = -self.max
        self.smallest_normal = self.tiny
        self.bits = kind.itemsize * 8


class iinfo:
    """The limits of an integer type."""

    def __init__(self, kind):
        self.bits = kind.itemsize * 8
        self.max = 2 ** (self.bits - (1 if kind.is_signed else 0)) - 1
        self.min = -(2 ** (self.bits - 1)) if kind.is_signed else 0


class _TensorType(type):
    """Makes the classes of old count as those of all tensors of their type."""

    def __instancecheck__(cls, value):
        return isinstance(value, _Tensor) and cls.kind in (None, value.dtype)

    def __subclasscheck__(cls, other):
        return type.__subclasscheck__(_Tensor, other) or type.__subclasscheck__(cls, other)

    def __getattr__(cls, name):
        if name in _METHODS:
            return _METHODS[name]
        raise AttributeError(name)


def _typed(name, kind):
    def make(cls, *positional, **named):
        element = kind or get_default_dtype()
        if positional and not isinstance(positional[0], (_builtins.int, Size)):
            return tensor(positional[0], dtype=element)
        return empty(*positional, dtype=element) if positional else empty(0, dtype=element)

    return _TensorType(name, (_Tensor,), {"__new__": make, "__init__": _nothing, "kind": kind})


Tensor = _typed("Tensor", None)
FloatTensor = _typed("FloatTensor", float32)
DoubleTensor = _typed("DoubleTensor", float64)
HalfTensor = _typed("HalfTensor", float16)
BFloat16Tensor = _typed("BFloat16Tensor", bfloat16)
LongTensor = _typed("LongTensor", int64)
IntTensor = _typed("IntTensor", int32)
ShortTensor = _typed("ShortTensor", int16)
ByteTensor = _typed("ByteTensor", uint8)
BoolTensor = _typed("BoolTensor", bool)

from . import autograd
from .autograd.grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled
from . import nn
from . import cuda
from . import backends
from . import amp
from .amp import autocast
from . import optim
from . import utils
from . import linalg
from . import jit
