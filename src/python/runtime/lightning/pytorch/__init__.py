"""The stand-in for `lightning.pytorch`."""

from gradient_health.unknown import Unknown as _Unknown

from ..module import LightningDataModule, LightningModule, seed_everything
from ..trainer import Callback, Trainer


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Unknown("lightning.pytorch." + name)
