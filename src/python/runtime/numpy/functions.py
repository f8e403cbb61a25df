"""Functions of numpy, by the operators of the one table."""

import builtins as _builtins
import math as _math

from gradient_health import dtypes as _dtypes
from gradient_health.operators import OPERATORS as _OPERATORS
from gradient_health.recording import recorder as _recorder
from gradient_health.unknown import Unknown as _Unknown

from .array import apply as _apply
from .array import ndarray, unrecorded as _unrecorded
from .array import result_of as _result_of
from .array import wrapped as _wrapped
from .scalars import dtype as _dtype


def _made(name, *positional, kind=None, **named):
    run = _unrecorded(_OPERATORS[name])
    return ndarray(_tensor=run(*positional, dtype=_dtype(kind or float)._kind, **named))


def array(object, dtype=None, copy=True, ndmin=0, **named):
    return _wrapped(object, dtype)


def asarray(object, dtype=None, **named):
    return object if isinstance(object, ndarray) and dtype is None else _wrapped(object, dtype)


ascontiguousarray = asanyarray = asfarray = asarray


def zeros(shape, dtype=float, **named):
    return _made("zeros", _shape(shape), kind=dtype)


def ones(shape, dtype=float, **named):
    return _made("ones", _shape(shape), kind=dtype)


def empty(shape, dtype=float, **named):
    return _made("empty", _shape(shape), kind=dtype)


def full(shape, fill_value, dtype=None, **named):
    kind = dtype or _dtypes.of_number(fill_value).name
    return _made("full", _shape(shape), fill_value, kind="float64" if kind == "float32" else kind)


def _shape(shape):
    return tuple(shape) if hasattr(shape, "__len__") else (shape,)


def zeros_like(a, dtype=None, **named):
    return zeros(asarray(a).shape, dtype or asarray(a).dtype)


def ones_like(a, dtype=None, **named):
    return ones(asarray(a).shape, dtype or asarray(a).dtype)


def full_like(a, fill_value, dtype=None, **named):
    return full(asarray(a).shape, fill_value, dtype or asarray(a).dtype)


empty_like = zeros_like


def eye(N, M=None, k=0, dtype=float, **named):
    if k:
        columns = M or N
        rows = [[_builtins.float(j - i == k) for j in range(columns)] for i in range(N)]
        return array(rows, dtype)
    return _made("eye", N, M, kind=dtype)


identity = eye


def arange(*positional, dtype=None, **named):
    floats = _builtins.any(isinstance(value, float) for value in positional)
    return _made("arange", *positional, kind=dtype or ("float64" if floats else "int64"), **named)


def linspace(start, stop, num=50, endpoint=True, dtype=float, **named):
    if not endpoint:
        stop = stop - (stop - start) / num
    return _made("linspace", start, stop, num, kind=dtype)


def logspace(start, stop, num=50, base=10.0, **named):
    return _made("logspace", start, stop, num, base)


def meshgrid(*arrays, indexing="xy"):
    tensors = [asarray(item)._tensor for item in arrays]
    return list(_result_of(_unrecorded(_OPERATORS["meshgrid_of"])(tensors, indexing)))


# Element by element


def _unary(name, operator, plain=None):
    def call(x, *positional, **named):
        if plain is not None and isinstance(x, (_builtins.bool, _builtins.int, _builtins.float)):
            return plain(x)
        return _apply(operator, asarray(x))

    call.__name__ = name
    globals()[name] = call


for _name, _plain in (
    ("exp", _math.exp),
    ("log", _math.log),
    ("sqrt", _math.sqrt),
    ("sin", _math.sin),
    ("cos", _math.cos),
    ("tan", _math.tan),
    ("tanh", _math.tanh),
    ("log2", _math.log2),
    ("log10", _math.log10),
    ("log1p", _math.log1p),
    ("expm1", _math.expm1),
    ("sinh", None),
    ("cosh", None),
    ("square", lambda v: v * v),
    ("sign", lambda v: (v > 0) - (v < 0)),
    ("isnan", _math.isnan),
    ("isinf", _math.isinf),
    ("isfinite", _math.isfinite),
    ("logical_not", None),
    ("reciprocal", None),
):
    _unary(_name, _name, _plain)
