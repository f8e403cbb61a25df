"""Operators that make tensors: constants, ranges, random numbers, and conversions."""

import math
import random

from .. import dtypes
from ..recording import RANDOM, plain, recorder
from ..tensor import METHODS, Tensor, as_integer
from ..unknown import Unknown
from ..values import MAXIMUM_KNOWN, cast
from .shapes import sizes
from .table import OPERATORS

# Numbers of small random integer tensors, so that what indexes with them has some.
_generator = random.Random(0)


def made(name, tensor, arguments, requires_grad=False):
    """Records a tensor that was made out of nothing."""
    if not recorder.depth:
        recorder.record(name, {key: plain(value) for key, value in arguments.items()}, [tensor])
    if requires_grad:
        tensor.requires_grad = True
    return tensor


def _size_of(positional, named):
    if "size" in named:
        return sizes(named.pop("size"))
    if len(positional) == 1:
        return sizes(positional[0])
    return tuple(as_integer(size) for size in positional)


def _constant(name, value):
    def create(*positional, dtype=None, device=None, requires_grad=False, out=None, **named):
        shape = _size_of(positional, named)
        return filled(name, shape, value, dtype, requires_grad)

    create.__name__ = name
    OPERATORS[name] = create
    return create


def filled(name, shape, value, dtype=None, requires_grad=False):
    kind = dtype or dtypes.default.floating
    count = math.prod(shape)
    values = cast([value], kind)
    values = values * count if values and count <= MAXIMUM_KNOWN else None
    drawn = ("constant", value, value) if kind.is_floating_point else None
    tensor = Tensor(shape, kind, values, drawn)
    return made(name, tensor, {"size": list(shape), "value": value}, requires_grad)


zeros = _constant("zeros", 0.0)
ones = _constant("ones", 1.0)


def empty(*positional, dtype=None, device=None, requires_grad=False, **named):
    tensor = Tensor(_size_of(positional, named), dtype)
    return made("empty", tensor, {"size": list(tensor.shape)}, requires_grad)


def full(size, fill_value, dtype=None, device=None, requires_grad=False, **named):
    value = fill_value.item() if isinstance(fill_value, Tensor) else fill_value
    return filled("full", sizes(size), value, dtype or dtypes.of_number(value), requires_grad)


def _random(name, kind, first, second):
    def create(*positional, dtype=None, device=None, requires_grad=False, generator=None, **named):
        shape = _size_of(positional, named)
        tensor = Tensor(shape, dtype, None, (kind, first, second), RANDOM)
        return made(name, tensor, {"size": list(shape)}, requires_grad)

    create.__name__ = name
    OPERATORS[name] = create
    return create


rand = _random("rand", "uniform", 0.0, 1.0)
randn = _random("randn", "normal", 0.0, 1.0)


def randint(*positional, low=0, high=None, size=None, dtype=None, requires_grad=False, **named):
    positional = list(positional)
    if positional and isinstance(positional[-1], (tuple, list)):
        size = positional.pop()
    if len(positional) == 2:
        low, high = positional
    elif positional:
        high = positional[0]
    return random_integers("randint", as_integer(low), as_integer(high), sizes(size), dtype)


def random_integers(name, low, high, shape, dtype=None):
    if high <= low:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    count = math.prod(shape)
    values = (
        [_generator.randrange(low, high) for _ in range(count)] if count <= MAXIMUM_KNOWN else None
    )
    tensor = Tensor(shape, dtype or dtypes.int64, values, None, RANDOM)
    return made(name, tensor, {"low": low, "high": high, "size": list(shape)})


def randperm(n, dtype=None, **named):
    count = as_integer(n)
    values = _generator.sample(range(count), count) if count <= MAXIMUM_KNOWN else None
    return made(
        "randperm", Tensor((count,), dtype or dtypes.int64, values, None, RANDOM), {"n": count}
    )


