"""The stand-in for `torch.optim`."""

from gradient_health.recording import recorder as _recorder
from gradient_health.unknown import Unknown as _Unknown

_PARTS = frozenset(("lr_scheduler", "swa_utils", "optimizer"))


def __getattr__(name):
    if name.startswith("__") or name in _PARTS:
        raise AttributeError(name)
    _recorder.note("unknown-name", f"torch.optim.{name} is not simulated.")
    return _Unknown("torch.optim." + name)


from .optimizer import Optimizer
from .optimizers import (
    ASGD,
    LBFGS,
    SGD,
    Adadelta,
    Adafactor,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    NAdam,
    RAdam,
    RMSprop,
    Rprop,
    SparseAdam,
)
from . import lr_scheduler