for _name, _operator, _plain in (
    ("floor", "floor", lambda v: _builtins.float(_math.floor(v))),
    ("ceil", "ceil", lambda v: _builtins.float(_math.ceil(v))),
    ("abs", "abs", _builtins.abs),
    ("absolute", "abs", _builtins.abs),
    ("negative", "neg", None),
    ("arctan", "atan", _math.atan),
    ("arcsin", "asin", _math.asin),
    ("arccos", "acos", _math.acos),
    ("rint", "round", None),
    ("trunc", "trunc", None),
    ("nan_to_num", "nan_to_num", None),
):
    _unary(_name, _operator, _plain)


def round(a, decimals=0, **named):
    return (
        _builtins.round(a, decimals)
        if isinstance(a, (_builtins.int, _builtins.float))
        else _apply("round", asarray(a))
    )


around = round_ = round


def _binary(name, operator):
    def call(x1, x2, *positional, **named):
        numbers = (_builtins.bool, _builtins.int, _builtins.float)
        left = x1 if isinstance(x1, numbers) and not isinstance(x2, numbers) else asarray(x1)
        return _apply(operator, left, x2 if isinstance(x2, numbers) else asarray(x2))

    call.__name__ = name
    globals()[name] = call


for _name, _operator in (
    ("add", "add"),
    ("subtract", "sub"),
    ("multiply", "mul"),
    ("divide", "div"),
    ("power", "pow"),
    ("mod", "remainder"),
    ("remainder", "remainder"),
    ("maximum", "maximum"),
    ("minimum", "minimum"),
    ("floor_divide", "floor_divide"),
    ("equal", "eq"),
    ("not_equal", "ne"),
    ("greater", "gt"),
    ("less", "lt"),
    ("logical_and", "logical_and"),
    ("logical_or", "logical_or"),
    ("arctan2", "atan2"),
    ("matmul", "matmul"),
    ("dot", "matmul"),
    ("outer", "outer"),
    ("isclose", "isclose"),
):
    _binary(_name, _operator)
true_divide = divide


def clip(a, a_min=None, a_max=None, **named):
    return _apply("clamp", asarray(a), a_min, a_max)


def where(condition, x=None, y=None):
    if x is None:
        return _apply("nonzero", asarray(condition), as_tuple=True)
    return _apply("where", asarray(condition), asarray(x), asarray(y))


# Over axes


def _reduction(name, operator, counts=True):
    def call(a, axis=None, dtype=None, out=None, keepdims=False, **named):
        if isinstance(a, _Unknown):
            return a
        given = asarray(a)
        if name in ("mean", "std", "var") and given.dtype.kind in "iub":
            given = given.astype(float)
        options = {"dim": axis}
        if counts:
            options["keepdim"] = keepdims
        result = _apply(operator, given, **options)
        return result[0] if isinstance(result, tuple) else result

    call.__name__ = name
    globals()[name] = call


for _name, _operator in (
    ("sum", "sum"),
    ("mean", "mean"),
    ("prod", "prod"),
    ("std", "std"),
    ("var", "var"),
    ("max", "amax"),
    ("min", "amin"),
    ("amax", "amax"),
    ("amin", "amin"),
    ("any", "any"),
    ("all", "all"),
    ("argmax", "argmax"),
    ("argmin", "argmin"),
    ("nanmean", "mean"),
    ("average", "mean"),
):
    _reduction(_name, _operator)
product = prod


def cumsum(a, axis=None, **named):
    given = asarray(a)
    return _apply("cumsum", given if axis is not None else given.reshape(-1), axis or 0)


def cumprod(a, axis=None, **named):
    given = asarray(a)
    return _apply("cumprod", given if axis is not None else given.reshape(-1), axis or 0)


def argsort(a, axis=-1, **named):
    return _apply("argsort", asarray(a), axis)


def sort(a, axis=-1, **named):
    return _apply("sort", asarray(a), axis)[0]


def unique(ar, return_inverse=False, return_counts=False, **named):
    return _apply("unique", asarray(ar), True, return_inverse, return_counts)


def bincount(x, weights=None, minlength=0):
    return _apply("bincount", asarray(x), minlength=minlength)


def count_nonzero(a, axis=None):
    return _apply("count_nonzero", asarray(a), axis)


def median(a, axis=None, **named):
    given = asarray(a)
    if axis is None and given._tensor.values is not None:
        values = sorted(given._tensor.values)
        return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    return _without_values(_apply("mean", given.astype(float), axis))


