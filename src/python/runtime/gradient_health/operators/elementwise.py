"""Operators that compute each element from those at its place."""

from .. import dtypes
from ..tensor import METHODS, Tensor
from ..unknown import Unknown
from ..values import BINARY, UNARY, elementwise
from .shapes import broadcast
from .type_names import c_name
from .table import OPERATORS, operator

_COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge", "logical_and", "logical_or", "logical_xor")
_ARITHMETIC = (
    "add",
    "sub",
    "mul",
    "div",
    "pow",
    "floor_divide",
    "remainder",
    "maximum",
    "minimum",
    "fmod",
    "atan2",
    "hypot",
    "xlogy",
    "heaviside",
    "copysign",
    "bitwise_and",
    "bitwise_or",
    "bitwise_xor",
    "bitwise_left_shift",
    "bitwise_right_shift",
    "logaddexp",
    "logaddexp2",
    "nextafter",
    "float_power",
    "fmax",
    "fmin",
    "gcd",
    "lcm",
    "ldexp",
)
_ALWAYS_FLOATING = ("div", "atan2", "xlogy", "logaddexp", "hypot", "float_power")
_FLOATING_UNARY = frozenset(
    "exp log sqrt sin cos tan tanh atan asin acos sinh cosh asinh acosh atanh erf erfc erfinv sigmoid "
    "log2 log10 log1p expm1 exp2 rsqrt reciprocal logit digamma lgamma sinc i0 i0e ndtri "
    "deg2rad rad2deg polygamma mvlgamma".split()
)
_UNARY = tuple(
    "neg abs exp log sqrt sin cos tan tanh atan asin acos sinh cosh asinh acosh atanh floor ceil "
    "round trunc frac square reciprocal sign sgn rsqrt erf erfc erfinv log2 log10 log1p expm1 exp2 "
    "sigmoid relu logit digamma lgamma positive conj sinc i0 i0e ndtri deg2rad rad2deg nan_to_num "
    "conj_physical resolve_conj resolve_neg".split()
)
_TESTS = ("isnan", "isinf", "isfinite", "isposinf", "isneginf", "isreal", "signbit", "logical_not")
_ALIASES = {
    "multiply": "mul",
    "subtract": "sub",
    "divide": "div",
    "true_divide": "div",
    "greater": "gt",
    "less": "lt",
    "greater_equal": "ge",
    "less_equal": "le",
    "not_equal": "ne",
    "absolute": "abs",
    "negative": "neg",
    "arctan": "atan",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan2": "atan2",
    "fix": "trunc",
    "expit": "sigmoid",
    "arctanh": "atanh",
    "arcsinh": "asinh",
    "arccosh": "acosh",
}


def shapes_of(*operands):
    return [operand.shape for operand in operands if isinstance(operand, Tensor)]


def _check_operand(name, operand):
    if not isinstance(operand, (Tensor, bool, int, float, complex)):
        raise TypeError(f"{name}(): argument 'other' must be Tensor, not {type(operand).__name__}")


def binary_result(name, input, other, is_test, floats):
    _check_operand(name, input)
    _check_operand(name, other)
    shape = broadcast(*shapes_of(input, other))
    kind = dtypes.bool_ if is_test else dtypes.result_type(input, other)
    if floats and kind.category in ("bool", "integer"):
        kind = dtypes.default.floating
    values = elementwise(BINARY.get(name), shape, input, other)
    if values is not None and kind.category == "float":
        values = [float(value) for value in values]
    return Tensor(shape, kind, values, transformed(name, input, other))


