"""The stand-in for `torch.distributions.categorical`."""

from .discrete import Categorical
