"""A tensor without numbers: shape, type of elements, where it came from, and values where they are few."""

import math
import operator as arithmetic

from . import dtypes
from .recording import ACTIVATION, CONSTANT, DATA, RANDOM, plain, recorder
from .values import MAXIMUM_KNOWN, strides_of

METHODS = {}


class device:
    """A device by name; everything is computed on none."""

    def __init__(self, type="cpu", index=None):
        name = type.type if isinstance(type, device) else str(type)
        self.type, _, number = name.partition(":")
        self.index = index if index is not None else int(number) if number.isdigit() else None

    def __repr__(self):
        return f"device(type='{self.type}')"

    def __str__(self):
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __eq__(self, other):
        return isinstance(other, (device, str)) and str(other).split(":")[0] == self.type

    def __hash__(self):
        return hash(self.type)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False


CPU = device("cpu")


class Size(tuple):
    """The sizes of a tensor."""

    def numel(self):
        return math.prod(self)

    def __getitem__(self, index):
        part = tuple.__getitem__(self, index)
        return Size(part) if isinstance(index, slice) else part

    def __add__(self, other):
        return Size(tuple.__add__(self, tuple(other)))

    def __repr__(self):
        return f"torch.Size({list(self)})"


class GradientFunction:
    """What a tensor that needs gradients was computed from."""

    def __init__(self, name, inputs):
        self._name = name
        self.inputs = inputs

    def name(self):
        return self._name

    @property
    def next_functions(self):
        return tuple((tensor.grad_fn, 0) for tensor in self.inputs)


class Tensor:
    """The stand-in for `torch.Tensor`."""

    device = CPU
    is_cuda = is_sparse = is_quantized = is_nested = is_mps = False
    layout = "strided"
    names = ()
    requires_grad = False
    grad_fn = None
    grad = None
    values = None
    drawn = None
    # A tensor whose storage this one shares: `.data`, or the tensor that a view was taken of.
    _target = None
    _view = None

    def __new__(cls, *positional, **named):
        return object.__new__(cls)

    def __init__(self, shape=(), dtype=None, values=None, drawn=None, role=CONSTANT):
        self.shape = Size(shape)
        self.dtype = dtype or dtypes.default.floating
        if values is not None and len(values) <= MAXIMUM_KNOWN:
            self.values = values
        if drawn is not None:
            self.drawn = drawn
        self.identity = recorder.new_tensor(role, self.shape, self.dtype)

    # Facts

    @property
    def ndim(self):
        return len(self.shape)

    def dim(self):
        return len(self.shape)

    ndimension = dim

    def size(self, dim=None):
        if dim is None:
            return self.shape
        return self.shape[check_axis(dim, self.ndim)]

    def numel(self):
        return math.prod(self.shape)

    nelement = numel

    @property
    def itemsize(self):
        return self.dtype.itemsize

    def element_size(self):
        return self.dtype.itemsize

    @property
    def nbytes(self):
        return self.numel() * self.dtype.itemsize

    def stride(self, dim=None):
        strides = strides_of(self.shape)
        return strides if dim is None else strides[dim]

    def is_floating_point(self):
        return self.dtype.is_floating_point

    def is_complex(self):
        return self.dtype.is_complex

    def is_contiguous(self, *rest, **named):
        return True

    def data_ptr(self):
        return self.identity

    def get_device(self):
        return -1

    def is_shared(self):
        return False

    @property
    def is_leaf(self):
        return self.grad_fn is None

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of a 0-d tensor")
        return self.shape[0]

    # Values

    def _one_value(self):
        if self.numel() != 1:
            raise RuntimeError(
                f"a Tensor with {self.numel()} elements cannot be converted to Scalar"
            )
        if self.values is not None:
            return self.values[0]
        recorder.note(
            "data-dependent", "A number is read out of a tensor whose values are not known."
        )
        return {"bool": False, "integer": 1}.get(self.dtype.category, 1.0)

    def item(self):
        return self._one_value()

    def __int__(self):
        return int(self._one_value())

    __index__ = __int__

    def __float__(self):
        return float(self._one_value())

    def __complex__(self):
        return complex(self._one_value())

    def __bool__(self):
        if self.numel() != 1:
            raise RuntimeError(
                "Boolean value of Tensor with "
                + ("no values" if self.numel() == 0 else "more than one value")
                + " is ambiguous"
            )
        if self.values is not None:
            return bool(self.values[0])
        recorder.note(
            "data-dependent", "A condition on the values of a tensor is taken to be false."
        )
        return False

    def tolist(self):
        values = self.values
        if values is None:
            recorder.note(
                "data-dependent", "The values of a tensor are not known; they are taken to be 0."
            )
            values = [0.0 if self.dtype.is_floating_point else 0] * self.numel()
        return nested(list(values), list(self.shape))

    def numpy(self, *rest, **named):
        if self.requires_grad and not named.get("force"):
            raise RuntimeError(
                "Can't call numpy() on Tensor that requires grad. "
                "Use tensor.detach().numpy() instead."
            )
        import numpy

        return numpy.ndarray(_tensor=self)

    def __array__(self, *rest, **named):
        return self.detach().numpy()

    def __format__(self, form):
        if form and self.numel() == 1:
            return format(self._one_value(), form)
        return repr(self)

    def __repr__(self):
        if self.values is not None and self.numel() <= 64:
            return f"tensor({nested(list(self.values), list(self.shape))})"
        return f"tensor(..., size={tuple(self.shape)}, dtype={self.dtype})"

    def __hash__(self):
        return id(self)

    def __iter__(self):
        if not self.shape:
            raise TypeError("iteration over a 0-d tensor")
        return iter(METHODS["unbind"](self, 0))

    def __contains__(self, item):
        return bool(METHODS["any"](METHODS["eq"](self, item)))

    def __reversed__(self):
        return METHODS["flip"](self, [0])

    # Gradients

    def requires_grad_(self, requires_grad=True):
        self.requires_grad = requires_grad
        return self

    def retain_grad(self):
        self._keeps_grad = True

    def register_hook(self, hook):
        return Handle()

    register_post_accumulate_grad_hook = register_hook

    def backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None):
        from .backward import backward

        backward([self], gradient)

    # Storage

    @property
    def data(self):
        alias = Tensor.__new__(Tensor)
        alias.__dict__.update(
            shape=self.shape,
            dtype=self.dtype,
            values=self.values,
            drawn=self.drawn,
            identity=self.identity,
            _target=self,
        )
        return alias

    @data.setter
    def data(self, value):
        from .in_place import assign

        assign(self, value)

    def detach_(self):
        self.requires_grad = False
        self.grad_fn = None
        return self

    def share_memory_(self):
        return self

    def untyped_storage(self):
        return self

    storage = untyped_storage

    def __deepcopy__(self, memo):
        if self.grad_fn is not None:
            raise RuntimeError(
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
                "protocol at the moment."
            )
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__)
        role = recorder.roles[self.identity]
        made.identity = recorder.new_tensor(role, self.shape, self.dtype)
        if self.identity in recorder.initializations:
            recorder.initializations[made.identity] = list(recorder.initializations[self.identity])
        recorder.record("copy", {"input": plain(self)}, [made])
        memo[id(self)] = made
        return made

    def __setitem__(self, index, value):
        from .in_place import set_items

        set_items(self, index, value)

    def __getattr__(self, name):
        method = METHODS.get(name)
        if method is not None:
            return lambda *positional, **named: method(self, *positional, **named)
        if name.endswith("_") and not name.startswith("_"):
            plain_method = METHODS.get(name[:-1])
            if plain_method is not None and hasattr(plain_method, "in_place"):
                return lambda *positional, **named: plain_method.in_place(
                    self, *positional, **named
                )
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __dir__(self):
        return list(object.__dir__(self)) + list(METHODS)


