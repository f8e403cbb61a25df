"""Operators that copy, detach, convert, and fill."""

from .. import dtypes
from ..recording import CONSTANT, RANDOM
from ..tensor import METHODS, Tensor
from ..values import MAXIMUM_KNOWN
from ..values import cast as cast_values
from .shapes import broadcast
from .table import OPERATORS, Operator, operator


@operator(is_view=False)
def detach(input):
    result = Tensor(input.shape, input.dtype, input.values, input.drawn)
    return result


def _detached(input):
    result = OPERATORS["detach"](input)
    result.requires_grad = False
    result.grad_fn = None
    return result


METHODS["detach"] = _detached


@operator()
def clone(input):
    return Tensor(input.shape, input.dtype, input.values, input.drawn)


@operator()
def cast(input, dtype):
    return Tensor(input.shape, dtype, cast_values(input.values, dtype), input.drawn)


def to(
    self, *positional, dtype=None, device=None, non_blocking=False, copy=False, memory_format=None
):
    for item in positional:
        if isinstance(item, dtypes.dtype):
            dtype = item
        elif isinstance(item, Tensor):
            dtype = item.dtype
    return self if dtype is None or dtype is self.dtype else OPERATORS["cast"](self, dtype)


def _same(self, *positional, **named):
    return self


def _type(self, dtype=None, *rest, **named):
    if dtype is None:
        return f"torch.{_TYPE_NAMES.get(self.dtype.name, 'Float')}Tensor"
    if isinstance(dtype, dtypes.dtype):
        return to(self, dtype)
    name = getattr(dtype, "__name__", str(dtype)).rsplit(".", 1)[-1].removesuffix("Tensor")
    for kind, type_name in _TYPE_NAMES.items():
        if type_name == name:
            return to(self, dtypes.by_name(kind))
    return self


_TYPE_NAMES = {
    "float32": "Float",
    "float64": "Double",
    "float16": "Half",
    "int64": "Long",
    "int32": "Int",
    "bool": "Bool",
    "uint8": "Byte",
    "int16": "Short",
    "int8": "Char",
    "bfloat16": "BFloat16",
}
_CASTS = {
    "float": "float32",
    "double": "float64",
    "half": "float16",
    "bfloat16": "bfloat16",
    "long": "int64",
    "int": "int32",
    "bool": "bool",
    "byte": "uint8",
    "short": "int16",
    "char": "int8",
    "cfloat": "complex64",
    "cdouble": "complex128",
}
METHODS["to"] = to
METHODS["type"] = _type
METHODS["type_as"] = lambda self, other: to(self, other.dtype)
for _name in ("cuda", "cpu", "contiguous", "pin_memory", "mps", "xpu", "coalesce", "to_dense"):
    METHODS[_name] = _same
for _name, _kind in _CASTS.items():
    METHODS[_name] = lambda self, *rest, _kind=dtypes.by_name(_kind), **named: to(self, _kind)


# In place alone


def _filling(compute_drawn):
    """Enters an operator that fills its tensor, given how the elements are drawn."""
    name = compute_drawn.__name__

    def compute(**arguments):
        input = arguments["input"]
        drawn = compute_drawn(**arguments)
        values = None
        if drawn is not None and drawn[0] == "constant" and input.numel() <= MAXIMUM_KNOWN:
            values = cast_values([drawn[1]] * input.numel(), input.dtype)
        role = CONSTANT if name in ("fill", "zero") else RANDOM
        return Tensor(input.shape, input.dtype, values, drawn, role)

    METHODS[name + "_"] = Operator(name, compute, signature=compute_drawn).in_place


@_filling
def normal(input, mean=0.0, std=1.0):
    return ("normal", mean, std)


@_filling
def uniform(input, a=0.0, b=1.0):
    return ("uniform", a, b)


@_filling
def exponential(input, lambd=1.0):
    return None


@_filling
def log_normal(input, mean=1.0, std=2.0):
    return None


@_filling
def cauchy(input, median=0.0, sigma=1.0):
    return None


@_filling
def geometric(input, p=0.5):
    return None


@_filling
def bernoulli(input, p=0.5):
    return None


@_filling
def random(input, low=0, high=None):
    return None


@_filling
def fill(input, value):
    return None if isinstance(value, Tensor) else ("constant", value, value)


@_filling
def zero(input):
    return ("constant", 0.0, 0.0)


@operator("copy_from")
def copy(input, source):
    broadcast(input.shape, source.shape)
    return Tensor(input.shape, input.dtype, cast_values(source.values, input.dtype), source.drawn)


def _copy_in_place(self, src, non_blocking=False):
    source = getattr(src, "_tensor", src)
    if not isinstance(source, Tensor):
        source = OPERATORS["as_tensor"](source)
    return OPERATORS["copy_from"].in_place(self, source)


METHODS["copy_"] = _copy_in_place
METHODS["set_"] = _copy_in_place
METHODS.pop("copy_from", None)


def _resize(self, *size):
    from .shapes import sizes

    self.shape = type(self.shape)(sizes(size))
    self.values = None
    return self


METHODS["resize_"] = METHODS["resize"] = _resize