def normal(mean=0.0, std=1.0, size=None, dtype=None, requires_grad=False, **named):
    if size is not None:
        shape = sizes(size)
    else:
        shape = next((item.shape for item in (mean, std) if isinstance(item, Tensor)), ())
    drawn = None
    if not isinstance(mean, Tensor) and not isinstance(std, Tensor):
        drawn = ("normal", mean, std)
    tensor = Tensor(shape, dtype, None, drawn, RANDOM)
    return made("normal", tensor, {"mean": mean, "std": std, "size": list(shape)}, requires_grad)


def bernoulli(input, p=None, generator=None):
    return made(
        "bernoulli", Tensor(input.shape, input.dtype, role=RANDOM), {"input": input, "p": p}
    )


def _number(value):
    return value.item() if isinstance(value, Tensor) else value


def arange(
    *positional, start=0, end=None, step=1, dtype=None, device=None, requires_grad=False, **named
):
    given = [_number(value) for value in positional]
    if len(given) == 1:
        if end is None:
            end = given[0]
        else:
            start = given[0]
    elif len(given) >= 2:
        start, end = given[:2]
        step = given[2] if len(given) > 2 else step
    start, end, step = _number(start), _number(end), _number(step)
    if (end - start) * step < 0:
        raise RuntimeError("upper bound and lower bound inconsistent with step sign")
    count = max(0, math.ceil((end - start) / step))
    floats = any(isinstance(value, float) for value in (start, end, step))
    kind = dtype or (dtypes.default.floating if floats else dtypes.int64)
    values = [start + i * step for i in range(count)] if count <= MAXIMUM_KNOWN else None
    tensor = Tensor((count,), kind, cast(values, kind))
    return made("arange", tensor, {"start": start, "end": end, "step": step}, requires_grad)


def linspace(start, end, steps, dtype=None, requires_grad=False, **named):
    start, end, steps = _number(start), _number(end), as_integer(steps)
    step = (end - start) / max(steps - 1, 1)
    values = [start + i * step for i in range(steps)] if steps <= MAXIMUM_KNOWN else None
    tensor = Tensor((steps,), dtype, values)
    return made("linspace", tensor, {"start": start, "end": end, "steps": steps}, requires_grad)


def logspace(start, end, steps, base=10.0, dtype=None, **named):
    step = (end - start) / max(steps - 1, 1)
    values = [base ** (start + i * step) for i in range(steps)] if steps <= MAXIMUM_KNOWN else None
    tensor = Tensor((as_integer(steps),), dtype, values)
    return made("logspace", tensor, {"start": start, "end": end, "steps": steps, "base": base})


def eye(n, m=None, dtype=None, requires_grad=False, **named):
    rows, columns = as_integer(n), as_integer(m if m is not None else n)
    values = None
    if rows * columns <= MAXIMUM_KNOWN:
        values = [float(i == j) for i in range(rows) for j in range(columns)]
    kind = dtype or dtypes.default.floating
    tensor = Tensor((rows, columns), kind, cast(values, kind))
    return made("eye", tensor, {"n": rows, "m": columns}, requires_grad)


def _triangle_indices(name, keeps):
    def create(row, col, offset=0, **named):
        pairs = [(i, j) for i in range(row) for j in range(col) if keeps(j - i, offset)]
        values = [i for i, _ in pairs] + [j for _, j in pairs]
        tensor = Tensor((2, len(pairs)), dtypes.int64, values)
        return made(name, tensor, {"row": row, "col": col, "offset": offset})

    OPERATORS[name] = create
    return create


tril_indices = _triangle_indices("tril_indices", lambda offset, limit: offset <= limit)
triu_indices = _triangle_indices("triu_indices", lambda offset, limit: offset >= limit)


# Tensors like another


def _like(name, function):
    def create(input, *positional, dtype=None, device=None, requires_grad=False, **named):
        named.pop("memory_format", None)
        kind = dtype or input.dtype
        return function(tuple(input.shape), kind, requires_grad, *positional, **named)

    create.__name__ = name
    OPERATORS[name] = METHODS[name] = create
    return create


