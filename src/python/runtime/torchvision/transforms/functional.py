"""The stand-in for `torchvision.transforms.functional`."""

import torch
from gradient_health.tensor import Tensor
from gradient_health.unknown import Unknown


def to_tensor(image):
    if isinstance(image, (Tensor, Unknown)):
        return image
    shape = image.shape
    if hasattr(image, "_tensor") and len(shape) == 3:
        shape = (shape[2], shape[0], shape[1])
    return Tensor(shape, torch.float32, role="data")


def resized(image, height, width):
    if isinstance(image, Unknown):
        return image
    if isinstance(image, Tensor):
        return Tensor((*image.shape[:-2], height, width), image.dtype, role="data")
    return image.resized(height, width)


def normalize(tensor, mean, std, inplace=False):
    return tensor


def resize(image, size, *positional, **named):
    from . import Resize

    return Resize(size)(image)


def center_crop(image, size):
    from . import CenterCrop

    return CenterCrop(size)(image)
