"""The stand-in for `torch.cuda.amp`."""

from torch.amp import GradScaler as _GradScaler
from torch.amp import autocast as _autocast
from torch.amp import custom_bwd, custom_fwd


class GradScaler(_GradScaler):
    def __init__(self, *positional, **named):
        super().__init__("cuda", *positional, **named)


class autocast(_autocast):
    def __init__(self, enabled=True, dtype=None, cache_enabled=True):
        super().__init__("cuda", dtype, enabled, cache_enabled)


__all__ = ["GradScaler", "autocast", "custom_bwd", "custom_fwd"]
