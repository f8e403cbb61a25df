"""The stand-in for `torch.distributions`: densities by tensor operators, samples by random ones."""

from . import constraints
from .distribution import Distribution, Independent
from .continuous import (
    Beta,
    Exponential,
    Gamma,
    HalfNormal,
    Laplace,
    LogNormal,
    MultivariateNormal,
    Normal,
    Uniform,
)
from .discrete import Bernoulli, Binomial, Categorical, Multinomial, OneHotCategorical, Poisson
from .kl import kl_divergence, register_kl
from . import categorical, normal
