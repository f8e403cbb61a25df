"""The array: a tensor of float64 that is not recorded."""

import functools

from gradient_health import dtypes
from gradient_health.in_place import set_items
from gradient_health.operators import OPERATORS
from gradient_health.recording import recorder
from gradient_health.tensor import METHODS, Tensor
from gradient_health.unknown import Unknown

from .scalars import dtype


def unrecorded(function):
    """Runs a function whose operators are no part of the model."""

    @functools.wraps(function)
    def run(*positional, **named):
        recorder.depth += 1
        try:
            return function(*positional, **named)
        finally:
            recorder.depth -= 1

    return run


def unwrapped(value, kind=None):
    """A tensor of what may be an array, a list or a number."""
    tensor = getattr(value, "_tensor", value)
    if isinstance(tensor, Unknown):
        return tensor
    if not isinstance(tensor, Tensor):
        before = dtypes.default.floating
        dtypes.default.floating = dtypes.float64
        try:
            tensor = OPERATORS["tensor"](tensor)
        finally:
            dtypes.default.floating = before
    return tensor if kind is None else OPERATORS["cast"](tensor, dtype(kind)._kind)


@unrecorded
def wrapped(value, kind=None):
    tensor = unwrapped(value, kind)
    return tensor if isinstance(tensor, Unknown) else ndarray(_tensor=tensor)


def result_of(tensor):
    """An array, or a Python number where a single value is known."""
    if isinstance(tensor, tuple):
        return tuple(result_of(item) for item in tensor)
    if isinstance(tensor, Tensor):
        if tensor.ndim == 0 and tensor.values is not None:
            return tensor.values[0]
        return ndarray(_tensor=tensor)
    return tensor


@unrecorded
def apply(name, *operands, **options):
    """An operator of the table on arrays."""
    if any(isinstance(operand, Unknown) for operand in operands):
        return Unknown(f"numpy.{name}()")
    before = dtypes.default.floating
    dtypes.default.floating = dtypes.float64
    try:
        return result_of(
            OPERATORS[name](*(getattr(item, "_tensor", item) for item in operands), **options)
        )
    finally:
        dtypes.default.floating = before


class ndarray:
    """The stand-in for `numpy.ndarray`."""

    __array_priority__ = 1000

    def __init__(self, shape=(), dtype=None, *positional, _tensor=None, **named):
        if _tensor is None:
            _tensor = unrecorded(OPERATORS["empty"])(
                tuple(shape) if hasattr(shape, "__len__") else (shape,)
            )
        self.__dict__["_tensor"] = _tensor

    @property
    def shape(self):
        return tuple(self._tensor.shape)

    @shape.setter
    def shape(self, shape):
        self.__dict__["_tensor"] = self.reshape(shape)._tensor

    @property
    def ndim(self):
        return self._tensor.ndim

    @property
    def size(self):
        return self._tensor.numel()

    @property
    def dtype(self):
        return dtype(self._tensor.dtype)

    @property
    def nbytes(self):
        return self._tensor.nbytes

    @property
    def T(self):
        return apply("permute", self, tuple(range(self.ndim - 1, -1, -1)))

    def __len__(self):
        return len(self._tensor)

    def __iter__(self):
        return iter([self[i] for i in range(len(self))])

    @unrecorded
    def __getitem__(self, index):
        items = index if isinstance(index, tuple) else (index,)
        return result_of(
            METHODS["getitem"](self._tensor, tuple(getattr(i, "_tensor", i) for i in items))
        )

    @unrecorded
    def __setitem__(self, index, value):
        items = index if isinstance(index, tuple) else (index,)
        set_items(self._tensor, tuple(getattr(item, "_tensor", item) for item in items), value)

    def astype(self, kind, *positional, **named):
        return wrapped(self, kind)

    def copy(self, *positional):
        return apply("clone", self)

    def reshape(self, *shape, order="C"):
        if len(shape) == 1 and isinstance(shape[0], (tuple, list)):
            shape = shape[0]
        return apply("reshape", self, tuple(shape))

    def transpose(self, *axes):
        if len(axes) == 1 and isinstance(axes[0], (tuple, list)):
            axes = axes[0]
        return apply("permute", self, tuple(axes)) if axes else self.T

    def flatten(self, *positional):
        return self.reshape(-1)

    ravel = flatten

    def tolist(self):
        return self._tensor.tolist()

    def item(self, *index):
        return self[index] if index else self._tensor.item()

    def fill(self, value):
        self[...] = value

    def dot(self, other):
        return apply("matmul", self, other)

    def __array__(self, *positional, **named):
        return self

    def __bool__(self):
        return bool(self._tensor)

    def __int__(self):
        return int(self._tensor)

    __index__ = __int__

    def __float__(self):
        return float(self._tensor)

    def __repr__(self):
        return f"array({self._tensor!r})"

    def __hash__(self):
        return id(self)

    def __getattr__(self, name):
        from . import functions

        function = getattr(functions, name, None)
        if function is None or name.startswith("_"):
            raise AttributeError(f"'numpy.ndarray' object has no attribute '{name}'")
        return lambda *positional, **named: function(self, *positional, **named)


def _is_operand(value):
    return isinstance(value, (ndarray, bool, int, float, complex, list, tuple))


def _operand(value):
    return wrapped(value) if isinstance(value, (list, tuple)) else value


def _forward(method, name):
    def call(self, other):
        return apply(name, self, _operand(other)) if _is_operand(other) else NotImplemented

    def swapped(self, other):
        return apply(name, _operand(other), self) if _is_operand(other) else NotImplemented

    setattr(ndarray, f"__{method}__", call)
    if name not in ("eq", "ne", "lt", "le", "gt", "ge"):
        setattr(ndarray, f"__r{method}__", swapped)


for _method, _name in {
    "add": "add",
    "sub": "sub",
    "mul": "mul",
    "truediv": "div",
    "floordiv": "floor_divide",
    "mod": "remainder",
    "pow": "pow",
    "matmul": "matmul",
    "and": "bitwise_and",
    "or": "bitwise_or",
    "xor": "bitwise_xor",
    "eq": "eq",
    "ne": "ne",
    "lt": "lt",
    "le": "le",
    "gt": "gt",
    "ge": "ge",
}.items():
    _forward(_method, _name)
ndarray.__neg__ = lambda self: apply("neg", self)
ndarray.__abs__ = lambda self: apply("abs", self)
ndarray.__invert__ = lambda self: apply("bitwise_not", self)
