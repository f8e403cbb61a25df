"""Normalization layers."""

import torch
from gradient_health.tensor import as_integer

from .. import functional as F
from .. import init
from .linear import made_parameter
from .module import Module, constructs


class _NormBase(Module):
    ranks = ()

    def __init__(
        self,
        num_features,
        eps=1e-5,
        momentum=0.1,
        affine=True,
        track_running_stats=True,
        device=None,
        dtype=None,
    ):
        super().__init__()
        self.num_features = as_integer(num_features)
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        for name in ("weight", "bias"):
            parameter = made_parameter((self.num_features,), dtype) if affine else None
            self.register_parameter(name, parameter)
        tracks = track_running_stats
        self.register_buffer("running_mean", torch.zeros(self.num_features) if tracks else None)
        self.register_buffer("running_var", torch.ones(self.num_features) if tracks else None)
        count = torch.tensor(0, dtype=torch.long) if tracks else None
        self.register_buffer("num_batches_tracked", count)
        self.reset_parameters()

    def reset_running_stats(self):
        pass

    @constructs
    def reset_parameters(self):
        if self.affine:
            init.ones_(self.weight)
            init.zeros_(self.bias)

    def _check_input_dim(self, input):
        if self.ranks and input.dim() not in self.ranks:
            wanted = " or ".join(f"{rank}D" for rank in self.ranks)
            raise ValueError(f"expected {wanted} input (got {input.dim()}D input)")

    def forward(self, input):
        self._check_input_dim(input)
        uses_batch = self.training or self.running_mean is None
        return F.batch_norm(
            input,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            uses_batch,
            0.0 if self.momentum is None else self.momentum,
            self.eps,
        )

    def extra_repr(self):
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.affine}"
        )


class _BatchNorm(_NormBase):
    pass


class BatchNorm1d(_BatchNorm):
    ranks = (2, 3)


class BatchNorm2d(_BatchNorm):
    ranks = (4,)


class BatchNorm3d(_BatchNorm):
    ranks = (5,)


class SyncBatchNorm(_BatchNorm):
    @classmethod
    def convert_sync_batchnorm(cls, module, process_group=None):
        return module


class _LazyBatchNorm(_BatchNorm):
    """Learns its number of features from the first input."""

    def __init__(self, *positional, **named):
        Module.__init__(self)
        self._options = (positional, named)

    def forward(self, input):
        if "weight" not in self._parameters:
            positional, named = self._options
            _NormBase.__init__(self, input.shape[1], *positional, **named)
        return super().forward(input)


class LazyBatchNorm1d(_LazyBatchNorm):
    ranks = (2, 3)


class LazyBatchNorm2d(_LazyBatchNorm):
    ranks = (4,)


class LazyBatchNorm3d(_LazyBatchNorm):
    ranks = (5,)


class _InstanceNorm(_NormBase):
    def __init__(
        self,
        num_features,
        eps=1e-5,
        momentum=0.1,
        affine=False,
        track_running_stats=False,
        device=None,
        dtype=None,
    ):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype)

    def forward(self, input):
        self._check_input_dim(input)
        return F.instance_norm(
            input,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            self.training or not self.track_running_stats,
            self.momentum,
            self.eps,
        )


class InstanceNorm1d(_InstanceNorm):
    ranks = (2, 3)


class InstanceNorm2d(_InstanceNorm):
    ranks = (3, 4)


class InstanceNorm3d(_InstanceNorm):
    ranks = (4, 5)


def _as_shape(value):
    return tuple(value) if isinstance(value, (tuple, list)) else (as_integer(value),)


class LayerNorm(Module):
    def __init__(
        self,
        normalized_shape,
        eps=1e-5,
        elementwise_affine=True,
        bias=True,
        device=None,
        dtype=None,
    ):
        super().__init__()
        self.normalized_shape = _as_shape(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        shape = self.normalized_shape
        self.register_parameter(
            "weight", made_parameter(shape, dtype) if elementwise_affine else None
        )
        has_bias = elementwise_affine and bias
        self.register_parameter("bias", made_parameter(shape, dtype) if has_bias else None)
        self.reset_parameters()

    @constructs
    def reset_parameters(self):
        if self.elementwise_affine:
            init.ones_(self.weight)
            if self.bias is not None:
                init.zeros_(self.bias)

    def forward(self, input):
        return F.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)


class RMSNorm(Module):
    def __init__(
        self, normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None
    ):
        super().__init__()
        self.normalized_shape = _as_shape(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        weight = made_parameter(self.normalized_shape, dtype) if elementwise_affine else None
        self.register_parameter("weight", weight)
        self.reset_parameters()

    @constructs
    def reset_parameters(self):
        if self.elementwise_affine:
            init.ones_(self.weight)

    def forward(self, input):
        return F.rms_norm(input, self.normalized_shape, self.weight, self.eps)


class GroupNorm(Module):
    def __init__(self, num_groups, num_channels, eps=1e-5, affine=True, device=None, dtype=None):
        super().__init__()
        if num_channels % num_groups != 0:
            raise ValueError(
                f"num_channels ({num_channels}) must be divisible by num_groups ({num_groups})"
            )
        self.num_groups = as_integer(num_groups)
        self.num_channels = as_integer(num_channels)
        self.eps = eps
        self.affine = affine
        for name in ("weight", "bias"):
            parameter = made_parameter((self.num_channels,), dtype) if affine else None
            self.register_parameter(name, parameter)
        self.reset_parameters()

    @constructs
    def reset_parameters(self):
        if self.affine:
            init.ones_(self.weight)
            init.zeros_(self.bias)

    def forward(self, input):
        return F.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)


class LocalResponseNorm(Module):
    def __init__(self, size, alpha=1e-4, beta=0.75, k=1.0):
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input):
        return F.local_response_norm(input, self.size, self.alpha, self.beta, self.k)
