"""Pooling, padding, and changes of the resolution of maps."""

import math

from .. import dtypes
from ..tensor import Tensor, as_integer
from .shapes import per_axis, text_of
from .table import OPERATORS, operator


def _pooled(size, kernel, step, edge, gap, rounds_up):
    """The number of places of a window, as PyTorch counts them."""
    span = size + 2 * edge - gap * (kernel - 1) - 1
    count = (span + (step - 1 if rounds_up else 0)) // step + 1
    if rounds_up and (count - 1) * step >= size + edge:
        count -= 1
    return count


def _pool_shape(name, input, count, kernel_size, stride, padding, dilation, ceil_mode):
    if input.ndim not in (count + 1, count + 2):
        raise RuntimeError(
            f"{name}(): Expected {count + 1}D or {count + 2}D input, but got {text_of(input.shape)}"
            if count != 2
            else "non-empty 3D or 4D (batch mode) tensor expected for input"
        )
    kernel = per_axis(kernel_size, count)
    steps = per_axis(kernel_size if stride in (None, (), []) else stride, count, "stride")
    edges, gaps = per_axis(padding, count, "padding"), per_axis(dilation, count, "dilation")
    for width, edge in zip(kernel, edges):
        if edge > width // 2:
            raise RuntimeError(
                f"pad should be at most half of effective kernel size, but got pad={edge}, "
                f"kernel_size={width} and dilation={gaps[0]}"
            )
    each = zip(input.shape[-count:], kernel, steps, edges, gaps)
    sizes = [_pooled(*row, ceil_mode) for row in each]
    if any(size <= 0 for size in sizes):
        before = "x".join(str(size) for size in input.shape[-count - 1 :])
        after = "x".join(str(size) for size in (input.shape[-count - 1], *sizes))
        raise RuntimeError(
            f"Given input size: ({before}). Calculated output size: ({after}). Output size is too small"
        )
    return (*input.shape[:-count], *sizes)


def _enter_max(count):
    name = f"max_pool{count}d"

    def compute(
        input,
        kernel_size,
        stride=None,
        padding=0,
        dilation=1,
        ceil_mode=False,
        return_indices=False,
    ):
        shape = _pool_shape(name, input, count, kernel_size, stride, padding, dilation, ceil_mode)
        result = Tensor(shape, input.dtype)
        return (result, Tensor(shape, dtypes.int64)) if return_indices else result

    operator(name)(compute)


def _enter_average(count):
    name = f"avg_pool{count}d"

    def compute(
        input,
        kernel_size,
        stride=None,
        padding=0,
        ceil_mode=False,
        count_include_pad=True,
        divisor_override=None,
    ):
        return Tensor(
            _pool_shape(name, input, count, kernel_size, stride, padding, 1, ceil_mode), input.dtype
        )

    operator(name)(compute)


def _enter_power(count):
    name = f"lp_pool{count}d"

    def compute(input, norm_type, kernel_size, stride=None, ceil_mode=False):
        return Tensor(
            _pool_shape(name, input, count, kernel_size, stride, 0, 1, ceil_mode), input.dtype
        )

    operator(name)(compute)


def _enter_adaptive(kind, count):
    def compute(input, output_size, return_indices=False):
        wanted = output_size if isinstance(output_size, (list, tuple)) else (output_size,) * count
        sizes = [
            have if size is None else as_integer(size)
            for have, size in zip(input.shape[-count:], wanted)
        ]
        result = Tensor((*input.shape[:-count], *sizes), input.dtype)
        return (result, Tensor(result.shape, dtypes.int64)) if return_indices else result

    operator(f"adaptive_{kind}_pool{count}d")(compute)


def _enter_unpool(count):
    def compute(input, indices, kernel_size, stride=None, padding=0, output_size=None):
        if output_size is not None:
            return Tensor((*input.shape[:-count], *tuple(output_size)[-count:]), input.dtype)
        steps = per_axis(kernel_size if stride is None else stride, count)
        each = zip(
            input.shape[-count:], steps, per_axis(padding, count), per_axis(kernel_size, count)
        )
        sizes = [(size - 1) * step - 2 * edge + width for size, step, edge, width in each]
        return Tensor((*input.shape[:-count], *sizes), input.dtype)

    operator(f"max_unpool{count}d")(compute)


