"""Activation functions, dropout, and what else keeps a shape."""

from .. import dtypes
from ..recording import RANDOM
from ..tensor import METHODS, Tensor, check_axis
from .elementwise import shapes_of
from .shapes import broadcast
from .table import OPERATORS, operator
from .type_names import word


def _kept(input):
    return Tensor(input.shape, input.dtype)


@operator()
def relu6(input, inplace=False):
    return _kept(input)


@operator()
def leaky_relu(input, negative_slope=0.01, inplace=False):
    return _kept(input)


@operator()
def elu(input, alpha=1.0, inplace=False):
    return _kept(input)


@operator()
def celu(input, alpha=1.0, inplace=False):
    return _kept(input)


@operator()
def selu(input, inplace=False):
    return _kept(input)


@operator()
def gelu(input, approximate="none"):
    return _kept(input)


@operator("silu", "swish")
def silu(input, inplace=False):
    return _kept(input)


@operator()
def mish(input, inplace=False):
    return _kept(input)


@operator()
def hardswish(input, inplace=False):
    return _kept(input)


@operator()
def hardsigmoid(input, inplace=False):
    return _kept(input)


@operator()
def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    return _kept(input)


@operator()
def softplus(input, beta=1.0, threshold=20.0):
    return _kept(input)


@operator()
def softsign(input):
    return _kept(input)


@operator()
def logsigmoid(input):
    return _kept(input)


@operator()
def tanhshrink(input):
    return _kept(input)


@operator()
def hardshrink(input, lambd=0.5):
    return _kept(input)


@operator()
def softshrink(input, lambd=0.5):
    return _kept(input)


@operator()
def threshold(input, threshold, value, inplace=False):
    return _kept(input)


@operator()
def rrelu(input, lower=1 / 8, upper=1 / 3, training=False, inplace=False):
    return _kept(input)


@operator()
def prelu(input, weight):
    if weight.numel() != 1 and input.ndim > 1 and weight.numel() != input.shape[1]:
        raise RuntimeError(
            "Mismatch of parameter numbers and input channel size. Found parameter numbers = "
            f"{weight.numel()} and channel size = {input.shape[1]}."
        )
    return Tensor(input.shape, input.dtype)


@operator()
def glu(input, dim=-1):
    axis = check_axis(dim, input.ndim)
    if input.shape[axis] % 2:
        raise RuntimeError(
            f"Halving dimension must be even, but dimension {axis} is size {input.shape[axis]}"
        )
    shape = list(input.shape)
    shape[axis] //= 2
    return Tensor(shape, input.dtype)


def _implicit_axis(input):
    """The axis that softmax without `dim` takes, of old."""
    return 0 if input.ndim in (0, 1, 3) else 1


def _with_axis(arguments):
    axis = arguments["dim"]
    return {**arguments, "dim": _implicit_axis(arguments["input"]) if axis is None else axis}


def _enter_softmax(name):
    def compute(input, dim=None, dtype=None):
        if dim is not None:
            check_axis(dim, input.ndim)
        kind = dtype or input.dtype
        if kind.category in ("bool", "integer"):
            raise NotImplementedError(
                f"\"{name}_lastdim_kernel_impl\" not implemented for '{word(kind)}'"
            )
        return Tensor(input.shape, kind)

    operator(name, records=_with_axis)(compute)


for _name in ("softmax", "log_softmax", "softmin"):
    _enter_softmax(_name)


@operator()
def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    check_axis(dim, logits.ndim)
    return Tensor(logits.shape, logits.dtype)


def _enter_dropout(name, chance):
    def compute(input, p=chance, training=True, inplace=False):
        if p < 0 or p > 1:
            raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
        return Tensor(input.shape, input.dtype)

    operator(name)(compute)


for _name in (
    "dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "alpha_dropout",
    "feature_alpha_dropout",
):
    _enter_dropout(_name, 0.5)


@operator()
def normalize(input, p=2.0, dim=1, eps=1e-12):
    return Tensor(input.shape, input.dtype)


@operator()
def renorm(input, p, dim, maxnorm):
    return Tensor(input.shape, input.dtype)


@operator()
def poisson(input):
    return Tensor(input.shape, input.dtype, role=RANDOM)


def _enter_scaled(name):
    def compute(input, other, third=None):
        shape = broadcast(*shapes_of(input, other, third))
        return Tensor(shape, dtypes.result_type(input, other))

    operator(name)(compute)


for _name in ("special_xlog1py", "special_zeta"):
    _enter_scaled(_name)
for _name in ("normalize",):
    METHODS.pop(_name, None)


def functional(name):
    """The call of an operator that heeds `inplace=True`."""
    call = OPERATORS[name]

    def compute(input, *positional, inplace=False, **named):
        if inplace and isinstance(input, Tensor):
            return call.in_place(input, *positional, **named)
        return call(input, *positional, **named)

    compute.__name__ = compute.__qualname__ = name
    return compute
