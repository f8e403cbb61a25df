"""Operators that show the same elements in another shape or order."""

import math

from ..dtypes import dtype as element_type
from ..recording import recorder
from ..tensor import METHODS, Tensor, as_integer, check_axis
from ..values import gathered, strides_of
from .shapes import resolved, sizes
from .table import OPERATORS, operator


def same(input, shape, values="same"):
    """A tensor of the same elements."""
    return Tensor(shape, input.dtype, input.values if values == "same" else values, input.drawn)


def reordered(input, order):
    """The axes of a tensor in another order."""
    shape = tuple(input.shape[axis] for axis in order)
    values = None
    if input.values is not None:
        strides = strides_of(input.shape)
        values = gathered(input.values, shape, [strides[axis] for axis in order])
    return same(input, shape, values)


@operator(gathers=True, is_view=True)
def reshape(input, shape):
    return same(input, resolved(sizes(shape), input.numel()))


@operator(gathers=True, is_view=True)
def view(input, shape):
    if isinstance(shape, element_type):
        ratio = input.dtype.itemsize / shape.itemsize
        return Tensor((*input.shape[:-1], int(input.shape[-1] * ratio)), shape)
    return same(input, resolved(sizes(shape), input.numel()))


@operator(is_view=True)
def view_as(input, other):
    return same(input, resolved(other.shape, input.numel()))


OPERATORS["reshape_as"] = METHODS["reshape_as"] = view_as


@operator(is_view=True)
def flatten(input, start_dim=0, end_dim=-1):
    if not input.ndim:
        return same(input, (1,))
    start, end = check_axis(start_dim, input.ndim), check_axis(end_dim, input.ndim)
    if start > end:
        raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
    shape = input.shape
    return same(input, (*shape[:start], math.prod(shape[start : end + 1]), *shape[end + 1 :]))


@operator(is_view=True)
def ravel(input):
    return same(input, (input.numel(),))


