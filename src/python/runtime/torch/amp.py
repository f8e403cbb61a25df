"""The stand-in for `torch.amp`: what is asked is recorded, types stay those of full precision."""

from gradient_health.recording import plain, recorder

from .autograd.grad_mode import Switch


class autocast(Switch):
    """Mixed precision, recorded as a fact of training."""

    value = None

    def __new__(cls, *positional, **named):
        return object.__new__(cls)

    def __init__(self, device_type="cuda", dtype=None, enabled=True, cache_enabled=None):
        super().__init__()
        if enabled:
            recorder.event("autocast", dtype=plain(dtype))


class GradScaler:
    """Scales losses; on a machine without an accelerator it does nothing, which is recorded."""

    def __init__(
        self,
        device="cuda",
        init_scale=65536.0,
        growth_factor=2.0,
        backoff_factor=0.5,
        growth_interval=2000,
        enabled=True,
    ):
        self._scale = init_scale
        self._enabled = enabled
        recorder.event(
            "scaler",
            initScale=init_scale,
            growthFactor=growth_factor,
            backoffFactor=backoff_factor,
            growthInterval=growth_interval,
            enabled=bool(enabled),
        )

    def scale(self, outputs):
        return outputs

    def unscale_(self, optimizer):
        pass

    def step(self, optimizer, *positional, **named):
        return optimizer.step(*positional, **named)

    def update(self, new_scale=None):
        pass

    def get_scale(self):
        return self._scale

    def is_enabled(self):
        return self._enabled

    def state_dict(self):
        return {}

    def load_state_dict(self, state):
        pass


def custom_fwd(function=None, **named):
    return function if function is not None else lambda inner: inner


custom_bwd = custom_fwd


def is_autocast_available(device_type):
    return False
