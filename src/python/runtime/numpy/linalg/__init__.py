"""The stand-in for `numpy.linalg`: shapes alone."""

from ..array import apply as _apply
from ..functions import asarray as _asarray


def norm(x, ord=None, axis=None, keepdims=False):
    return _apply("norm", _asarray(x), "fro", axis, keepdims)


def inv(a):
    return _apply("inverse", _asarray(a))


def det(a):
    return _apply("det", _asarray(a))


def svd(a, full_matrices=True, **named):
    return _apply("svd", _asarray(a), full_matrices)


def eigh(a, **named):
    return _apply("eigh", _asarray(a))


def qr(a, **named):
    return _apply("qr", _asarray(a))


def solve(a, b):
    return _apply("solve", _asarray(a), _asarray(b))
