"""Batches made of items."""

import torch
from gradient_health.tensor import Tensor
from gradient_health.unknown import Unknown


def default_convert(data):
    return data


def repeated(item, count):
    """A batch of `count` items that are all like one."""
    if isinstance(item, Unknown):
        return item
    item = getattr(item, "_tensor", item)
    if isinstance(item, Tensor):
        return Tensor((count, *item.shape), item.dtype, role="data")
    if isinstance(item, bool) or isinstance(item, int):
        return Tensor((count,), torch.int64, role="data")
    if isinstance(item, float):
        return Tensor((count,), torch.float64, role="data")
    if isinstance(item, (str, bytes)):
        return [item] * count
    if isinstance(item, dict):
        return {key: repeated(value, count) for key, value in item.items()}
    if isinstance(item, tuple) and hasattr(item, "_fields"):
        return type(item)(*(repeated(value, count) for value in item))
    if isinstance(item, (tuple, list)):
        return [repeated(value, count) for value in item]
    raise TypeError(
        "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found "
        f"{type(item)}"
    )


def default_collate(batch):
    return repeated(batch[0], len(batch))
