"""Operators that choose elements by place, by mask or by a tensor of places."""

import math

from .. import dtypes
from ..recording import plain, recorder
from ..tensor import Tensor, as_integer, check_axis
from ..unknown import Unknown, UnknownValueError
from ..values import gathered, strides_of
from .shapes import broadcast, text_of
from .table import OPERATORS, operator


def _items(index):
    if isinstance(index, tuple):
        return index
    if isinstance(index, list) and any(isinstance(item, (slice, type(None))) for item in index):
        return tuple(index)
    return (index,)


def _tensor_index(item):
    """A list, range or array as a tensor of places; anything else as it is."""
    item = getattr(item, "_tensor", item)
    if isinstance(item, Unknown):
        raise UnknownValueError(f"The index {item} is not known.")
    if isinstance(item, (list, tuple, range)):
        return OPERATORS["tensor"](list(item))
    return item


def _is_place(item):
    """True for a number, or a tensor that stands for one."""
    if isinstance(item, bool):
        return False
    if isinstance(item, Tensor):
        return item.ndim == 0 and item.dtype.category == "integer"
    return isinstance(item, int) or hasattr(item, "__index__")


def _axes_of(item):
    if item is None or item is Ellipsis or isinstance(item, bool):
        return 0
    return item.ndim if isinstance(item, Tensor) and item.dtype is dtypes.bool_ else 1


