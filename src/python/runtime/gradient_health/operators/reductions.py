"""Operators that take axes away, order elements along one, or accumulate."""

import math
from collections import namedtuple

from .. import dtypes
from ..tensor import METHODS, Tensor, as_integer, check_axis
from .shapes import axes, broadcast, reduced
from .table import OPERATORS, operator

ValuesAndIndices = namedtuple("ValuesAndIndices", ("values", "indices"))


def known_reduction(input, dropped, function):
    """The values of a reduction over all axes, or over the last one."""
    if input.values is None or input.numel() == 0:
        return None
    try:
        if len(dropped) == input.ndim:
            return [function(input.values)]
        if dropped == [input.ndim - 1]:
            size = input.shape[-1]
            rows = range(0, len(input.values), size)
            return [function(input.values[start : start + size]) for start in rows]
    except (TypeError, ValueError, OverflowError):
        return None
    return None


def _accumulated(kind):
    return dtypes.int64 if kind.category in ("bool", "integer") else kind


@operator("sum")
def sum_of(input, dim=None, keepdim=False, dtype=None):
    if isinstance(dim, bool):
        dim = None
    dropped = axes(dim, input.ndim)
    total = math.fsum if input.dtype.is_floating_point else sum
    values = known_reduction(input, dropped, total)
    return Tensor(
        reduced(input.shape, dropped, keepdim), dtype or _accumulated(input.dtype), values
    )


@operator()
def prod(input, dim=None, keepdim=False, dtype=None):
    dropped = axes(dim, input.ndim)
    values = known_reduction(input, dropped, math.prod)
    return Tensor(
        reduced(input.shape, dropped, keepdim), dtype or _accumulated(input.dtype), values
    )


def _needs_floats(name, input, dtype):
    if dtype is None and input.dtype.category in ("bool", "integer"):
        text = {"bool": "Bool", "int64": "Long", "int32": "Int"}.get(
            input.dtype.name, input.dtype.name
        )
        raise RuntimeError(
            f"{name}(): could not infer output dtype. Input dtype must be either a floating point or "
            f"complex dtype. Got: {text}"
        )


def _enter_mean(name):
    def compute(input, dim=None, keepdim=False, dtype=None):
        _needs_floats(name, input, dtype)
        dropped = axes(dim, input.ndim)
        values = known_reduction(input, dropped, lambda row: math.fsum(row) / len(row))
        return Tensor(reduced(input.shape, dropped, keepdim), dtype or input.dtype, values)

    operator(name)(compute)


for _name in ("mean", "nanmean", "nansum"):
    _enter_mean(_name)


def _spread_arguments(dim, unbiased, correction):
    """`std(True)` and `std(dim, True)` of old, as axis and correction."""
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    if correction is None:
        correction = 1 if unbiased is None or unbiased else 0
    return dim, correction


def _enter_spread(name, count):
    def compute(input, dim=None, unbiased=None, keepdim=False, correction=None):
        dim, correction = _spread_arguments(dim, unbiased, correction)
        shape = reduced(input.shape, axes(dim, input.ndim), keepdim)
        results = tuple(Tensor(shape, input.dtype) for _ in range(count))
        return results if count > 1 else results[0]

    def written(arguments):
        dim, correction = _spread_arguments(
            arguments["dim"], arguments["unbiased"], arguments["correction"]
        )
        kept = {key: arguments[key] for key in ("input", "keepdim")}
        return {**kept, "dim": dim, "correction": correction}

    operator(name, records=written)(compute)


_enter_spread("std", 1)
_enter_spread("var", 1)
_enter_spread("std_mean", 2)
_enter_spread("var_mean", 2)


def _enter_extreme(name, function, pairwise):
    def compute(input, dim=None, keepdim=False, other=None):
        if isinstance(dim, Tensor):
            other, dim = dim, None
        if other is not None:
            return OPERATORS[pairwise](input, other)
        if dim is None:
            return Tensor((), input.dtype, known_reduction(input, axes(None, input.ndim), function))
        dropped = axes(dim, input.ndim)
        shape = reduced(input.shape, dropped, keepdim)
        values = known_reduction(input, dropped, function)
        return ValuesAndIndices(Tensor(shape, input.dtype, values), Tensor(shape, dtypes.int64))

    operator(name)(compute)


_enter_extreme("max", max, "maximum")
_enter_extreme("min", min, "minimum")


def _enter_indexed(name):
    def compute(input, dim=None, keepdim=False):
        if dim is None and name == "median":
            return Tensor((), input.dtype)
        shape = reduced(input.shape, axes(-1 if dim is None else dim, input.ndim), keepdim)
        return ValuesAndIndices(Tensor(shape, input.dtype), Tensor(shape, dtypes.int64))

    operator(name)(compute)


for _name in ("median", "mode", "nanmedian"):
    _enter_indexed(_name)


