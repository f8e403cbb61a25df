"""Continuous distributions."""

import math

import torch

from .distribution import Distribution, as_tensors


class Normal(Distribution):
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = as_tensors(loc, scale)
        super().__init__(self.loc.shape)

    def rsample(self, sample_shape=()):
        noise = torch.randn(self._extended_shape(sample_shape), dtype=self.loc.dtype)
        return self.loc + noise * self.scale

    def log_prob(self, value):
        variance = self.scale**2
        return (
            -((value - self.loc) ** 2) / (2 * variance)
            - self.scale.log()
            - math.log(math.sqrt(2 * math.pi))
        )

    def entropy(self):
        return 0.5 + 0.5 * math.log(2 * math.pi) + torch.log(self.scale)

    def cdf(self, value):
        return 0.5 * (1 + torch.erf((value - self.loc) * self.scale.reciprocal() / math.sqrt(2)))

    @property
    def mean(self):
        return self.loc

    mode = mean

    @property
    def stddev(self):
        return self.scale

    @property
    def variance(self):
        return self.scale.pow(2)


class LogNormal(Normal):
    def rsample(self, sample_shape=()):
        return super().rsample(sample_shape).exp()


class HalfNormal(Normal):
    def __init__(self, scale, validate_args=None):
        super().__init__(0.0, scale)

    def rsample(self, sample_shape=()):
        return super().rsample(sample_shape).abs()


class Laplace(Normal):
    def rsample(self, sample_shape=()):
        noise = torch.rand(self._extended_shape(sample_shape)) * 2 - 1
        return self.loc - self.scale * noise.sign() * torch.log1p(-noise.abs())

    def log_prob(self, value):
        return -torch.log(2 * self.scale) - torch.abs(value - self.loc) / self.scale

    def entropy(self):
        return 1 + torch.log(2 * self.scale)


class Uniform(Distribution):
    has_rsample = True

    def __init__(self, low, high, validate_args=None):
        self.low, self.high = as_tensors(low, high)
        super().__init__(self.low.shape)

    def rsample(self, sample_shape=()):
        return self.low + torch.rand(self._extended_shape(sample_shape)) * (self.high - self.low)

    def log_prob(self, value):
        return torch.zeros_like(value) - torch.log(self.high - self.low)

    def entropy(self):
        return torch.log(self.high - self.low)

    @property
    def mean(self):
        return (self.high + self.low) / 2


class Exponential(Distribution):
    has_rsample = True

    def __init__(self, rate, validate_args=None):
        (self.rate,) = as_tensors(rate)
        super().__init__(self.rate.shape)

    def rsample(self, sample_shape=()):
        return -torch.log(torch.rand(self._extended_shape(sample_shape))) / self.rate

    def log_prob(self, value):
        return self.rate.log() - self.rate * value

    def entropy(self):
        return 1.0 - torch.log(self.rate)


class Gamma(Distribution):
    has_rsample = True

    def __init__(self, concentration, rate, validate_args=None):
        self.concentration, self.rate = as_tensors(concentration, rate)
        super().__init__(self.concentration.shape)

    def rsample(self, sample_shape=()):
        noise = torch.rand(self._extended_shape(sample_shape))
        return noise * self.concentration / self.rate

    def log_prob(self, value):
        return (
            self.concentration * torch.log(self.rate)
            + (self.concentration - 1) * torch.log(value)
            - self.rate * value
            - torch.lgamma(self.concentration)
        )


class Beta(Distribution):
    has_rsample = True

    def __init__(self, concentration1, concentration0, validate_args=None):
        self.concentration1, self.concentration0 = as_tensors(concentration1, concentration0)
        super().__init__(self.concentration1.shape)

    def rsample(self, sample_shape=()):
        noise = torch.rand(self._extended_shape(sample_shape))
        return noise * self.concentration1 / (self.concentration1 + self.concentration0)

    def log_prob(self, value):
        a, b = self.concentration1, self.concentration0
        return (
            (a - 1) * torch.log(value)
            + (b - 1) * torch.log1p(-value)
            + torch.lgamma(a + b)
            - torch.lgamma(a)
            - torch.lgamma(b)
        )


class MultivariateNormal(Distribution):
    has_rsample = True

    def __init__(
        self,
        loc,
        covariance_matrix=None,
        precision_matrix=None,
        scale_tril=None,
        validate_args=None,
    ):
        self.loc = loc
        self.scale_tril = (
            scale_tril if scale_tril is not None else torch.linalg.cholesky(covariance_matrix)
        )
        super().__init__(loc.shape[:-1], loc.shape[-1:])

    def rsample(self, sample_shape=()):
        noise = torch.randn(self._extended_shape(sample_shape))
        return self.loc + (self.scale_tril @ noise.unsqueeze(-1)).squeeze(-1)

    def log_prob(self, value):
        difference = (value - self.loc).unsqueeze(-1)
        distance = (torch.linalg.solve(self.scale_tril, difference) ** 2).sum((-2, -1))
        half_log_det = self.scale_tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)
        return -0.5 * (self._event_shape[0] * math.log(2 * math.pi) + distance) - half_log_det

    def entropy(self):
        half_log_det = self.scale_tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)
        return 0.5 * self._event_shape[0] * (1.0 + math.log(2 * math.pi)) + half_log_det

    @property
    def mean(self):
        return self.loc
