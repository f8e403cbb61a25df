"""The sampler of one process."""

from .sampler import Sampler


class DistributedSampler(Sampler):
    def __init__(self, dataset, *positional, **named):
        super().__init__(dataset)

    def set_epoch(self, epoch):
        pass