zeros_like = _like("zeros_like", lambda shape, kind, grad: filled("zeros", shape, 0.0, kind, grad))
ones_like = _like("ones_like", lambda shape, kind, grad: filled("ones", shape, 1.0, kind, grad))
empty_like = _like(
    "empty_like", lambda shape, kind, grad: empty(shape, dtype=kind, requires_grad=grad)
)
full_like = _like(
    "full_like",
    lambda shape, kind, grad, fill_value: filled("full", shape, _number(fill_value), kind, grad),
)
rand_like = _like(
    "rand_like", lambda shape, kind, grad: rand(shape, dtype=kind, requires_grad=grad)
)
randn_like = _like(
    "randn_like", lambda shape, kind, grad: randn(shape, dtype=kind, requires_grad=grad)
)
randint_like = _like(
    "randint_like",
    lambda shape, kind, grad, low, high=None: random_integers(
        "randint", 0 if high is None else low, low if high is None else high, shape, kind
    ),
)


def _new(name, create):
    METHODS[name] = lambda self, *positional, **named: create(
        *positional, **{**named, "dtype": named.get("dtype") or self.dtype}
    )


_new("new_zeros", zeros)
_new("new_ones", ones)
_new("new_empty", empty)
_new("new_full", full)
METHODS["new"] = lambda self, *positional, **named: (
    empty(*positional, dtype=self.dtype)
    if all(isinstance(item, int) for item in positional)
    else tensor(*positional, dtype=self.dtype)
)
METHODS["new_tensor"] = lambda self, data, dtype=None, **named: tensor(
    data, dtype=dtype or self.dtype
)


# Values of Python as tensors


def flat_values(data):
    """The values of nested lists, and their shape; no values where one is not known."""
    data = getattr(data, "_tensor", data)
    if isinstance(data, Tensor):
        return (data.values, tuple(data.shape), data.dtype)
    if isinstance(data, Unknown):
        return (None, (), None)
    if isinstance(data, (list, tuple, range)) or (
        hasattr(data, "__len__") and hasattr(data, "__iter__")
    ):
        if isinstance(data, str):
            raise TypeError("new(): invalid data type 'str'")
        parts = [flat_values(item) for item in data]
        if not parts:
            return ([], (0,), None)
        for place, part in enumerate(parts):
            if part[1] != parts[0][1]:
                raise ValueError(
                    f"expected sequence of length {parts[0][1][0] if parts[0][1] else 0} at dim 1 "
                    f"(got {part[1][0] if part[1] else 0})"
                )
        values = None
        if all(part[0] is not None for part in parts):
            values = [value for part in parts for value in part[0]]
        kind = None
        for part in parts:
            kind = dtypes.promote_types(part[2], kind) if part[2] else kind
        return (values, (len(parts), *parts[0][1]), kind)
    if isinstance(data, (bool, int, float, complex)):
        return ([data], (), dtypes.of_number(data))
    if hasattr(data, "__float__"):
        return ([float(data)], (), dtypes.default.floating)
    raise TypeError(f"new(): invalid data type '{type(data).__name__}'")


def tensor(data, dtype=None, device=None, requires_grad=False, pin_memory=False):
    values, shape, kind = flat_values(data)
    kind = dtype or kind or dtypes.default.floating
    role = "data" if values is None else "constant"
    result = Tensor(shape, kind, cast(values, kind), role=role)
    return made("tensor", result, {"size": list(shape)}, requires_grad)


def as_tensor(data, dtype=None, device=None):
    if isinstance(data, Unknown):
        return data
    data = getattr(data, "_tensor", data)
    if isinstance(data, Tensor):
        return data if dtype is None else data.to(dtype)
    return tensor(data, dtype)


def from_numpy(array):
    return array if isinstance(array, Unknown) else array._tensor


OPERATORS.update(
    empty=empty,
    full=full,
    randint=randint,
    randperm=randperm,
    normal=normal,
    bernoulli=bernoulli,
    arange=arange,
    linspace=linspace,
    logspace=logspace,
    eye=eye,
    tensor=tensor,
    as_tensor=as_tensor,
    from_numpy=from_numpy,
    scalar_tensor=tensor,
)
METHODS["bernoulli"] = bernoulli