for _count in (1, 2, 3):
    _enter_max(_count)
    _enter_average(_count)
    _enter_power(_count)
    _enter_unpool(_count)
    for _kind in ("max", "avg"):
        _enter_adaptive(_kind, _count)


@operator()
def pad(input, pad, mode="constant", value=None):
    edges = [as_integer(edge) for edge in pad]
    if len(edges) % 2:
        raise RuntimeError("Padding length must be divisible by 2")
    if len(edges) // 2 > input.ndim:
        raise RuntimeError(
            "Padding length should be less than or equal to two times the input dimension but got "
            f"padding length {len(edges)} and input of dimension {input.ndim}"
        )
    if mode != "constant" and len(edges) // 2 not in (input.ndim - 1, input.ndim - 2):
        raise NotImplementedError(
            f"Padding size {len(edges)} is not supported for {input.ndim}D input tensor.\n"
            "Supported combinations for non-constant padding:\n"
            "  - 2D or 3D input: padding size = 2 (pads last dimension)\n"
            "  - 3D or 4D input: padding size = 4 (pads last 2 dimensions)\n"
            "  - 4D or 5D input: padding size = 6 (pads last 3 dimensions)"
        )
    shape = list(input.shape)
    for i in range(len(edges) // 2):
        before, after = edges[2 * i], edges[2 * i + 1]
        if mode == "reflect" and max(before, after) >= shape[-1 - i]:
            raise RuntimeError(
                "Argument #4: Padding size should be less than the corresponding input dimension, but "
                f"got: padding ({before}, {after}) at dimension {input.ndim - 1 - i} of input "
                f"{text_of(input.shape)}"
            )
        shape[-1 - i] += before + after
    return Tensor(shape, input.dtype)


@operator("interpolate", "upsample")
def interpolate(
    input,
    size=None,
    scale_factor=None,
    mode="nearest",
    align_corners=None,
    recompute_scale_factor=None,
    antialias=False,
):
    count = input.ndim - 2
    if size is None and scale_factor is None:
        raise ValueError("either size or scale_factor should be defined")
    ranks = {"linear": 1, "bilinear": 2, "bicubic": 2, "trilinear": 3}
    if ranks.get(mode, count) != count:
        raise NotImplementedError(
            f"Got {input.ndim}D input, but {mode} mode needs {ranks[mode] + 2}D input"
        )
    if size is not None:
        sizes = per_axis(size, count, "size")
    else:
        factors = (
            scale_factor if isinstance(scale_factor, (list, tuple)) else (scale_factor,) * count
        )
        sizes = [math.floor(have * float(factor)) for have, factor in zip(input.shape[2:], factors)]
    return Tensor((*input.shape[:2], *sizes), input.dtype)


@operator()
def pixel_shuffle(input, upscale_factor):
    area = upscale_factor**2
    channels, height, width = input.shape[-3:]
    if channels % area:
        raise RuntimeError(
            "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of "
            f"upscale_factor, but input.size(-3)={channels} is not divisible by {area}"
        )
    shape = (channels // area, height * upscale_factor, width * upscale_factor)
    return Tensor((*input.shape[:-3], *shape), input.dtype)


@operator()
def pixel_unshuffle(input, downscale_factor):
    channels, height, width = input.shape[-3:]
    shape = (channels * downscale_factor**2, height // downscale_factor, width // downscale_factor)
    return Tensor((*input.shape[:-3], *shape), input.dtype)


@operator()
def channel_shuffle(input, groups):
    return Tensor(input.shape, input.dtype)


@operator()
def grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None):
    return Tensor((*input.shape[:2], *grid.shape[1:-1]), input.dtype)


@operator()
def affine_grid(theta, size, align_corners=None):
    sizes = tuple(size)
    return Tensor((sizes[0], *sizes[2:], len(sizes) - 2), theta.dtype)


def interpolate_nearest(input, size=None, scale_factor=None):
    return OPERATORS["interpolate"](input, size, scale_factor, "nearest")


def interpolate_bilinear(input, size=None, scale_factor=None):
    return OPERATORS["interpolate"](input, size, scale_factor, "bilinear", True)
