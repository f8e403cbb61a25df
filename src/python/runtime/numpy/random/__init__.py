"""The stand-in for `numpy.random`: arrays of random numbers that are not drawn; small integers are."""

from gradient_health import dtypes as _dtypes
from gradient_health.operators import OPERATORS as _OPERATORS
from gradient_health.recording import recorder as _recorder
from gradient_health.tensor import Tensor as _Tensor

from ..array import ndarray as _ndarray
from ..array import unrecorded as _unrecorded

_MIDDLE = 0.5


def _drawn(shape, drawn=None):
    if shape is None:
        return _MIDDLE
    sizes = tuple(shape) if hasattr(shape, "__len__") else (shape,)
    return _ndarray(_tensor=_Tensor(sizes, _dtypes.float64, None, drawn, "random"))


def seed(seed=None):
    _recorder.event("seed", value=seed if isinstance(seed, int) else None)


def rand(*shape):
    return _drawn(shape or None, ("uniform", 0.0, 1.0))


def randn(*shape):
    return _drawn(shape or None, ("normal", 0.0, 1.0))


def random(size=None):
    return _drawn(size, ("uniform", 0.0, 1.0))


random_sample = ranf = sample = random


def normal(loc=0.0, scale=1.0, size=None):
    return _drawn(size, ("normal", loc, scale) if isinstance(loc, (int, float)) else None)


def standard_normal(size=None, **named):
    return normal(0.0, 1.0, size)


def uniform(low=0.0, high=1.0, size=None):
    return _drawn(size, ("uniform", low, high) if isinstance(low, (int, float)) else None)


def _other(*positional, size=None, **named):
    return _drawn(size)


beta = gamma = exponential = poisson = binomial = laplace = gumbel = dirichlet = (
    multivariate_normal
) = _other


def randint(low, high=None, size=None, dtype=None):
    low, high = (0, low) if high is None else (low, high)
    if size is None:
        return int(low)
    sizes = tuple(size) if hasattr(size, "__len__") else (size,)
    return _ndarray(_tensor=_unrecorded(_OPERATORS["randint"])(low, high, sizes))


integers = random_integers = randint


def permutation(x):
    if isinstance(x, int):
        return _ndarray(_tensor=_unrecorded(_OPERATORS["randperm"])(x))
    return x


def shuffle(x):
    pass


def choice(a, size=None, replace=True, p=None):
    if size is None:
        return 0 if isinstance(a, int) else a[0]
    return randint(0, a if isinstance(a, int) else len(a), size)


class RandomState:
    def __init__(self, seed=None):
        pass

    def __getattr__(self, name):
        if name not in globals():
            raise AttributeError(name)
        return globals()[name]


Generator = RandomState


def default_rng(seed=None):
    return RandomState(seed)


def get_state():
    return ()


def set_state(state):
    pass
