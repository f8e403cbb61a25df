"""Pooling, padding, and changes of resolution as modules."""

from gradient_health.tensor import as_integer

from .. import functional as F
from .module import Module


class _MaxPool(Module):
    axes = 2

    def __init__(
        self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False
    ):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def forward(self, input):
        pool = getattr(F, f"max_pool{self.axes}d")
        return pool(
            input,
            self.kernel_size,
            self.stride,
            self.padding,
            self.dilation,
            ceil_mode=self.ceil_mode,
            return_indices=self.return_indices,
        )


class _AvgPool(Module):
    axes = 2

    def __init__(
        self,
        kernel_size,
        stride=None,
        padding=0,
        ceil_mode=False,
        count_include_pad=True,
        divisor_override=None,
    ):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def forward(self, input):
        pool = getattr(F, f"avg_pool{self.axes}d")
        return pool(
            input,
            self.kernel_size,
            self.stride,
            self.padding,
            self.ceil_mode,
            self.count_include_pad,
            self.divisor_override,
        )


class _LPPool(Module):
    axes = 2

    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False):
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

    def forward(self, input):
        pool = getattr(F, f"lp_pool{self.axes}d")
        return pool(input, self.norm_type, self.kernel_size, self.stride, self.ceil_mode)


class _AdaptivePool(Module):
    kind = "avg"
    axes = 2

    def __init__(self, output_size, return_indices=False):
        super().__init__()
        self.output_size = output_size
        self.return_indices = return_indices

    def forward(self, input):
        pool = getattr(F, f"adaptive_{self.kind}_pool{self.axes}d")
        return pool(input, self.output_size, self.return_indices)


class _MaxUnpool(Module):
    axes = 2

    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding

    def forward(self, input, indices, output_size=None):
        unpool = getattr(F, f"max_unpool{self.axes}d")
        return unpool(input, indices, self.kernel_size, self.stride, self.padding, output_size)


class MaxPool1d(_MaxPool):
    axes = 1


class AvgPool1d(_AvgPool):
    axes = 1


class AdaptiveAvgPool1d(_AdaptivePool):
    axes = 1


class AdaptiveMaxPool1d(_AdaptivePool):
    kind = "max"
    axes = 1


class MaxUnpool1d(_MaxUnpool):
    axes = 1


class LPPool1d(_LPPool):
    axes = 1


class MaxPool2d(_MaxPool):
    axes = 2


class AvgPool2d(_AvgPool):
    axes = 2


class AdaptiveAvgPool2d(_AdaptivePool):
    axes = 2


class AdaptiveMaxPool2d(_AdaptivePool):
    kind = "max"
    axes = 2


class MaxUnpool2d(_MaxUnpool):
    axes = 2


class LPPool2d(_LPPool):
    axes = 2


class MaxPool3d(_MaxPool):
    axes = 3


class AvgPool3d(_AvgPool):
    axes = 3


class AdaptiveAvgPool3d(_AdaptivePool):
    axes = 3


class AdaptiveMaxPool3d(_AdaptivePool):
    kind = "max"
    axes = 3


class MaxUnpool3d(_MaxUnpool):
    axes = 3


class _Pad(Module):
    axes = 2
    mode = "constant"
    value = 0.0

    def __init__(self, padding, value=None):
        super().__init__()
        count = 2 * self.axes
        is_list = isinstance(padding, (tuple, list))
        self.padding = tuple(padding) if is_list else (as_integer(padding),) * count
        if value is not None:
            self.value = value

    def forward(self, input):
        return F.pad(
            input, self.padding, self.mode, self.value if self.mode == "constant" else None
        )


class ConstantPad1d(_Pad):
    axes = 1


class ConstantPad2d(_Pad):
    axes = 2


class ConstantPad3d(_Pad):
    axes = 3


class ZeroPad1d(_Pad):
    axes = 1


class ZeroPad2d(_Pad):
    axes = 2


class ZeroPad3d(_Pad):
    axes = 3


class ReflectionPad1d(_Pad):
    axes = 1
    mode = "reflect"


class ReflectionPad2d(_Pad):
    axes = 2
    mode = "reflect"


class ReflectionPad3d(_Pad):
    axes = 3
    mode = "reflect"


class ReplicationPad1d(_Pad):
    axes = 1
    mode = "replicate"


class ReplicationPad2d(_Pad):
    axes = 2
    mode = "replicate"


class ReplicationPad3d(_Pad):
    axes = 3
    mode = "replicate"


class CircularPad1d(_Pad):
    axes = 1
    mode = "circular"


class CircularPad2d(_Pad):
    axes = 2
    mode = "circular"


class CircularPad3d(_Pad):
    axes = 3
    mode = "circular"


class Upsample(Module):
    def __init__(
        self,
        size=None,
        scale_factor=None,
        mode="nearest",
        align_corners=None,
        recompute_scale_factor=None,
    ):
        super().__init__()
        self.size = size
        self.scale_factor = scale_factor
        self.mode = mode
        self.align_corners = align_corners
        self.recompute_scale_factor = recompute_scale_factor

    def forward(self, input):
        return F.interpolate(
            input,
            self.size,
            self.scale_factor,
            self.mode,
            self.align_corners,
            self.recompute_scale_factor,
        )


class UpsamplingNearest2d(Upsample):
    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, "nearest")


class UpsamplingBilinear2d(Upsample):
    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, "bilinear", True)


class PixelShuffle(Module):
    def __init__(self, upscale_factor):
        super().__init__()
        self.upscale_factor = upscale_factor

    def forward(self, input):
        return F.pixel_shuffle(input, self.upscale_factor)


class PixelUnshuffle(Module):
    def __init__(self, downscale_factor):
        super().__init__()
        self.downscale_factor = downscale_factor

    def forward(self, input):
        return F.pixel_unshuffle(input, self.downscale_factor)


class ChannelShuffle(Module):
    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, input):
        return F.channel_shuffle(input, self.groups)