class Handle:
    """What a registration returns, to be taken back."""

    def remove(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False


class Parameter(Tensor):
    """The stand-in for `torch.nn.Parameter`."""

    def __init__(self, data=None, requires_grad=True):
        data = data if data is not None else Tensor((0,))
        if not isinstance(data, Tensor):
            raise TypeError(f"cannot assign '{type(data).__name__}' object to a parameter")
        super().__init__(data.shape, data.dtype, None, data.drawn, "parameter")
        self.requires_grad = requires_grad
        self.source = recorder.positions.here()
        self.made_from = data.identity
        recorder.initializations[self.identity] = []
        if data.identity in recorder.initializations:
            recorder.initializations[self.identity] += recorder.initializations[data.identity]

    def __repr__(self):
        return f"Parameter containing:\n{Tensor.__repr__(self)}"

    def __reduce_ex__(self, protocol):
        return (Parameter, (self.data, self.requires_grad))


class Buffer(Tensor):
    """The stand-in for `torch.nn.Buffer`: marks a tensor that a module is to keep."""

    def __new__(cls, data=None, persistent=True):
        data._is_buffer = True
        data._is_persistent = persistent
        return data

    def __init__(self, *positional, **named):
        pass


def check_axis(axis, count):
    """An axis from 0. Raises as PyTorch does where there is none."""
    axis = as_integer(axis)
    limit = max(count, 1)
    if not -limit <= axis < limit:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-limit}, {limit - 1}], "
            f"but got {axis})"
        )
    return axis % limit


def as_integer(value):
    if type(value) is int:
        return value
    try:
        return arithmetic.index(value)
    except TypeError:
        if isinstance(value, float):
            raise TypeError("'float' object cannot be interpreted as an integer") from None
        raise


def nested(values, shape):
    """A flat list as lists in lists."""
    if not shape:
        return values[0]
    step = math.prod(shape[1:])
    return [nested(values[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


__all__ = [
    "ACTIVATION",
    "CONSTANT",
    "DATA",
    "RANDOM",
    "Buffer",
    "Parameter",
    "Size",
    "Tensor",
    "device",
]
