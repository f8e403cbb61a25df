"""The stand-in for `torch.nn.utils.parametrizations`."""

from gradient_health.recording import recorder


def _parametrized(kind):
    def wrap(module, name="weight", *positional, **named):
        recorder.event(kind, module=module._number, name=name, dim=named.get("dim", 0))
        recorder.note("left-out", f"torch.nn.utils.parametrizations.{kind} is left out.")
        return module

    return wrap


weight_norm = _parametrized("weight-norm")
spectral_norm = _parametrized("spectral-norm")
orthogonal = _parametrized("orthogonal")