def percentile(a, q, axis=None, **named):
    return _without_values(_apply("mean", asarray(a).astype(float), axis))


quantile = percentile


def ptp(a, axis=None, **named):
    return max(a, axis) - min(a, axis)


def _without_values(result):
    """A number that depends on all values is a number all the same; it stands for any."""
    if isinstance(result, ndarray):
        result._tensor.values = None
    return result


# Shapes


def reshape(a, shape, **named):
    return asarray(a).reshape(shape)


def ravel(a, **named):
    return asarray(a).reshape(-1)


def transpose(a, axes=None):
    return asarray(a).transpose(*(axes or ()))


def expand_dims(a, axis):
    return _apply("unsqueeze", asarray(a), axis)


def squeeze(a, axis=None):
    return _apply("squeeze", asarray(a), axis)


def swapaxes(a, axis1, axis2):
    return _apply("transpose", asarray(a), axis1, axis2)


def moveaxis(a, source, destination):
    return _apply("movedim", asarray(a), source, destination)


@_unrecorded
def _joined(name, arrays, *positional):
    return _result_of(_OPERATORS[name]([asarray(item)._tensor for item in arrays], *positional))


def concatenate(arrays, axis=0, **named):
    return _joined("cat", arrays, axis)


concat = concatenate


def stack(arrays, axis=0, **named):
    return _joined("stack", arrays, axis)


def vstack(arrays, **named):
    return _joined("vstack", arrays)


def hstack(arrays, **named):
    return _joined("hstack", arrays)


def append(arr, values, axis=None):
    if axis is None:
        return concatenate([ravel(arr), ravel(values)])
    return concatenate([arr, values], axis)


def split(a, sections, axis=0):
    return list(_apply("tensor_split", asarray(a), sections, axis))


array_split = split


def repeat(a, repeats, axis=None):
    return _apply("repeat_interleave", asarray(a), repeats, axis)


def tile(a, reps):
    return _apply("tile", asarray(a), _shape(reps))


def flip(a, axis=None):
    given = asarray(a)
    return _apply("flip", given, list(range(given.ndim)) if axis is None else _shape(axis))


def roll(a, shift, axis=None):
    return _apply("roll", asarray(a), shift, axis)


def pad(a, width, mode="constant", **named):
    given = asarray(a)
    pairs = [width] * given.ndim if not hasattr(width, "__len__") else list(width)
    edges = [
        edge
        for pair in reversed(pairs)
        for edge in (pair if hasattr(pair, "__len__") else (pair, pair))
    ]
    return _apply("pad", given, edges)


def triu(m, k=0):
    return _apply("triu", asarray(m), k)


def tril(m, k=0):
    return _apply("tril", asarray(m), k)


def diag(v, k=0):
    return _apply("diag", asarray(v), k)


def broadcast_to(array, shape):
    return _apply("broadcast_to", asarray(array), shape)


def copy(a, **named):
    return asarray(a).copy()


def shape(a):
    return asarray(a).shape


def ndim(a):
    return asarray(a).ndim


def size(a, axis=None):
    return asarray(a).size if axis is None else asarray(a).shape[axis]


def isscalar(value):
    return isinstance(value, (_builtins.bool, _builtins.int, _builtins.float, complex))


def array_equal(a, b):
    return (
        asarray(a)._tensor.values == asarray(b)._tensor.values
        and asarray(a).shape == asarray(b).shape
    )


def allclose(a, b, **named):
    return True


def issubdtype(given, wanted):
    return (
        _dtype(given).kind == "f"
        if getattr(wanted, "__name__", "") == "floating"
        else _dtype(given).kind in "iu"
    )


def einsum(equation, *operands):
    return _result_of(
        _unrecorded(_OPERATORS["einsum_of"])(equation, [asarray(item)._tensor for item in operands])
    )


def vectorize(function, **named):
    return lambda a: array([function(value) for value in asarray(a).tolist()])


def load(file, *positional, **named):
    _recorder.note("unknown-file", f"{str(file)[:200]} is not read.")
    return _Unknown("numpy.load()")


loadtxt = genfromtxt = fromfile = memmap = frombuffer = load


def save(*positional, **named):
    pass


savetxt = savez = savez_compressed = save
