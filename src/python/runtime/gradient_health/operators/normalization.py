"""Normalization of activations."""

import math

from ..tensor import Tensor
from .shapes import text_of
from .table import operator


@operator()
def batch_norm(
    input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5
):
    channels = input.shape[1] if input.ndim > 1 else input.shape[0]
    for name, tensor in (("running_mean", running_mean), ("weight", weight)):
        if tensor is not None and tensor.numel() != channels:
            raise RuntimeError(f"{name} should contain {channels} elements not {tensor.numel()}")
    if training and input.numel() == channels:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {input.shape}"
        )
    return Tensor(input.shape, input.dtype)


@operator()
def instance_norm(
    input,
    running_mean=None,
    running_var=None,
    weight=None,
    bias=None,
    use_input_stats=True,
    momentum=0.1,
    eps=1e-5,
):
    return Tensor(input.shape, input.dtype)


@operator()
def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5):
    wanted = tuple(normalized_shape)
    if tuple(input.shape[-len(wanted) :]) != wanted:
        stars = ", ".join(str(size) for size in wanted)
        raise RuntimeError(
            f"Given normalized_shape={list(wanted)}, expected input with shape [*, {stars}], but got "
            f"input of size{text_of(input.shape)}"
        )
    return Tensor(input.shape, input.dtype)


@operator()
def rms_norm(input, normalized_shape, weight=None, eps=None):
    wanted = tuple(normalized_shape)
    if tuple(input.shape[-len(wanted) :]) != wanted:
        stars = ", ".join(str(size) for size in wanted)
        raise RuntimeError(
            f"Given normalized_shape={list(wanted)}, expected input with shape [*, {stars}], but got "
            f"input of size{text_of(input.shape)}"
        )
    return Tensor(input.shape, input.dtype)


@operator()
def group_norm(input, num_groups, weight=None, bias=None, eps=1e-5):
    if input.shape[1] % num_groups:
        raise RuntimeError(
            "Expected number of channels in input to be divisible by num_groups, but got input of "
            f"shape {text_of(input.shape)} and num_groups={num_groups}"
        )
    if weight is not None and weight.numel() != input.shape[1]:
        raise RuntimeError(
            "Expected weight to be a vector of size equal to the number of channels in input, but got "
            f"weight of shape {text_of(weight.shape)} and input of shape {text_of(input.shape)}"
        )
    return Tensor(input.shape, input.dtype)


@operator()
def local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0):
    return Tensor(input.shape, input.dtype)
