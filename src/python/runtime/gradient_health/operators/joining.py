"""Operators that join tensors and take them apart."""

from .. import dtypes
from ..tensor import Tensor, as_integer, check_axis
from ..values import gathered, strides_of
from .shapes import broadcast, text_of
from .table import OPERATORS, operator


def _check_list(name, tensors):
    for place, tensor in enumerate(tensors):
        if not isinstance(tensor, Tensor):
            raise TypeError(
                f"expected Tensor as element {place} in argument 0, but got {type(tensor).__name__}"
            )
    if not tensors:
        raise RuntimeError(f"{name} expects a non-empty TensorList")


@operator("cat", "concat", "concatenate")
def cat(tensors, dim=0):
    tensors = list(tensors)
    if not tensors:
        raise RuntimeError("torch.cat(): expected a non-empty list of Tensors")
    _check_list("cat", tensors)
    parts = [tensor for tensor in tensors if tuple(tensor.shape) != (0,)] or tensors[:1]
    first = parts[0]
    if not first.ndim:
        raise RuntimeError("zero-dimensional tensor (at position 0) cannot be concatenated")
    axis = check_axis(dim, first.ndim)
    for place, part in enumerate(parts):
        if part.ndim != first.ndim:
            raise RuntimeError(
                f"Tensors must have same number of dimensions: got {first.ndim} and {part.ndim}"
            )
        for i, (have, want) in enumerate(zip(part.shape, first.shape)):
            if i != axis and have != want:
                raise RuntimeError(
                    f"Sizes of tensors must match except in dimension {axis}. Expected size {want} but "
                    f"got size {have} for tensor number {place} in the list."
                )
    shape = list(first.shape)
    shape[axis] = sum(part.shape[axis] for part in parts)
    values = None
    if all(part.values is not None for part in parts):
        values = _joined(parts, axis)
    return Tensor(shape, dtypes.result_type(*tensors), values)


def _joined(parts, axis):
    outer = 1
    for size in parts[0].shape[:axis]:
        outer *= size
    values = []
    for row in range(outer):
        for part in parts:
            step = part.numel() // outer if outer else 0
            values.extend(part.values[row * step : (row + 1) * step])
    return values


@operator()
def stack(tensors, dim=0):
    tensors = list(tensors)
    _check_list("stack", tensors)
    for place, tensor in enumerate(tensors):
        if tensor.shape != tensors[0].shape:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {text_of(tensors[0].shape)} at "
                f"entry 0 and {text_of(tensor.shape)} at entry {place}"
            )
    axis = check_axis(dim, tensors[0].ndim + 1)
    return cat([OPERATORS["unsqueeze"](tensor, axis) for tensor in tensors], axis)


def _enter_stack(name, axis, least):
    def compute(tensors):
        raised = [OPERATORS[f"atleast_{least}d"](tensor) for tensor in tensors]
        return cat(raised, 0 if axis == 1 and raised[0].ndim == 1 else axis)

    operator(name)(compute)


_enter_stack("vstack", 0, 2)
_enter_stack("row_stack", 0, 2)
_enter_stack("hstack", 1, 1)
_enter_stack("dstack", 2, 3)
_enter_stack("column_stack", 1, 2)


def part_of(input, axis, start, length, step=1):
    """The elements of a range along an axis."""
    shape = list(input.shape)
    shape[axis] = length
    values = None
    if input.values is not None:
        strides = list(strides_of(input.shape))
        begin = start * strides[axis]
        strides[axis] *= step
        values = gathered(input.values, shape, strides, begin)
    return Tensor(shape, input.dtype, values, input.drawn)


def _parts(input, axis, lengths):
    parts, start = [], 0
    for length in lengths:
        parts.append(part_of(input, axis, start, length))
        start += length
    return tuple(parts)


