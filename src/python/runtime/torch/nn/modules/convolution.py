"""Convolutions and their transposes."""

import math

from gradient_health.operators.shapes import per_axis
from gradient_health.tensor import as_integer

from .. import functional as F
from .. import init
from .linear import made_parameter
from .module import Module, constructs


class _ConvNd(Module):
    axes = 2
    is_transposed = False

    def _build(self, channels, kernel_size, options, dtype):
        in_channels, out_channels = (as_integer(count) for count in channels)
        groups = as_integer(options["groups"])
        if groups <= 0:
            raise ValueError("groups must be a positive integer")
        if in_channels % groups != 0:
            raise ValueError("in_channels must be divisible by groups")
        if out_channels % groups != 0:
            raise ValueError("out_channels must be divisible by groups")
        count = self.axes
        self.in_channels, self.out_channels, self.groups = in_channels, out_channels, groups
        self.kernel_size = per_axis(kernel_size, count)
        self.stride = per_axis(options["stride"], count, "stride")
        padding = options["padding"]
        if isinstance(padding, str) and padding not in ("same", "valid"):
            raise ValueError(
                f"Invalid padding string '{padding}', should be one of {{'valid', 'same'}}"
            )
        self.padding = padding if isinstance(padding, str) else per_axis(padding, count, "padding")
        if padding == "same" and any(step != 1 for step in self.stride):
            raise ValueError("padding='same' is not supported for strided convolutions")
        self.dilation = per_axis(options["dilation"], count, "dilation")
        self.output_padding = per_axis(options["output_padding"], count, "output_padding")
        self.padding_mode = options["padding_mode"]
        self.transposed = self.is_transposed
        pair = (in_channels, out_channels // groups)
        if not self.is_transposed:
            pair = (out_channels, in_channels // groups)
        self.weight = made_parameter((*pair, *self.kernel_size), dtype)
        bias = made_parameter((out_channels,), dtype) if options["bias"] else None
        self.register_parameter("bias", bias)
        self.reset_parameters()

    @constructs
    def reset_parameters(self):
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in, _ = init._calculate_fan_in_and_fan_out(self.weight)
            if fan_in:
                bound = 1 / math.sqrt(fan_in)
                init.uniform_(self.bias, -bound, bound)

    def extra_repr(self):
        return (
            f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, "
            f"stride={self.stride}"
        )


class _Convolution(_ConvNd):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ):
        super().__init__()
        options = {
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "groups": groups,
            "bias": bias,
            "padding_mode": padding_mode,
            "output_padding": 0,
        }
        self._build((in_channels, out_channels), kernel_size, options, dtype)

    def forward(self, input):
        convolve = getattr(F, f"conv{self.axes}d")
        padding = self.padding
        if self.padding_mode != "zeros":
            edges = [edge for size in reversed(self._edges()) for edge in size]
            input = F.pad(input, edges, mode=self.padding_mode)
            padding = 0
        return convolve(
            input, self.weight, self.bias, self.stride, padding, self.dilation, self.groups
        )

    def _edges(self):
        if self.padding == "valid":
            return [(0, 0)] * self.axes
        if self.padding == "same":
            spans = [gap * (size - 1) for gap, size in zip(self.dilation, self.kernel_size)]
            return [(span // 2, span - span // 2) for span in spans]
        return [(edge, edge) for edge in self.padding]


class Conv1d(_Convolution):
    axes = 1


class Conv2d(_Convolution):
    axes = 2


class Conv3d(_Convolution):
    axes = 3


class _Transpose(_ConvNd):
    is_transposed = True

    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        output_padding=0,
        groups=1,
        bias=True,
        dilation=1,
        padding_mode="zeros",
        device=None,
        dtype=None,
    ):
        super().__init__()
        if padding_mode != "zeros":
            raise ValueError('Only "zeros" padding mode is supported for ' + type(self).__name__)
        options = {
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "groups": groups,
            "bias": bias,
            "padding_mode": padding_mode,
            "output_padding": output_padding,
        }
        self._build((in_channels, out_channels), kernel_size, options, dtype)

    def forward(self, input, output_size=None):
        extra = self.output_padding
        if output_size is not None:
            each = zip(
                input.shape[-self.axes :],
                tuple(output_size)[-self.axes :],
                self.stride,
                self.padding,
                self.dilation,
                self.kernel_size,
            )
            extra = [
                wanted - ((size - 1) * step - 2 * edge + gap * (width - 1) + 1)
                for size, wanted, step, edge, gap, width in each
            ]
        convolve = getattr(F, f"conv_transpose{self.axes}d")
        return convolve(
            input,
            self.weight,
            self.bias,
            self.stride,
            self.padding,
            extra,
            self.groups,
            self.dilation,
        )


class ConvTranspose1d(_Transpose):
    axes = 1


class ConvTranspose2d(_Transpose):
    axes = 2


class ConvTranspose3d(_Transpose):
    axes = 3


class _Lazy(Module):
    """Learns its number of channels from the first input."""

    def __init__(self, out_channels, kernel_size, *positional, **named):
        Module.__init__(self)
        self._options = (out_channels, kernel_size, positional, named)

    def forward(self, input):
        if "weight" not in self._parameters:
            out_channels, kernel_size, positional, named = self._options
            plain = type(self).__mro__[2]
            plain.__init__(
                self, input.shape[-self.axes - 1], out_channels, kernel_size, *positional, **named
            )
        return _Convolution.forward(self, input)


class LazyConv1d(_Lazy, Conv1d):
    pass


class LazyConv2d(_Lazy, Conv2d):
    pass


class LazyConv3d(_Lazy, Conv3d):
    pass


class Unfold(Module):
    def __init__(self, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input):
        return F.unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)


class Fold(Module):
    def __init__(self, output_size, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.output_size = output_size
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input):
        return F.fold(
            input, self.output_size, self.kernel_size, self.dilation, self.padding, self.stride
        )
