"""The stand-in for `lightning`: modules, and a trainer that takes a few steps."""

from gradient_health.unknown import Unknown as _Unknown

from .fabric import Fabric
from .module import LightningDataModule, LightningModule, seed_everything
from .trainer import Callback, Trainer

__version__ = "2.6.0"
_PARTS = frozenset(("pytorch", "fabric", "module", "trainer"))


def __getattr__(name):
    if name.startswith("__") or name in _PARTS:
        raise AttributeError(name)
    return _Unknown("lightning." + name)