@operator(is_view=True)
def split(input, split_size_or_sections, dim=0):
    axis = check_axis(dim, input.ndim)
    have = input.shape[axis]
    if isinstance(split_size_or_sections, (list, tuple)):
        lengths = [as_integer(length) for length in split_size_or_sections]
        if sum(lengths) != have:
            raise RuntimeError(
                f"split_with_sizes expects split_sizes to sum exactly to {have} (input tensor's size "
                f"at dimension {dim}), but got split_sizes={lengths}"
            )
    else:
        step = as_integer(split_size_or_sections)
        if step <= 0:
            raise RuntimeError(
                f"split expects split_size be non-negative, but got split_size={step}"
            )
        lengths = [min(step, have - start) for start in range(0, have, step)] or [0]
    return _parts(input, axis, lengths)


@operator(is_view=True)
def split_with_sizes(input, split_sizes, dim=0):
    return split(input, list(split_sizes), dim)


@operator(is_view=True)
def chunk(input, chunks, dim=0):
    axis = check_axis(dim, input.ndim)
    if chunks <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    have = input.shape[axis]
    step = max(1, -(-have // chunks))
    return _parts(input, axis, [min(step, have - start) for start in range(0, have, step)] or [0])


@operator(is_view=True)
def tensor_split(input, indices_or_sections, dim=0):
    axis = check_axis(dim, input.ndim)
    have = input.shape[axis]
    if isinstance(indices_or_sections, int):
        count = indices_or_sections
        return _parts(input, axis, [have // count + (i < have % count) for i in range(count)])
    ends = [0, *(min(as_integer(end), have) for end in indices_or_sections), have]
    return _parts(input, axis, [max(0, b - a) for a, b in zip(ends, ends[1:])])


@operator(is_view=True)
def unbind(input, dim=0):
    axis = check_axis(dim, input.ndim)
    shape = [size for i, size in enumerate(input.shape) if i != axis]
    rows = [part_of(input, axis, place, 1) for place in range(input.shape[axis])]
    return tuple(Tensor(shape, input.dtype, row.values, input.drawn) for row in rows)


@operator(is_view=True)
def narrow(input, dim, start, length):
    axis = check_axis(dim, input.ndim)
    start, length = as_integer(start), as_integer(length)
    if start + length > input.shape[axis]:
        raise RuntimeError(
            f"start ({start}) + length ({length}) exceeds dimension size ({input.shape[axis]})."
        )
    return part_of(input, axis, start, length)


@operator(is_view=True)
def select(input, dim, index):
    axis = check_axis(dim, input.ndim)
    place = as_integer(index)
    if not -input.shape[axis] <= place < input.shape[axis]:
        raise IndexError(
            f"select(): index {place} out of range for tensor of size {text_of(input.shape)} at "
            f"dimension {axis}"
        )
    row = part_of(input, axis, place % input.shape[axis], 1)
    shape = [size for i, size in enumerate(input.shape) if i != axis]
    return Tensor(shape, input.dtype, row.values, input.drawn)


@operator()
def meshgrid_of(tensors, indexing="ij"):
    sizes = [tensor.numel() for tensor in tensors]
    order = list(range(len(sizes)))
    if indexing == "xy" and len(sizes) > 1:
        order[0], order[1] = 1, 0
    shape = [sizes[i] for i in order]
    results = []
    for i, tensor in enumerate(tensors):
        strides = [1 if order[axis] == i else 0 for axis in range(len(sizes))]
        values = gathered(tensor.values, shape, strides) if tensor.values is not None else None
        results.append(Tensor(shape, tensor.dtype, values))
    return tuple(results)


def meshgrid(*tensors, indexing="ij"):
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    return OPERATORS["meshgrid_of"](tensors, indexing)


def broadcast_tensors(*tensors):
    shape = broadcast(*(tensor.shape for tensor in tensors))
    return tuple(OPERATORS["expand"](tensor, shape) for tensor in tensors)


@operator()
def cartesian_prod_of(tensors):
    count = 1
    for tensor in tensors:
        count *= tensor.numel()
    return Tensor((count, len(tensors)), tensors[0].dtype)


@operator()
def block_diag_of(tensors):
    matrices = [OPERATORS["atleast_2d"](tensor) for tensor in tensors]
    rows = sum(matrix.shape[0] for matrix in matrices)
    columns = sum(matrix.shape[1] for matrix in matrices)
    return Tensor((rows, columns), matrices[0].dtype)
