"""The stand-in for `torchvision.transforms`: what they do to the size and type of a picture."""

import torch
from gradient_health.tensor import Tensor
from gradient_health.unknown import Unknown
from torch import nn

from ..datasets import Picture
from . import functional


class InterpolationMode:
    NEAREST, BILINEAR, BICUBIC, LANCZOS = "nearest", "bilinear", "bicubic", "lanczos"


class _Transform(nn.Module):
    """A transform, which may stand in an `nn.Sequential`; its calls are no part of a model."""

    def __init__(self, *positional, **named):
        super().__init__()
        self._arguments = positional
        self._named = named

    def __call__(self, image):
        return image

    def __repr__(self):
        inside = [repr(item) for item in self._arguments]
        inside += [f"{key}={value!r}" for key, value in self._named.items()]
        return f"{type(self).__name__}({', '.join(inside)})"


class Compose(_Transform):
    def __init__(self, transforms):
        super().__init__()
        self.transforms = list(transforms)

    def __call__(self, image):
        for transform in self.transforms:
            image = transform(image)
        return image

    def __repr__(self):
        return "Compose(" + ", ".join(repr(transform) for transform in self.transforms) + ")"


class ToTensor(_Transform):
    def __call__(self, image):
        return functional.to_tensor(image)


ToImage = ToTensor


class PILToTensor(_Transform):
    def __call__(self, image):
        return functional.to_tensor(image).to(torch.uint8)


class Normalize(_Transform):
    pass


def _resized(image, size):
    if not isinstance(size, (tuple, list)):
        height, width = _shape_of(image)[-2:]
        if height <= width:
            size = (size, int(size * width / height))
        else:
            size = (int(size * height / width), size)
    elif len(size) == 1:
        return _resized(image, size[0])
    return functional.resized(image, *size)


def _shape_of(image):
    return image.shape


class Resize(_Transform):
    def __call__(self, image):
        size = self._arguments[0] if self._arguments else self._named["size"]
        return image if isinstance(image, Unknown) else _resized(image, size)


Scale = Resize


class _Crop(_Transform):
    def __call__(self, image):
        size = self._arguments[0] if self._arguments else self._named["size"]
        sides = tuple(size) if isinstance(size, (tuple, list)) else (size, size)
        return image if isinstance(image, Unknown) else functional.resized(image, *sides)


class CenterCrop(_Crop):
    pass


class RandomCrop(_Crop):
    pass


class RandomResizedCrop(_Crop):
    pass


RandomSizedCrop = RandomResizedCrop


class Pad(_Transform):
    def __call__(self, image):
        edge = self._arguments[0] if self._arguments else self._named["padding"]
        edges = (edge,) * 4 if isinstance(edge, int) else tuple(edge) * (4 // len(edge))
        if isinstance(image, Unknown):
            return image
        height, width = _shape_of(image)[-2:]
        return functional.resized(image, height + edges[1] + edges[3], width + edges[0] + edges[2])


class Grayscale(_Transform):
    def __call__(self, image):
        count = self._arguments[0] if self._arguments else self._named.get("num_output_channels", 1)
        if isinstance(image, Unknown):
            return image
        shape = (count, *_shape_of(image)[-2:])
        return (
            Picture(shape)
            if isinstance(image, Picture)
            else Tensor(shape, image.dtype, role="data")
        )


class Lambda(_Transform):
    def __call__(self, image):
        return self._arguments[0](image)


class ConvertImageDtype(_Transform):
    def __call__(self, image):
        return image.to(self._arguments[0])


class ToDtype(_Transform):
    def __call__(self, image):
        return image.to(self._arguments[0]) if isinstance(image, Tensor) else image


def _keeping(name):
    made = type(name, (_Transform,), {})
    made.__module__ = __name__
    return made


(
    RandomHorizontalFlip,
    RandomVerticalFlip,
    RandomRotation,
    ColorJitter,
    RandomAffine,
    RandomErasing,
    RandomGrayscale,
    RandomPerspective,
    GaussianBlur,
    AutoAugment,
    RandAugment,
    TrivialAugmentWide,
    AugMix,
    RandomApply,
    RandomChoice,
    RandomOrder,
    ToPILImage,
    RandomInvert,
    RandomAutocontrast,
) = (
    _keeping(name)
    for name in (
        "RandomHorizontalFlip",
        "RandomVerticalFlip",
        "RandomRotation",
        "ColorJitter",
        "RandomAffine",
        "RandomErasing",
        "RandomGrayscale",
        "RandomPerspective",
        "GaussianBlur",
        "AutoAugment",
        "RandAugment",
        "TrivialAugmentWide",
        "AugMix",
        "RandomApply",
        "RandomChoice",
        "RandomOrder",
        "ToPILImage",
        "RandomInvert",
        "RandomAutocontrast",
    )
)