def chosen_by(mask):
    """How many elements a mask chooses."""
    if mask.values is not None:
        return sum(map(bool, mask.values))
    recorder.note("data-dependent", "A mask is taken to choose half of the elements.")
    return max(1, mask.numel() // 2)


class _Reading:
    """What an index does to each axis of a shape."""

    def __init__(self, shape, index):
        items = [_tensor_index(item) for item in _items(index)]
        used = sum(_axes_of(item) for item in items)
        if used > len(shape):
            raise IndexError(f"too many indices for tensor of dimension {len(shape)}")
        if not any(item is Ellipsis for item in items):
            items.append(Ellipsis)
        self.shape = []
        self.strides = []
        self.start = 0
        self.advanced = []
        self.place_of_advanced = None
        self.is_apart = False
        strides = strides_of(shape)
        axis = 0
        for item in items:
            axis = self._read(item, axis, shape, strides, len(shape) - used)

    def _read(self, item, axis, shape, strides, rest):
        if item is None:
            self._keep(1, 0)
            return axis
        if item is Ellipsis:
            for _ in range(rest):
                self._keep(shape[axis], strides[axis])
                axis += 1
            return axis
        if isinstance(item, slice):
            start, stop, step = _bounds(item, shape[axis])
            self.start += start * strides[axis] if stop > start else 0
            self._keep(len(range(start, stop, step)), strides[axis] * step)
            return axis + 1
        if _is_place(item):
            if isinstance(item, Tensor) and item.values is None:
                self._advance((), None)
                return axis + 1
            place = as_integer(item)
            if not -shape[axis] <= place < shape[axis]:
                raise IndexError(
                    f"index {place} is out of bounds for dimension {axis} with size {shape[axis]}"
                )
            self.start += (place % shape[axis]) * strides[axis]
            return axis + 1
        if isinstance(item, bool):
            self._advance((int(item),), None)
            return axis
        if not isinstance(item, Tensor):
            raise IndexError(
                "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are "
                f"valid indices (got {type(item).__name__})"
            )
        if item.dtype is dtypes.bool_:
            self._check_mask(item, axis, shape)
            self._advance((chosen_by(item),), None)
            return axis + item.ndim
        if item.dtype.category != "integer":
            raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
        self._advance(tuple(item.shape), (item, shape[axis], strides[axis]))
        return axis + 1

    def _check_mask(self, mask, axis, shape):
        for i, size in enumerate(mask.shape):
            if size != shape[axis + i]:
                raise IndexError(
                    f"The shape of the mask {text_of(mask.shape)} at index {i} does not match the "
                    f"shape of the indexed tensor {text_of(shape)} at index {axis + i}"
                )

    def _keep(self, size, stride):
        self.shape.append(size)
        self.strides.append(stride)

    def _advance(self, shape, by):
        if self.place_of_advanced is None:
            self.place_of_advanced = len(self.shape)
        elif self.place_of_advanced != len(self.shape):
            self.is_apart = True
        self.advanced.append((shape, by))

    def result(self):
        if not self.advanced:
            return tuple(self.shape)
        try:
            shape = broadcast(*(shape for shape, _ in self.advanced))
        except RuntimeError:
            shapes = ", ".join(text_of(shape) for shape, _ in self.advanced)
            raise IndexError(
                "shape mismatch: indexing tensors could not be broadcast together with shapes "
                + shapes
            ) from None
        place = 0 if self.is_apart else self.place_of_advanced
        return (*self.shape[:place], *shape, *self.shape[place:])

    def places(self):
        """The places of the chosen elements, where all of them are known."""
        result = self.result()
        if math.prod(result) > 4096:
            return None
        every = range(self.start, self.start + 1)
        if not self.advanced:
            return gathered(_Identity(), result, self.strides, self.start)
        if len(self.advanced) != 1 or self.advanced[0][1] is None:
            return None
        item, size, stride = self.advanced[0][1]
        if item.values is None:
            return None
        place = self.place_of_advanced
        found = list(every)
        for length, step in zip(self.shape[:place], self.strides[:place]):
            found = [base + i * step for base in found for i in range(length)]
        for value in item.values:
            if not -size <= value < size:
                raise IndexError(f"index {value} is out of bounds for dimension 0 with size {size}")
        found = [base + (value % size) * stride for base in found for value in item.values]
        for length, step in zip(self.shape[place:], self.strides[place:]):
            found = [base + i * step for base in found for i in range(length)]
        return found


class _Identity:
    def __getitem__(self, place):
        return place


def _bounds(item, size):
    step = as_integer(item.step) if item.step is not None else 1
    if step <= 0:
        raise ValueError("step must be greater than zero")
    start = as_integer(item.start) if item.start is not None else None
    stop = as_integer(item.stop) if item.stop is not None else None
    return slice(start, stop, step).indices(size)


def indexed_shape(tensor, index):
    return _Reading(tensor.shape, index).result()


def index_places(tensor, index):
    return _Reading(tensor.shape, index).places() if tensor.values is not None else None


def plain_index(index):
    return [plain(getattr(item, "_tensor", item)) for item in _items(index)]


@operator(is_view=True, records=lambda arguments: arguments)
def getitem(input, index):
    reading = _Reading(input.shape, index)
    values = None
    places = None
    if input.values is not None:
        places = reading.places()
        if places is not None:
            values = [input.values[place] for place in places]
    made = Tensor(reading.result(), input.dtype, values, input.drawn)
    if places is not None:
        made._places = places
    return made


def _get(self, index):
    if isinstance(index, tuple) and any(isinstance(item, Unknown) for item in index):
        raise UnknownValueError("The index is not known.")
    if isinstance(index, Unknown):
        return Unknown(f"tensor[{index}]")
    return OPERATORS["getitem"](self, _items(index))


Tensor.__getitem__ = _get


@operator()
def index_select(input, dim, index):
    axis = check_axis(dim, input.ndim)
    shape = list(input.shape)
    if shape:
        shape[axis] = index.numel()
    return Tensor(shape, input.dtype)


@operator()
def gather(input, dim, index, sparse_grad=False):
    if index.dtype is not dtypes.int64:
        raise RuntimeError("gather(): Expected dtype int64 for index")
    if index.ndim != input.ndim:
        raise RuntimeError("Index tensor must have the same number of dimensions as input tensor")
    axis = check_axis(dim, input.ndim)
    for i, (have, most) in enumerate(zip(index.shape, input.shape)):
        if i != axis and have > most:
            raise RuntimeError(
                f"Size does not match at dimension {i} expected index {text_of(index.shape)} to be no "
                f"larger than self {text_of(input.shape)} apart from dimension {axis}"
            )
    return Tensor(index.shape, input.dtype)


@operator()
def take_along_dim(input, indices, dim=None):
    return Tensor(indices.shape, input.dtype)


@operator()
def take(input, index):
    return Tensor(index.shape, input.dtype)


@operator()
def masked_select(input, mask):
    shape = broadcast(input.shape, mask.shape)
    count = chosen_by(mask) if tuple(mask.shape) == shape else max(1, math.prod(shape) // 2)
    return Tensor((count,), input.dtype)


@operator()
def nonzero(input, as_tuple=False):
    count = chosen_by(input)
    if as_tuple:
        values = None
        if input.ndim == 1 and input.values is not None:
            values = [place for place, value in enumerate(input.values) if value]
        return tuple(Tensor((count,), dtypes.int64, values) for _ in input.shape)
    return Tensor((count, input.ndim), dtypes.int64)


@operator()
def argwhere(input):
    return nonzero(input)


def _enter_scatter(name):
    def compute(input, dim, index, src=None, value=None, reduce=None, include_self=True, alpha=1):
        if index.dtype is not dtypes.int64:
            raise RuntimeError(f"{name}(): Expected dtype int64 for index")
        return Tensor(input.shape, input.dtype)

    operator(name)(compute)


for _name in ("scatter", "scatter_add", "scatter_reduce", "index_add", "index_copy"):
    _enter_scatter(_name)


@operator()
def index_fill(input, dim, index, value):
    return Tensor(input.shape, input.dtype)


@operator()
def index_put(input, indices, values, accumulate=False):
    return Tensor(input.shape, input.dtype)


@operator()
def masked_scatter(input, mask, source):
    return Tensor(broadcast(input.shape, mask.shape), input.dtype)


@operator()
def one_hot(input, num_classes=-1):
    if input.dtype is not dtypes.int64:
        raise RuntimeError("one_hot is only applicable to index tensor of type LongTensor.")
    count = as_integer(num_classes)
    if count == -1:
        if input.values is None:
            raise UnknownValueError("one_hot: num_classes depends on values that are not known.")
        count = max(input.values) + 1
    values = None
    if input.values is not None:
        values = [int(place == value) for value in input.values for place in range(count)]
    return Tensor((*input.shape, count), dtypes.int64, values)


@operator()
def searchsorted(sorted_sequence, input, out_int32=False, right=False):
    return Tensor(input.shape if isinstance(input, Tensor) else (), dtypes.int64)


@operator()
def bucketize(input, boundaries, out_int32=False, right=False):
    return Tensor(input.shape, dtypes.int64)


def _enter_triangle(name, keeps):
    def compute(input, diagonal=0):
        if input.ndim < 2:
            raise RuntimeError(f"{name}: input tensor must have at least 2 dimensions")
        values = None
        if input.values is not None:
            rows, columns = input.shape[-2:]
            zero = 0.0 if input.dtype.is_floating_point else 0
            values = [
                value if keeps(place % columns - place // columns % rows, diagonal) else zero
                for place, value in enumerate(input.values)
            ]
        return Tensor(input.shape, input.dtype, values)

    operator(name)(compute)


_enter_triangle("tril", lambda offset, diagonal: offset <= diagonal)
_enter_triangle("triu", lambda offset, diagonal: offset >= diagonal)


@operator()
def multinomial(input, num_samples, replacement=False):
    return Tensor((*input.shape[:-1], as_integer(num_samples)), dtypes.int64, role="random")