@operator(is_view=True)
def unflatten(input, dim, sizes):
    axis = check_axis(dim, input.ndim)
    parts = tuple(as_integer(size) for size in sizes)
    have = input.shape[axis]
    known = math.prod(size for size in parts if size != -1)
    if -1 in parts and known and have % known == 0:
        parts = tuple(have // known if size == -1 else size for size in parts)
    if math.prod(parts) != have:
        raise RuntimeError(
            f"unflatten: Provided sizes {list(parts)} don't multiply up to the size of dim {axis} "
            f"({have}) in the input tensor"
        )
    return same(input, (*input.shape[:axis], *parts, *input.shape[axis + 1 :]))


@operator(is_view=True, gathers=True)
def squeeze(input, dim=None):
    count = input.ndim
    if dim is None:
        return same(input, tuple(size for size in input.shape if size != 1))
    chosen = {
        check_axis(axis, count) for axis in (dim if isinstance(dim, (list, tuple)) else [dim])
    }
    return same(
        input, tuple(size for i, size in enumerate(input.shape) if i not in chosen or size != 1)
    )


@operator(is_view=True)
def unsqueeze(input, dim):
    axis = check_axis(dim, input.ndim + 1)
    return same(input, (*input.shape[:axis], 1, *input.shape[axis:]))


@operator("transpose", "swapaxes", "swapdims", is_view=True)
def transpose(input, dim0, dim1):
    order = list(range(input.ndim))
    first, second = check_axis(dim0, input.ndim), check_axis(dim1, input.ndim)
    if order:
        order[first], order[second] = order[second], order[first]
    return reordered(input, order)


@operator(is_view=True)
def t(input):
    if input.ndim > 2:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {input.ndim}D")
    return reordered(input, range(input.ndim - 1, -1, -1))


@operator(is_view=True)
def adjoint(input):
    return transpose(input, -2, -1)


@operator(gathers=True, is_view=True)
def permute(input, dims):
    given = sizes(dims)
    if len(given) != input.ndim:
        raise RuntimeError(
            "permute(sparse_coo): number of dimensions in the tensor input does not match the length "
            f"of the desired ordering of dimensions i.e. input.dim() = {input.ndim} is not equal to "
            f"len(dims) = {len(given)}"
        )
    order = [check_axis(axis, input.ndim) for axis in given]
    if len(set(order)) != len(order):
        raise RuntimeError("permute(): duplicate dims are not allowed.")
    return reordered(input, order)


@operator("movedim", "moveaxis", is_view=True)
def movedim(input, source, destination):
    sources = [check_axis(axis, input.ndim) for axis in _several(source)]
    targets = [check_axis(axis, input.ndim) for axis in _several(destination)]
    rest = iter([axis for axis in range(input.ndim) if axis not in sources])
    moved = dict(zip(targets, sources))
    return reordered(input, [moved[i] if i in moved else next(rest) for i in range(input.ndim)])


def _several(value):
    return value if isinstance(value, (list, tuple)) else [value]


def _expanded(input, wanted):
    if len(wanted) < input.ndim:
        raise RuntimeError(
            f"expand(torch.FloatTensor{{{list(input.shape)}}}, size={list(wanted)}): the number of "
            f"sizes provided ({len(wanted)}) must be greater or equal to the number of dimensions in "
            f"the tensor ({input.ndim})"
        )
    have = (1,) * (len(wanted) - input.ndim) + tuple(input.shape)
    shape = []
    for i, (target, size) in enumerate(zip(wanted, have)):
        if target != -1 and size not in (1, target):
            raise RuntimeError(
                f"The expanded size of the tensor ({target}) must match the existing size ({size}) at "
                f"non-singleton dimension {i}.  Target sizes: {list(wanted)}.  "
                f"Tensor sizes: {list(input.shape)}"
            )
        shape.append(size if target == -1 else target)
    values = None
    if input.values is not None and math.prod(shape) <= 4096:
        strides = (0,) * (len(shape) - input.ndim) + strides_of(input.shape)
        strides = [0 if size == 1 else step for size, step in zip(have, strides)]
        values = gathered(input.values, shape, strides)
    return same(input, shape, values)


@operator(gathers=True, is_view=True)
def expand(input, size):
    return _expanded(input, sizes(size))


@operator(is_view=True)
def broadcast_to(input, size):
    return _expanded(input, sizes(size))


@operator(is_view=True)
def expand_as(input, other):
    return _expanded(input, other.shape)


@operator(gathers=True)
def repeat(input, repeats):
    counts = sizes(repeats)
    if len(counts) < input.ndim:
        raise RuntimeError(
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor"
        )
    return _repeated(input, counts)


@operator(gathers=True)
def tile(input, dims):
    counts = sizes(dims)
    return _repeated(input, (1,) * (input.ndim - len(counts)) + counts)


def _repeated(input, counts):
    have = (1,) * (len(counts) - input.ndim) + tuple(input.shape)
    shape = tuple(size * count for size, count in zip(have, counts))
    values = None
    if input.values is not None and math.prod(shape) <= 4096:
        twice = [part for size, count in zip(have, counts) for part in (count, size)]
        strides = strides_of(have)
        values = gathered(input.values, twice, [part for stride in strides for part in (0, stride)])
    return same(input, shape, values)


@operator()
def repeat_interleave(input, repeats, dim=None, output_size=None):
    if isinstance(repeats, Tensor) and repeats.numel() != 1:
        if repeats.values is None:
            recorder.note("data-dependent", "The counts of repeat_interleave are taken to be 1.")
        total = sum(repeats.values) if repeats.values is not None else repeats.numel()
        if dim is None:
            return Tensor((total,), input.dtype)
        shape = list(input.shape)
        shape[dim] = total
        return Tensor(shape, input.dtype)
    count = as_integer(repeats)
    if dim is None:
        input, dim = OPERATORS["flatten"](input), 0
    axis = check_axis(dim, input.ndim)
    shape = list(input.shape)
    shape[axis] *= count
    values = None
    if input.values is not None and input.ndim == 1:
        values = [value for value in input.values for _ in range(count)]
    return same(input, shape, values)


@operator(gathers=True)
def flip(input, dims):
    chosen = {check_axis(axis, input.ndim) for axis in sizes(dims)}
    values = None
    if input.values is not None:
        strides = strides_of(input.shape)
        start = sum((input.shape[i] - 1) * strides[i] for i in chosen)
        signed = [-step if i in chosen else step for i, step in enumerate(strides)]
        values = gathered(input.values, input.shape, signed, start)
    return same(input, input.shape, values)


@operator()
def fliplr(input):
    return flip(input, [1])


@operator()
def flipud(input):
    return flip(input, [0])


@operator()
def rot90(input, k=1, dims=(0, 1)):
    shape = list(input.shape)
    if k % 2:
        shape[dims[0]], shape[dims[1]] = shape[dims[1]], shape[dims[0]]
    return Tensor(shape, input.dtype)


@operator()
def roll(input, shifts, dims=None):
    return same(input, input.shape, None)


@operator(is_view=True)
def diagonal(input, offset=0, dim1=0, dim2=1):
    first, second = check_axis(dim1, input.ndim), check_axis(dim2, input.ndim)
    rows, columns = input.shape[first], input.shape[second]
    count = max(0, min(rows, columns - offset) if offset >= 0 else min(rows + offset, columns))
    kept = [size for i, size in enumerate(input.shape) if i not in (first, second)]
    values = None
    if input.values is not None and input.ndim == 2:
        start = offset if offset >= 0 else -offset * columns
        values = gathered(input.values, (count,), (columns + 1,), start)
    return same(input, (*kept, count), values)


@operator()
def diag(input, diagonal=0):
    if input.ndim == 2:
        return OPERATORS["diagonal"](input, diagonal)
    return diag_embed(input, diagonal)


@operator()
def diag_embed(input, offset=0, dim1=-2, dim2=-1):
    size = input.shape[-1] + abs(offset)
    values = None
    if input.ndim == 1 and input.values is not None and size * size <= 4096:
        values = [0 if not input.dtype.is_floating_point else 0.0] * (size * size)
        for i, value in enumerate(input.values):
            values[(i + max(0, -offset)) * size + i + max(0, offset)] = value
    return Tensor((*input.shape[:-1], size, size), input.dtype, values)


@operator(is_view=True)
def unfold(input, dimension, size, step):
    axis = check_axis(dimension, input.ndim)
    if size > input.shape[axis]:
        raise RuntimeError(
            f"maximum size for tensor at dimension {axis} is {input.shape[axis]} but size is {size}"
        )
    shape = list(input.shape)
    shape[axis] = (shape[axis] - size) // step + 1
    return Tensor((*shape, size), input.dtype)


def _enter_at_least(count):
    def compute(input):
        shape = tuple(input.shape)
        if count == 3 and len(shape) == 2:
            return same(input, (*shape, 1))
        missing = (1,) * max(0, count - len(shape))
        return same(input, missing + shape)

    operator(f"atleast_{count}d")(compute)


for _count in (1, 2, 3):
    _enter_at_least(_count)


@operator(gathers=True, is_view=True)
def as_strided(input, size, stride, storage_offset=None):
    return Tensor(sizes(size), input.dtype)


Tensor.T = property(lambda self: OPERATORS["permute"](self, tuple(range(self.ndim - 1, -1, -1))))
Tensor.mT = Tensor.H = property(lambda self: OPERATORS["transpose"](self, -2, -1))