def transformed(name, input, other):
    """How elements are drawn after arithmetic with a number."""
    tensor, number = (input, other) if isinstance(input, Tensor) else (other, input)
    drawn = getattr(tensor, "drawn", None)
    if drawn is None or isinstance(number, (Tensor, complex)):
        return None
    kind, first, second = drawn
    is_reversed = tensor is other
    if name == "add":
        shift, scale = number, 1
    elif name == "sub":
        shift, scale = (number, -1) if is_reversed else (-number, 1)
    elif name == "mul":
        shift, scale = 0, number
    elif name == "div" and not is_reversed and number != 0:
        shift, scale = 0, 1 / number
    else:
        return None
    if kind == "normal":
        return (kind, first * scale + shift, abs(second * scale))
    ends = sorted((first * scale + shift, second * scale + shift))
    return (kind, *ends)


def _enter_binary(name, is_test):
    floats = name in _ALWAYS_FLOATING
    if name in ("add", "sub"):

        def compute(input, other, alpha=1):
            return binary_result(name, input, other, is_test, floats)

    elif name == "div":

        def compute(input, other, rounding_mode=None):
            return binary_result(
                name if rounding_mode is None else "floor_divide",
                input,
                other,
                is_test,
                rounding_mode is None,
            )

    else:

        def compute(input, other):
            return binary_result(name, input, other, is_test, floats)

    operator(name)(compute)


def _enter_unary(name):
    floats = name in _FLOATING_UNARY

    def compute(input):
        if not isinstance(input, Tensor):
            raise TypeError(
                f"{name}(): argument 'input' must be Tensor, not {type(input).__name__}"
            )
        kind = input.dtype
        if name == "neg" and kind is dtypes.bool_:
            raise RuntimeError(
                "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to "
                "invert a mask, use the `~` or `logical_not()` operator instead."
            )
        if floats and kind.category in ("bool", "integer"):
            kind = dtypes.default.floating
        if name == "abs" and kind.is_complex:
            kind = kind.to_real()
        values = elementwise(UNARY.get(name), input.shape, input)
        drawn = (
            input.drawn
            if name == "positive"
            else transformed("mul", input, -1) if name == "neg" else None
        )
        return Tensor(input.shape, kind, values, drawn)

    operator(name)(compute)


def _enter_test(name):
    def compute(input):
        return Tensor(input.shape, dtypes.bool_, elementwise(UNARY.get(name), input.shape, input))

    operator(name)(compute)


for _name in _ARITHMETIC:
    _enter_binary(_name, False)
for _name in _COMPARISONS:
    _enter_binary(_name, True)
for _name in _UNARY:
    _enter_unary(_name)
for _name in _TESTS:
    _enter_test(_name)
for _alias, _name in _ALIASES.items():
    OPERATORS[_alias] = METHODS[_alias] = OPERATORS[_name]


@operator("round")
def rounded(input, decimals=0):
    values = elementwise(UNARY["round"], input.shape, input) if decimals == 0 else None
    return Tensor(input.shape, input.dtype, values)


@operator()
def bitwise_not(input):
    invert = (lambda v: not v) if input.dtype is dtypes.bool_ else (lambda v: ~v)
    return Tensor(input.shape, input.dtype, elementwise(invert, input.shape, input))


@operator()
def rsub(input, other, alpha=1):
    return OPERATORS["sub"](other, input)


@operator()
def where(condition, input=None, other=None):
    if input is None:
        return OPERATORS["nonzero"](condition, as_tuple=True)
    shape = broadcast(*shapes_of(condition, input, other))
    kind = dtypes.result_type(input, other)
    return Tensor(
        shape, kind, elementwise(lambda c, a, b: a if c else b, shape, condition, input, other)
    )


@operator("clamp", "clip")
def clamp(input, min=None, max=None):
    shape = broadcast(*shapes_of(input, min, max))

    def limit(value):
        value = value if min is None or value > min else min
        return value if max is None or value < max else max

    are_numbers = not isinstance(min, Tensor) and not isinstance(max, Tensor)
    values = elementwise(limit, shape, input) if are_numbers else None
    kind = dtypes.result_type(*(item for item in (input, min, max) if item is not None))
    return Tensor(shape, kind, values)


@operator()
def clamp_min(input, min):
    return clamp(input, min)


@operator()
def clamp_max(input, max):
    return clamp(input, None, max)


