"""The stand-in for `pytorch_lightning`."""

from gradient_health.unknown import Unknown as _Unknown

from lightning.module import LightningDataModule, LightningModule, seed_everything
from lightning.trainer import Callback, Trainer


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Unknown("pytorch_lightning." + name)
