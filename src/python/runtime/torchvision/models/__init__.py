"""The stand-in for `torchvision.models`: the networks that other files build on."""

from gradient_health.recording import recorder as _recorder
from gradient_health.unknown import Unknown as _Unknown

_PARTS = frozenset(("resnet", "vgg", "alexnet_", "feature_extraction"))


def __getattr__(name):
    if name.startswith("__") or name in _PARTS:
        raise AttributeError(name)
    _recorder.note("unknown-name", f"torchvision.models.{name} is not simulated.")
    return _Unknown("torchvision.models." + name)


from . import resnet, vgg
from .alexnet_ import AlexNet, alexnet
from .resnet import (
    ResNet,
    resnet18,
    resnet34,
    resnet50,
    resnet101,
    resnet152,
    resnext50_32x4d,
    wide_resnet50_2,
)
from .vgg import VGG, vgg11, vgg11_bn, vgg13, vgg13_bn, vgg16, vgg16_bn, vgg19, vgg19_bn
