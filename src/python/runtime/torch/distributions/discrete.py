"""Discrete distributions."""

import torch
from torch.nn import functional as F

from .distribution import Distribution, as_tensors


class Categorical(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        if (probs is None) == (logits is None):
            raise ValueError("Either `probs` or `logits` must be specified, but not both.")
        if probs is not None:
            self.probs = probs / probs.sum(-1, keepdim=True)
            self.logits = torch.log(torch.clamp(self.probs, min=1.1920928955078125e-07))
        else:
            self.logits = logits - logits.logsumexp(dim=-1, keepdim=True)
            self.probs = F.softmax(self.logits, dim=-1)
        self._num_events = self.logits.size(-1)
        super().__init__(self.logits.shape[:-1])

    def sample(self, sample_shape=()):
        shape = self._extended_shape(sample_shape)
        with torch.no_grad():
            rows = self.probs.reshape(-1, self._num_events)
            count = 1
            for size in sample_shape:
                count *= size
            return torch.multinomial(rows, count, True).reshape(shape)

    def log_prob(self, value):
        value = value.long().unsqueeze(-1)
        shape = torch.broadcast_shapes(value.shape[:-1], self.logits.shape[:-1])
        value = value.expand((*shape, 1))
        return self.logits.expand((*shape, self._num_events)).gather(-1, value).squeeze(-1)

    def entropy(self):
        return -(self.logits * self.probs).sum(-1)

    @property
    def mode(self):
        return self.probs.argmax(dim=-1)


class OneHotCategorical(Categorical):
    def __init__(self, probs=None, logits=None, validate_args=None):
        super().__init__(probs, logits)
        self._event_shape = self.logits.shape[-1:]

    def sample(self, sample_shape=()):
        shape = (*sample_shape, *self._batch_shape)
        places = torch.zeros(shape, dtype=torch.int64)
        return F.one_hot(places, self._num_events).to(self.probs.dtype)

    def log_prob(self, value):
        return (value * self.logits).sum(-1)


class Bernoulli(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        if probs is not None:
            (self.probs,) = as_tensors(probs)
            self.logits = torch.logit(self.probs)
        else:
            (self.logits,) = as_tensors(logits)
            self.probs = torch.sigmoid(self.logits)
        super().__init__(self.logits.shape)

    def sample(self, sample_shape=()):
        with torch.no_grad():
            return torch.bernoulli(self.probs.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value):
        return -F.binary_cross_entropy_with_logits(self.logits, value, reduction="none")

    def entropy(self):
        return F.binary_cross_entropy_with_logits(self.logits, self.probs, reduction="none")

    @property
    def mean(self):
        return self.probs


class Binomial(Bernoulli):
    def __init__(self, total_count=1, probs=None, logits=None, validate_args=None):
        super().__init__(probs, logits)
        self.total_count = total_count


class Poisson(Distribution):
    def __init__(self, rate, validate_args=None):
        (self.rate,) = as_tensors(rate)
        super().__init__(self.rate.shape)

    def sample(self, sample_shape=()):
        return torch.poisson(self.rate.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value):
        return torch.xlogy(value, self.rate) - self.rate - (value + 1).lgamma()


class Multinomial(Categorical):
    def __init__(self, total_count=1, probs=None, logits=None, validate_args=None):
        super().__init__(probs, logits)
        self.total_count = total_count
