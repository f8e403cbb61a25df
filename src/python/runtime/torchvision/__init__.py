"""The stand-in for `torchvision`."""

from . import datasets, models, ops, transforms, utils

__version__ = "0.28.0"


def set_image_backend(name):
    pass