def _enter_plain(name, function, kind):
    def compute(input, dim=None, keepdim=False):
        dropped = axes(dim, input.ndim)
        values = known_reduction(input, dropped, function) if function else None
        return Tensor(reduced(input.shape, dropped, keepdim), kind or input.dtype, values)

    operator(name)(compute)


def _position_of(extreme):
    return lambda row: row.index(extreme(row))


_enter_plain("amax", max, None)
_enter_plain("amin", min, None)
_enter_plain("logsumexp", None, None)
_enter_plain("any", any, dtypes.bool_)
_enter_plain("all", all, dtypes.bool_)
_enter_plain("argmax", _position_of(max), dtypes.int64)
_enter_plain("argmin", _position_of(min), dtypes.int64)
_enter_plain("count_nonzero", lambda row: len([value for value in row if value]), dtypes.int64)


@operator()
def norm(input, p="fro", dim=None, keepdim=False, dtype=None):
    return Tensor(reduced(input.shape, axes(dim, input.ndim), keepdim), dtype or input.dtype)


@operator()
def dist(input, other, p=2):
    broadcast(input.shape, other.shape)
    return Tensor((), input.dtype)


@operator()
def quantile(input, q, dim=None, keepdim=False, interpolation="linear"):
    shape = reduced(input.shape, axes(dim, input.ndim), keepdim)
    return Tensor((*q.shape, *shape) if isinstance(q, Tensor) else shape, input.dtype)


@operator()
def topk(input, k, dim=-1, largest=True, sorted=True):
    axis = check_axis(dim, input.ndim)
    count = as_integer(k)
    if count > (input.shape[axis] if input.ndim else 1):
        raise RuntimeError("selected index k out of range")
    shape = list(input.shape)
    if shape:
        shape[axis] = count
    return ValuesAndIndices(Tensor(shape, input.dtype), Tensor(shape, dtypes.int64))


@operator()
def kthvalue(input, k, dim=-1, keepdim=False):
    shape = reduced(input.shape, axes(dim, input.ndim), keepdim)
    return ValuesAndIndices(Tensor(shape, input.dtype), Tensor(shape, dtypes.int64))


@operator()
def sort(input, dim=-1, descending=False, stable=False):
    values = indices = None
    if input.ndim == 1 and input.values is not None:
        places = sorted(range(len(input.values)), key=input.values.__getitem__, reverse=descending)
        values, indices = [input.values[place] for place in places], places
    return ValuesAndIndices(
        Tensor(input.shape, input.dtype, values), Tensor(input.shape, dtypes.int64, indices)
    )


@operator()
def argsort(input, dim=-1, descending=False, stable=False):
    return sort(input, dim, descending).indices


@operator()
def msort(input):
    return Tensor(input.shape, input.dtype)


def _enter_cumulative(name, step):
    def compute(input, dim, dtype=None):
        check_axis(dim, input.ndim)
        values = None
        if step is not None and input.ndim == 1 and input.values:
            values = [input.values[0]]
            for value in input.values[1:]:
                values.append(step(values[-1], value))
        kind = _accumulated(input.dtype) if name != "logcumsumexp" else input.dtype
        return Tensor(input.shape, dtype or kind, values)

    operator(name)(compute)


_enter_cumulative("cumsum", lambda total, value: total + value)
_enter_cumulative("cumprod", lambda total, value: total * value)
_enter_cumulative("logcumsumexp", None)


def _enter_cumulative_extreme(name):
    def compute(input, dim):
        return ValuesAndIndices(Tensor(input.shape, input.dtype), Tensor(input.shape, dtypes.int64))

    operator(name)(compute)


_enter_cumulative_extreme("cummax")
_enter_cumulative_extreme("cummin")


@operator()
def diff(input, n=1, dim=-1):
    shape = list(input.shape)
    shape[dim] = max(0, shape[dim] - n)
    return Tensor(shape, input.dtype)


@operator()
def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    values = None
    count = input.numel()
    if input.values is not None and dim is None:
        values = list(dict.fromkeys(input.values))
        if sorted:
            values.sort()
        count = len(values)
    results = [Tensor((count,), input.dtype, values)]
    if return_inverse:
        results.append(Tensor(input.shape, dtypes.int64))
    if return_counts:
        results.append(Tensor((count,), dtypes.int64))
    return results[0] if len(results) == 1 else tuple(results)


@operator()
def bincount(input, weights=None, minlength=0):
    values = None
    count = as_integer(minlength)
    if input.values is not None:
        count = max(count, max(input.values, default=-1) + 1)
        if weights is None:
            values = [input.values.count(place) for place in range(count)]
    return Tensor((max(count, 1),), weights.dtype if weights is not None else dtypes.int64, values)


@operator()
def histc(input, bins=100, min=0, max=0):
    return Tensor((bins,), input.dtype)


@operator()
def trace(input):
    return Tensor((), input.dtype)


METHODS["nansum"] = OPERATORS["nansum"]
