"""Values of small constant tensors, as flat lists in row-major order."""

import math
import operator

# Larger tensors are known by shape alone.
MAXIMUM_KNOWN = 4096


def strides_of(shape):
    strides = []
    step = 1
    for size in reversed(shape):
        strides.append(step)
        step *= size
    return tuple(reversed(strides))


def gathered(values, shape, strides, start=0):
    """The values of a view with the given sizes and strides."""
    indices = [start]
    for size, stride in zip(shape, strides):
        indices = [index + i * stride for index in indices for i in range(size)]
    return [values[index] for index in indices]


def spread(values, shape, target):
    """Broadcasts values to a shape."""
    if tuple(shape) == tuple(target):
        return values
    if len(values) == 1:
        return values * math.prod(target)
    strides = (0,) * (len(target) - len(shape)) + tuple(
        0 if size == 1 else stride for size, stride in zip(shape, strides_of(shape))
    )
    return gathered(values, target, strides)


def elementwise(function, target, *operands):
    """Applies a function to known operands; None where one is unknown or the function has no value."""
    if function is None or math.prod(target) > MAXIMUM_KNOWN:
        return None
    columns = []
    for operand in operands:
        if hasattr(operand, "identity"):
            if operand.values is None:
                return None
            columns.append(spread(operand.values, operand.shape, target))
        elif isinstance(operand, (bool, int, float)):
            columns.append([operand] * math.prod(target))
        else:
            return None
    try:
        return [function(*row) for row in zip(*columns)]
    except (TypeError, ValueError, OverflowError):
        return None


def cast(values, kind):
    """Values as a type of elements holds them."""
    if values is None:
        return None
    try:
        if kind.category == "bool":
            return [bool(value) for value in values]
        if kind.category == "integer":
            return [int(value) for value in values]
        if kind.category == "float":
            return [float(value) for value in values]
    except (TypeError, ValueError, OverflowError):
        return None
    return None


def true_divide(left, right):
    if right == 0:
        return math.nan if left == 0 or left != left else math.copysign(math.inf, left)
    return left / right


def power(base, exponent):
    try:
        raised = base**exponent
    except ZeroDivisionError:
        return math.inf
    return math.nan if isinstance(raised, complex) else raised


def natural_log(value):
    return math.log(value) if value > 0 else -math.inf if value == 0 else math.nan


def square_root(value):
    return math.sqrt(value) if value >= 0 else math.nan


def exponential(value):
    return math.exp(value) if value < 709 else math.inf


def half_to_even(value):
    return float(round(value))


def sign(value):
    return (value > 0) - (value < 0)


BINARY = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": true_divide,
    "pow": power,
    "floor_divide": operator.floordiv,
    "remainder": operator.mod,
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "maximum": max,
    "minimum": min,
    "logical_and": lambda a, b: bool(a) and bool(b),
    "logical_or": lambda a, b: bool(a) or bool(b),
    "logical_xor": lambda a, b: bool(a) != bool(b),
    "bitwise_and": operator.and_,
    "bitwise_or": operator.or_,
    "bitwise_xor": operator.xor,
    "bitwise_left_shift": operator.lshift,
    "bitwise_right_shift": operator.rshift,
    "fmod": math.fmod,
    "atan2": math.atan2,
    "hypot": math.hypot,
}
UNARY = {
    "neg": operator.neg,
    "abs": abs,
    "exp": exponential,
    "log": natural_log,
    "sqrt": square_root,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "tanh": math.tanh,
    "atan": math.atan,
    "floor": math.floor,
    "ceil": math.ceil,
    "round": half_to_even,
    "trunc": math.trunc,
    "square": lambda v: v * v,
    "reciprocal": lambda v: true_divide(1, v),
    "sign": sign,
    "rsqrt": lambda v: power(v, -0.5) if v >= 0 else math.nan,
    "erf": math.erf,
    "log2": lambda v: math.log2(v) if v > 0 else -math.inf,
    "log10": lambda v: math.log10(v) if v > 0 else -math.inf,
    "log1p": math.log1p,
    "expm1": math.expm1,
    "sigmoid": lambda v: 1 / (1 + math.exp(-v)) if v > -700 else 0.0,
    "relu": lambda v: v if v > 0 else type(v)(0),
    "logical_not": operator.not_,
    "isnan": lambda v: v != v,
    "isinf": math.isinf,
    "isfinite": math.isfinite,
}
