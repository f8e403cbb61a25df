"""The stand-in for `torch.nn.init`: how a tensor is initialized is recorded, its numbers are not drawn."""

import math

from gradient_health.in_place import change
from gradient_health.recording import plain
from gradient_health.tensor import Tensor
from gradient_health.values import MAXIMUM_KNOWN

_GAINS = {
    "linear": 1.0,
    "conv1d": 1.0,
    "conv2d": 1.0,
    "conv3d": 1.0,
    "conv_transpose1d": 1.0,
    "conv_transpose2d": 1.0,
    "conv_transpose3d": 1.0,
    "sigmoid": 1.0,
    "tanh": 5.0 / 3,
    "relu": math.sqrt(2.0),
    "selu": 3.0 / 4,
}


def calculate_gain(nonlinearity, param=None):
    if nonlinearity == "leaky_relu":
        slope = 0.01 if param is None else param
        return math.sqrt(2.0 / (1 + slope**2))
    if nonlinearity not in _GAINS:
        raise ValueError(f"Unsupported nonlinearity {nonlinearity}")
    return _GAINS[nonlinearity]


def _calculate_fan_in_and_fan_out(tensor):
    if tensor.dim() < 2:
        raise ValueError(
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"
        )
    field = math.prod(tensor.shape[2:])
    return tensor.size(1) * field, tensor.size(0) * field


def _calculate_correct_fan(tensor, mode):
    mode = mode.lower()
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    return fan_in if mode == "fan_in" else fan_out


def _drawn(tensor, name, drawn, arguments, values=None):
    """Gives the tensor numbers of a distribution; `drawn` is None for one that is no plain one."""
    role = "constant" if drawn is not None and drawn[0] == "constant" else "random"
    result = Tensor(tensor.shape, tensor.dtype, values, drawn, role)
    written = {key: plain(value) for key, value in arguments.items()}
    return change(tensor, name, {"input": plain(tensor), **written}, result)


def uniform_(tensor, a=0.0, b=1.0, generator=None):
    return _drawn(tensor, "uniform_", ("uniform", a, b), {"a": a, "b": b})


def normal_(tensor, mean=0.0, std=1.0, generator=None):
    return _drawn(tensor, "normal_", ("normal", mean, std), {"mean": mean, "std": std})


def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None):
    arguments = {"mean": mean, "std": std, "a": a, "b": b}
    return _drawn(tensor, "trunc_normal_", None, arguments)


def constant_(tensor, val):
    values = [val] * tensor.numel() if tensor.numel() <= MAXIMUM_KNOWN else None
    return _drawn(tensor, "constant_", ("constant", val, val), {"value": val}, values)


def ones_(tensor):
    return constant_(tensor, 1.0)


def zeros_(tensor):
    return constant_(tensor, 0.0)


def eye_(tensor):
    if tensor.ndim != 2:
        raise ValueError("Only tensors with 2 dimensions are supported")
    return _drawn(tensor, "eye_", None, {})


def dirac_(tensor, groups=1):
    if tensor.ndim not in (3, 4, 5):
        raise ValueError("Only tensors with 3, 4, or 5 dimensions are supported")
    return _drawn(tensor, "dirac_", None, {"groups": groups})


def xavier_uniform_(tensor, gain=1.0, generator=None):
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    bound = gain * math.sqrt(6.0 / (fan_in + fan_out))
    return _drawn(tensor, "xavier_uniform_", ("uniform", -bound, bound), {"gain": gain})


def xavier_normal_(tensor, gain=1.0, generator=None):
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    std = gain * math.sqrt(2.0 / (fan_in + fan_out))
    return _drawn(tensor, "xavier_normal_", ("normal", 0.0, std), {"gain": gain})


def _kaiming(tensor, name, a, mode, nonlinearity):
    if 0 in tensor.shape:
        return tensor
    fan = _calculate_correct_fan(tensor, mode)
    std = calculate_gain(nonlinearity, a) / math.sqrt(fan)
    arguments = {"a": a, "mode": mode, "nonlinearity": nonlinearity}
    bound = math.sqrt(3.0) * std
    drawn = ("normal", 0.0, std) if name == "kaiming_normal_" else ("uniform", -bound, bound)
    return _drawn(tensor, name, drawn, arguments)


def kaiming_uniform_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    return _kaiming(tensor, "kaiming_uniform_", a, mode, nonlinearity)


def kaiming_normal_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    return _kaiming(tensor, "kaiming_normal_", a, mode, nonlinearity)


def orthogonal_(tensor, gain=1, generator=None):
    if tensor.ndimension() < 2:
        raise ValueError("Only tensors with 2 or more dimensions are supported")
    return _drawn(tensor, "orthogonal_", None, {"gain": gain})


def sparse_(tensor, sparsity, std=0.01, generator=None):
    return _drawn(tensor, "sparse_", None, {"sparsity": sparsity, "std": std})


uniform, normal, constant, eye, dirac = uniform_, normal_, constant_, eye_, dirac_
xavier_uniform, xavier_normal = xavier_uniform_, xavier_normal_
kaiming_uniform, kaiming_normal = kaiming_uniform_, kaiming_normal_
orthogonal, sparse = orthogonal_, sparse_
