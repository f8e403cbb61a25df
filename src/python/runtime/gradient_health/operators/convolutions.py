"""Linear maps: linear, bilinear, embedding, convolution and its transpose, unfolding."""

import math

from .. import dtypes
from ..tensor import Tensor
from ..unknown import Unknown
from .products import refuse_product
from .shapes import per_axis, text_of
from .table import operator
from .type_names import c_name, word

_BATCH_OF_UNKNOWN = 2
_SIDE_OF_UNKNOWN = 64


def _adopt_linear(arguments):
    weight = arguments["weight"]
    if isinstance(weight, Unknown):
        return {}
    return {"input": ((_BATCH_OF_UNKNOWN, weight.shape[-1]), weight.dtype)}


@operator(adopts=_adopt_linear)
def linear(input, weight, bias=None):
    have = input.shape[-1] if input.ndim else 1
    if input.dtype is not weight.dtype:
        raise RuntimeError(
            f"mat1 and mat2 must have the same dtype, but got {word(input.dtype)} and {word(weight.dtype)}"
        )
    if not input.ndim or have != weight.shape[-1]:
        if input.ndim == 1:
            rows, columns = weight.shape
            raise RuntimeError(
                f"size mismatch, got input ({rows}), mat ({rows}x{columns}), vec ({have})"
            )
        refuse_product(math.prod(input.shape[:-1]), have, weight.shape[-1], weight.shape[0])
    return Tensor((*input.shape[:-1], *weight.shape[:-1]), weight.dtype)


@operator()
def bilinear(input1, input2, weight, bias=None):
    for place, tensor in enumerate((input1, input2), 1):
        if tensor.shape[-1] != weight.shape[place]:
            raise RuntimeError(
                f"bilinear(): input{place} size does not match weight size: got "
                f"{tensor.shape[-1]} but expected {weight.shape[place]}"
            )
    return Tensor((*input1.shape[:-1], weight.shape[0]), weight.dtype)


def _adopt_embedding(arguments):
    return {"input": ((_BATCH_OF_UNKNOWN, 16), dtypes.int64)}


@operator(adopts=_adopt_embedding)
def embedding(
    input,
    weight,
    padding_idx=None,
    max_norm=None,
    norm_type=2.0,
    scale_grad_by_freq=False,
    sparse=False,
):
    if input.dtype.category != "integer":
        raise RuntimeError(
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, "
            f"Int; but got torch.{word(input.dtype)}Tensor instead (while checking arguments for embedding)"
        )
    if input.values and not all(-1 < value < weight.shape[0] for value in input.values):
        raise IndexError("index out of range in self")
    return Tensor((*input.shape, weight.shape[1]), weight.dtype)


@operator()
def embedding_bag(
    input,
    weight,
    offsets=None,
    max_norm=None,
    norm_type=2,
    scale_grad_by_freq=False,
    mode="mean",
    sparse=False,
    per_sample_weights=None,
    include_last_offset=False,
    padding_idx=None,
):
    rows = offsets.shape[0] - int(include_last_offset) if offsets is not None else input.shape[0]
    return Tensor((rows, weight.shape[1]), weight.dtype)


