"""The base of distributions."""

import torch


class Distribution:
    arg_constraints = {}
    has_rsample = False

    def __init__(self, batch_shape=torch.Size(), event_shape=torch.Size(), validate_args=None):
        self._batch_shape = torch.Size(batch_shape)
        self._event_shape = torch.Size(event_shape)

    @property
    def batch_shape(self):
        return self._batch_shape

    @property
    def event_shape(self):
        return self._event_shape

    def _extended_shape(self, sample_shape=()):
        return torch.Size((*sample_shape, *self._batch_shape, *self._event_shape))

    def sample(self, sample_shape=()):
        with torch.no_grad():
            return self.rsample(sample_shape)

    def rsample(self, sample_shape=()):
        raise NotImplementedError

    def sample_n(self, count):
        return self.sample((count,))

    @property
    def stddev(self):
        return self.variance.sqrt()

    @staticmethod
    def set_default_validate_args(value):
        pass


class Independent(Distribution):
    def __init__(self, base_distribution, reinterpreted_batch_ndims, validate_args=None):
        shape = base_distribution.batch_shape
        end = len(shape) - reinterpreted_batch_ndims
        super().__init__(shape[:end], (*shape[end:], *base_distribution.event_shape))
        self.base_dist = base_distribution
        self.reinterpreted_batch_ndims = reinterpreted_batch_ndims

    def rsample(self, sample_shape=()):
        return self.base_dist.rsample(sample_shape)

    def sample(self, sample_shape=()):
        return self.base_dist.sample(sample_shape)

    def log_prob(self, value):
        return self._summed(self.base_dist.log_prob(value))

    def entropy(self):
        return self._summed(self.base_dist.entropy())

    def _summed(self, value):
        count = self.reinterpreted_batch_ndims
        return value.sum(tuple(range(-count, 0))) if count else value

    @property
    def mean(self):
        return self.base_dist.mean


def as_tensors(*values):
    tensors = [
        value if isinstance(value, torch.Tensor) else torch.tensor(float(value)) for value in values
    ]
    return torch.broadcast_tensors(*tensors)
