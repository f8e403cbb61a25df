"""The functions of einops."""

import math

import torch

from .patterns import EinopsError, axis_sizes, names_of, sides, with_ellipsis

_REDUCTIONS = {"mean": "mean", "sum": "sum", "max": "amax", "min": "amin", "prod": "prod"}


def _prepared(tensor, pattern, sizes):
    if isinstance(tensor, (list, tuple)):
        tensor = torch.stack(list(tensor))
    left, right = sides(pattern)
    extra = []
    if ["..."] in left:
        count = tensor.ndim - (len(left) - 1)
        if count < 0:
            raise EinopsError(f"Wrong shape for the pattern {pattern!r}: {tuple(tensor.shape)}")
        extra = [f"_rest_{i}" for i in range(count)]
    left, right = with_ellipsis(left, extra), with_ellipsis(right, extra)
    known = axis_sizes(
        left, tensor.shape, {name: int(size) for name, size in sizes.items()}, pattern
    )
    return tensor, left, right, known


def _unfolded(tensor, groups, known):
    """Every axis of the pattern as an axis of the tensor; an axis of size 1 written `1` is dropped."""
    names = [name for name in names_of(groups) if not name.isdecimal()]
    shape = [known[name] for name in names]
    return (tensor if list(tensor.shape) == shape else tensor.reshape(shape)), names


def _folded(tensor, groups, known):
    shape = [
        math.prod(int(name) if name.isdecimal() else known[name] for name in group)
        for group in groups
    ]
    return tensor if list(tensor.shape) == shape else tensor.reshape(shape)


def _ordered(tensor, names, wanted):
    order = [names.index(name) for name in wanted]
    return tensor if order == list(range(len(order))) else tensor.permute(order)


def rearrange(tensor, pattern, **axes_lengths):
    tensor, left, right, known = _prepared(tensor, pattern, axes_lengths)
    tensor, names = _unfolded(tensor, left, known)
    wanted = [name for name in names_of(right) if not name.isdecimal()]
    if set(wanted) != set(names):
        raise EinopsError(
            f"Identifiers only on one side of expression (should be on both): {set(wanted) ^ set(names)}"
        )
    return _folded(_ordered(tensor, names, wanted), right, known)


def reduce(tensor, pattern, reduction, **axes_lengths):
    tensor, left, right, known = _prepared(tensor, pattern, axes_lengths)
    tensor, names = _unfolded(tensor, left, known)
    wanted = [name for name in names_of(right) if not name.isdecimal()]
    unknown = set(wanted) - set(names)
    if unknown:
        raise EinopsError(f"Unexpected identifiers on the right side of reduce: {unknown}")
    dropped = tuple(place for place, name in enumerate(names) if name not in wanted)
    if dropped:
        if callable(reduction):
            tensor = reduction(tensor, dropped)
        elif reduction == "prod":
            for place in reversed(dropped):
                tensor = tensor.prod(place)
        else:
            tensor = getattr(tensor, _REDUCTIONS[reduction])(dropped)
        names = [name for name in names if name in wanted]
    return _folded(_ordered(tensor, names, wanted), right, known)


def repeat(tensor, pattern, **axes_lengths):
    tensor, left, right, known = _prepared(tensor, pattern, axes_lengths)
    tensor, names = _unfolded(tensor, left, known)
    wanted = names_of(right)
    for place, name in enumerate(wanted):
        if name.isdecimal():
            known[f"_new_{place}"] = int(name)
            wanted[place] = f"_new_{place}"
    kept = [name for name in wanted if name in names]
    if set(kept) != set(names):
        raise EinopsError(
            f"Unexpected identifiers on the left side of repeat: {set(names) - set(kept)}"
        )
    tensor = _ordered(tensor, names, kept)
    if len(kept) != len(wanted):
        for place, name in enumerate(wanted):
            if name not in names:
                if name not in known:
                    raise EinopsError(f"Specify sizes for new axes in repeat: {name}")
                tensor = tensor.unsqueeze(place)
        tensor = tensor.expand([known[name] for name in wanted])
    groups, place = [], 0
    for group in right:
        groups.append(type(group)(wanted[place : place + len(group)]))
        place += len(group)
    return _folded(tensor, groups, known)


def einsum(*tensors_and_pattern):
    *tensors, pattern = tensors_and_pattern
    left, arrow, right = pattern.partition("->")
    letters = {}

    def written(side):
        text = ""
        for name in side.split():
            if name in ("...", "…"):
                text += "..."
            else:
                text += letters.setdefault(name, chr(ord("a") + len(letters)))
        return text

    equation = ",".join(written(side) for side in left.split(",")) + "->" + written(right)
    return torch.einsum(equation, *tensors)


def parse_shape(tensor, pattern):
    return {name: size for name, size in zip(pattern.split(), tensor.shape) if name != "_"}


def pack(tensors, pattern):
    names = pattern.split()
    place = names.index("*")
    after = len(names) - place - 1
    rows, shapes = [], []
    for tensor in tensors:
        end = tensor.ndim - after
        shapes.append(torch.Size(tensor.shape[place:end]))
        size = math.prod(tensor.shape[place:end])
        rows.append(tensor.reshape((*tensor.shape[:place], size, *tensor.shape[end:])))
    return torch.cat(rows, dim=place), shapes


def unpack(tensor, packed_shapes, pattern):
    place = pattern.split().index("*")
    sizes = [math.prod(shape) if -1 not in tuple(shape) else -1 for shape in packed_shapes]
    if -1 in sizes:
        known = sum(size for size in sizes if size != -1)
        sizes[sizes.index(-1)] = tensor.shape[place] - known
    parts = torch.split(tensor, sizes, dim=place)
    return [
        part.reshape((*tensor.shape[:place], *shape, *tensor.shape[place + 1 :]))
        for part, shape in zip(parts, packed_shapes)
    ]