def _enter_convolution(count):
    name = f"conv{count}d"

    def adopt(arguments):
        weight = arguments["weight"]
        channels = weight.shape[1] * arguments["groups"]
        shape = (_BATCH_OF_UNKNOWN, channels, *(_SIDE_OF_UNKNOWN,) * count)
        return {"input": (shape, weight.dtype)}

    def compute(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
        check_convolution_input(name, input, count)
        channels = input.shape[-count - 1]
        if channels != weight.shape[1] * groups:
            shape = input.shape if input.ndim == count + 2 else (1, *input.shape)
            raise RuntimeError(
                f"Given groups={groups}, weight of size {text_of(weight.shape)}, expected input"
                f"{text_of(shape)} to have {weight.shape[1] * groups} channels, but got "
                f"{channels} channels instead"
            )
        _check_type(input, weight)
        spatial = input.shape[-count:]
        steps, gaps = per_axis(stride, count, "stride"), per_axis(dilation, count, "dilation")
        kernel = weight.shape[2:]
        if padding == "same":
            if any(step != 1 for step in steps):
                raise RuntimeError("padding='same' is not supported for strided convolutions")
            sizes = spatial
        else:
            edges = per_axis(0 if padding == "valid" else padding, count, "padding")
            padded = [size + 2 * edge for size, edge in zip(spatial, edges)]
            reach = [gap * (width - 1) + 1 for gap, width in zip(gaps, kernel)]
            if any(have < want for have, want in zip(padded, reach)):
                raise RuntimeError(
                    f"Calculated padded input size per channel: ({_by(padded)}). Kernel size: "
                    f"({_by(reach)}). Kernel size can't be greater than actual input size"
                )
            sizes = [(have - want) // step + 1 for have, want, step in zip(padded, reach, steps)]
        return Tensor((*input.shape[: -count - 1], weight.shape[0], *sizes), weight.dtype)

    operator(name, adopts=adopt)(compute)


def _by(numbers):
    return " x ".join(str(number) for number in numbers)


def check_convolution_input(name, input, count):
    if input.ndim not in (count + 1, count + 2):
        raise RuntimeError(
            f"Expected {count + 1}D (unbatched) or {count + 2}D (batched) input to {name}, but got "
            f"input of size: {text_of(input.shape)}"
        )


def _check_type(input, weight):
    if input.dtype is not weight.dtype:
        raise RuntimeError(
            f"Input type ({c_name(input.dtype)}) and bias type ({c_name(weight.dtype)}) should be the same"
        )


def _enter_transpose(count):
    name = f"conv_transpose{count}d"

    def compute(
        input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1
    ):
        check_convolution_input(name, input, count)
        channels = input.shape[-count - 1]
        if channels != weight.shape[0]:
            raise RuntimeError(
                f"Given transposed=1, weight of size {text_of(weight.shape)}, expected input"
                f"{text_of(input.shape)} to have {weight.shape[0]} channels, but got {channels} "
                "channels instead"
            )
        _check_type(input, weight)
        each = zip(
            input.shape[-count:],
            per_axis(stride, count, "stride"),
            per_axis(padding, count, "padding"),
            per_axis(dilation, count, "dilation"),
            weight.shape[2:],
            per_axis(output_padding, count, "output_padding"),
        )
        sizes = [
            (size - 1) * step - 2 * edge + gap * (width - 1) + extra + 1
            for size, step, edge, gap, width, extra in each
        ]
        if any(size <= 0 for size in sizes):
            raise RuntimeError(
                f"Given input size per channel: ({_by(input.shape[-count:])}). Calculated output size "
                f"per channel: ({_by(sizes)}). Output size is too small"
            )
        return Tensor((*input.shape[: -count - 1], weight.shape[1] * groups, *sizes), weight.dtype)

    operator(name)(compute)


for _count in (1, 2, 3):
    _enter_convolution(_count)
    _enter_transpose(_count)


def _positions(input, kernel_size, dilation, padding, stride):
    each = zip(
        input.shape[-2:],
        per_axis(kernel_size, 2),
        per_axis(dilation, 2),
        per_axis(padding, 2),
        per_axis(stride, 2),
    )
    return [
        (size + 2 * edge - gap * (width - 1) - 1) // step + 1
        for size, width, gap, edge, step in each
    ]


@operator()
def unfold_blocks(input, kernel_size, dilation=1, padding=0, stride=1):
    counts = _positions(input, kernel_size, dilation, padding, stride)
    channels = input.shape[-3] * math.prod(per_axis(kernel_size, 2))
    return Tensor((*input.shape[:-3], channels, math.prod(counts)), input.dtype)


@operator()
def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    size = per_axis(output_size, 2)
    channels = input.shape[-2] // math.prod(per_axis(kernel_size, 2))
    return Tensor((*input.shape[:-2], channels, *size), input.dtype)
