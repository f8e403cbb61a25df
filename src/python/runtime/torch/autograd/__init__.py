"""The stand-in for `torch.autograd`."""

from gradient_health.backward import backward as _backward
from gradient_health.operators.table import OPERATORS, collect, tensors_of
from gradient_health.recording import plain, recorder
from gradient_health.tensor import GradientFunction, Tensor

from . import grad_mode
from .function import Function
from .grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled


def Variable(data, requires_grad=False, volatile=False):
    """A tensor of old; nothing but the tensor today."""
    if isinstance(data, Tensor) and requires_grad:
        data.requires_grad = True
    return data


def backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, inputs=None):
    tensors = [tensors] if isinstance(tensors, Tensor) else list(tensors)
    _backward(tensors, grad_tensors)


def grad(
    outputs,
    inputs,
    grad_outputs=None,
    retain_graph=None,
    create_graph=False,
    only_inputs=True,
    allow_unused=None,
    is_grads_batched=False,
    materialize_grads=False,
):
    """Gradients as tensors: an operator that no model of ours has."""
    outputs = [outputs] if isinstance(outputs, Tensor) else list(outputs)
    inputs = [inputs] if isinstance(inputs, Tensor) else list(inputs)
    results = []
    for tensor in inputs:
        result = Tensor(tensor.shape, tensor.dtype, role="activation")
        if create_graph:
            result.requires_grad = True
            result.grad_fn = GradientFunction(
                "GradBackward0", [t for t in outputs + inputs if t.requires_grad]
            )
        results.append(result)
    recorder.record("grad", {"outputs": plain(outputs), "inputs": plain(inputs)}, results)
    return tuple(results)


class functional:
    """The stand-in for `torch.autograd.functional`."""


class profiler:
    """The stand-in for `torch.autograd.profiler`."""


class set_detect_anomaly(grad_mode.Switch):
    value = None

    def __init__(self, mode=True):
        super().__init__()


detect_anomaly = set_detect_anomaly
__all__ = [
    "Function",
    "OPERATORS",
    "Variable",
    "backward",
    "collect",
    "enable_grad",
    "grad",
    "inference_mode",
    "no_grad",
    "set_grad_enabled",
    "tensors_of",
]
