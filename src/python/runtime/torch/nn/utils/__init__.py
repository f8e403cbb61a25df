"""The stand-in for `torch.nn.utils`."""

from gradient_health.recording import plain, recorder
from gradient_health.tensor import Parameter, Tensor

from . import rnn


def _listed(parameters):
    return [parameters] if isinstance(parameters, Tensor) else list(parameters)


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    tensors = _listed(parameters)
    recorder.event(
        "clip",
        by="norm",
        limit=plain(max_norm),
        norm=plain(norm_type),
        tensors=[tensor.identity for tensor in tensors],
    )
    return Tensor((), role="data")


def clip_grad_value_(parameters, clip_value, foreach=None):
    tensors = _listed(parameters)
    recorder.event(
        "clip",
        by="value",
        limit=plain(clip_value),
        norm=None,
        tensors=[tensor.identity for tensor in tensors],
    )


def get_total_norm(tensors, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    return Tensor((), role="data")


clip_grad_norm, clip_grad_value = clip_grad_norm_, clip_grad_value_


def parameters_to_vector(parameters):
    import torch

    return torch.cat([parameter.view(-1) for parameter in parameters])


def vector_to_parameters(vec, parameters):
    start = 0
    for parameter in parameters:
        count = parameter.numel()
        parameter.data = vec[start : start + count].view_as(parameter).data
        start += count


def weight_norm(module, name="weight", dim=0):
    """Splits a weight into its norm and direction, as the hook of old does."""
    import torch

    weight = getattr(module, name)
    del module._parameters[name]
    axes = [axis for axis in range(weight.ndim) if dim is None or axis != dim % weight.ndim]
    shape = [1 if axis in axes else size for axis, size in enumerate(weight.shape)]
    with torch.no_grad():
        norm = Parameter(
            torch.linalg.norm(weight, 2, axes, keepdim=True).reshape(shape) if shape else weight
        )
        direction = Parameter(weight.data)
    module.register_parameter(name + "_g", norm)
    module.register_parameter(name + "_v", direction)

    def compute(module, inputs):
        gain, vector = getattr(module, name + "_g"), getattr(module, name + "_v")
        object.__setattr__(module, name, _weight_norm(vector, gain, axes))

    module.register_forward_pre_hook(compute)
    object.__setattr__(module, name, weight)
    recorder.event("weight-norm", module=module._number, name=name, dim=dim)
    return module


def _weight_norm(vector, gain, axes):
    import torch

    return vector * (gain / torch.linalg.norm(vector, 2, axes, keepdim=True))


def remove_weight_norm(module, name="weight"):
    return module


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    """Divides a weight by its largest singular value; what the operator does is recorded as one."""
    import torch

    weight = getattr(module, name)
    if dim is None:
        dim = 1 if type(module).__name__.startswith("ConvTranspose") else 0
    del module._parameters[name]
    original = Parameter(weight)
    module.register_parameter(name + "_orig", original)
    height = weight.size(dim)
    width = weight.numel() // height
    module.register_buffer(name + "_u", torch.randn(height))
    module.register_buffer(name + "_v", torch.randn(width))

    def compute(module, inputs):
        result = Tensor(original.shape, original.dtype, role="activation")
        written = {"input": plain(original), "dim": dim, "eps": eps}
        if recorder.grad_enabled and original.requires_grad:
            from gradient_health.tensor import GradientFunction

            result.requires_grad = True
            result.grad_fn = GradientFunction("SpectralNormBackward", [original])
        recorder.record("spectral_norm", written, [result])
        object.__setattr__(module, name, result)

    module.register_forward_pre_hook(compute)
    object.__setattr__(module, name, weight)
    recorder.event("spectral-norm", module=module._number, name=name, dim=dim)
    return module


def remove_spectral_norm(module, name="weight"):
    return module


def skip_init(module_class, *positional, **named):
    return module_class(*positional, **named)


from . import parametrizations
