"""Rules about shapes that many operators share, with PyTorch's words for those that do not fit."""

import math

from ..tensor import Tensor, as_integer, check_axis


def broadcast(*shapes):
    """The shape that all shapes broadcast to."""
    count = max((len(shape) for shape in shapes), default=0)
    result = []
    for back in range(1, count + 1):
        size = 1
        for shape in shapes:
            have = shape[-back] if back <= len(shape) else 1
            if have == size or have == 1:
                continue
            if size != 1:
                raise RuntimeError(
                    f"The size of tensor a ({size}) must match the size of tensor b ({have}) at "
                    f"non-singleton dimension {count - back}"
                )
            size = have
        result.append(size)
    return tuple(reversed(result))


def sizes(value):
    """Sizes given as numbers, a list, a tensor or a `Size`."""
    if isinstance(value, Tensor):
        value = value.tolist() if value.ndim else [value.item()]
    if isinstance(value, (list, tuple)):
        if len(value) == 1 and isinstance(value[0], (list, tuple)):
            value = value[0]
        return tuple(as_integer(size) for size in value)
    return (as_integer(value),)


def axes(value, count):
    """Axes from 0; all of them for None or an empty list."""
    if value is None or (isinstance(value, (list, tuple)) and len(value) == 0):
        return list(range(count))
    given = value if isinstance(value, (list, tuple)) else [value]
    found = [check_axis(axis, count) for axis in given]
    for i, axis in enumerate(found):
        if axis in found[:i]:
            raise RuntimeError(f"dim {axis} appears multiple times in the list of dims")
    return found if count else []


def reduced(shape, dropped, keepdim):
    gone = set(dropped)
    return tuple(
        1 if i in gone else size for i, size in enumerate(shape) if keepdim or i not in gone
    )


def resolved(shape, count):
    """Sizes in which a -1 is replaced by what is left of `count` elements."""
    if sum(size == -1 for size in shape) > 1:
        raise RuntimeError("only one dimension can be inferred")
    for size in shape:
        if size < -1:
            raise RuntimeError(f"invalid shape dimension {size}")
    if -1 not in shape:
        if math.prod(shape) != count:
            raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {count}")
        return tuple(shape)
    known = math.prod(size for size in shape if size != -1)
    if known == 0:
        raise RuntimeError(
            f"cannot reshape tensor of {count} elements into shape {list(shape)} because the "
            "unspecified dimension size -1 can be any value and is ambiguous"
        )
    if count % known:
        raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {count}")
    return tuple(count // known if size == -1 else size for size in shape)


def per_axis(value, count, name="kernel_size"):
    """One number per axis, of one number for all or a list."""
    if isinstance(value, (list, tuple)):
        if len(value) == 1:
            return (as_integer(value[0]),) * count
        if len(value) != count:
            raise RuntimeError(
                f"expected {name} to be a single integer value or a list of {count} values to match "
                f"the convolution dimensions, but got {name}={list(value)}"
            )
        return tuple(as_integer(item) for item in value)
    return (as_integer(value),) * count


def text_of(shape):
    return "[" + ", ".join(str(size) for size in shape) + "]"
