"""The stand-in for `torch.distributions.normal`."""

from .continuous import Normal