@operator()
def lerp(input, end, weight):
    return Tensor(broadcast(*shapes_of(input, end, weight)), input.dtype)


@operator()
def addcmul(input, tensor1, tensor2, value=1):
    return Tensor(
        broadcast(*shapes_of(input, tensor1, tensor2)), dtypes.result_type(input, tensor1, tensor2)
    )


@operator()
def addcdiv(input, tensor1, tensor2, value=1):
    return Tensor(
        broadcast(*shapes_of(input, tensor1, tensor2)), dtypes.result_type(input, tensor1, tensor2)
    )


@operator()
def masked_fill(input, mask, value):
    if mask.dtype is not dtypes.bool_:
        name = c_name(mask.dtype)
        raise RuntimeError(
            f"masked_fill_ only supports boolean masks, but got mask with dtype {name}"
        )
    shape = broadcast(input.shape, mask.shape)
    values = elementwise(lambda m, v: value if m else v, shape, mask, input)
    return Tensor(shape, input.dtype, values if not isinstance(value, Tensor) else None)


@operator()
def isclose(input, other, rtol=1e-5, atol=1e-8, equal_nan=False):
    return Tensor(broadcast(input.shape, other.shape), dtypes.bool_)


@operator()
def view_as_real(input):
    return Tensor((*input.shape, 2), input.dtype.to_real())


@operator()
def view_as_complex(input):
    return Tensor(input.shape[:-1], input.dtype.to_complex())


@operator()
def polar(abs, angle):
    return Tensor(broadcast(abs.shape, angle.shape), abs.dtype.to_complex())


@operator("complex")
def complex_of(real, imag):
    return Tensor(broadcast(real.shape, imag.shape), real.dtype.to_complex())


def _real_part(name):
    def compute(input):
        return Tensor(input.shape, input.dtype.to_real() if input.dtype.is_complex else input.dtype)

    operator(name)(compute)


for _name in ("real", "imag", "angle"):
    _real_part(_name)


# Python's own operators


def _forward(method, name):
    def call(self, other):
        if other is None or isinstance(other, (str, Unknown)):
            if name in ("eq", "ne") and not isinstance(other, Unknown):
                return name == "ne"
            return other if isinstance(other, Unknown) else NotImplemented
        if isinstance(other, (list, tuple, dict)):
            return NotImplemented
        return OPERATORS[name](self, other)

    setattr(Tensor, method, call)


def _reversed(method, name):
    def call(self, other):
        if other is None or isinstance(other, (str, list, tuple, dict)):
            return NotImplemented
        return other if isinstance(other, Unknown) else OPERATORS[name](other, self)

    setattr(Tensor, method, call)


def _in_place(method, name):
    def call(self, other):
        if isinstance(other, Unknown):
            return self
        return OPERATORS[name].in_place(self, other)

    setattr(Tensor, method, call)


_PYTHON = {
    "add": "add",
    "sub": "sub",
    "mul": "mul",
    "truediv": "div",
    "pow": "pow",
    "mod": "remainder",
    "floordiv": "floor_divide",
    "matmul": "matmul",
    "and": "bitwise_and",
    "or": "bitwise_or",
    "xor": "bitwise_xor",
    "lshift": "bitwise_left_shift",
    "rshift": "bitwise_right_shift",
}
for _method, _name in _PYTHON.items():
    _forward(f"__{_method}__", _name)
    _reversed(f"__r{_method}__", _name)
    if _method != "matmul":
        _in_place(f"__i{_method}__", _name)
for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    _forward(f"__{_name}__", _name)
Tensor.__neg__ = lambda self: OPERATORS["neg"](self)
Tensor.__pos__ = lambda self: self
Tensor.__abs__ = lambda self: OPERATORS["abs"](self)
Tensor.__invert__ = lambda self: OPERATORS["bitwise_not"](self)
Tensor.__round__ = lambda self, *rest: OPERATORS["round"](self)
