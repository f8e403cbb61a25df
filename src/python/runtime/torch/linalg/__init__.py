"""The stand-in for `torch.linalg`."""

from gradient_health.operators import OPERATORS as _OPERATORS

(
    cholesky,
    cross,
    det,
    eigh,
    eigvalsh,
    inv,
    lstsq,
    matrix_exp,
    matrix_power,
    pinv,
    qr,
    slogdet,
    solve,
    svd,
) = (
    _OPERATORS[name]
    for name in (
        "cholesky",
        "cross",
        "det",
        "eigh",
        "eigvalsh",
        "inverse",
        "lstsq",
        "matrix_exp",
        "matrix_power",
        "pinverse",
        "qr",
        "slogdet",
        "solve",
        "svd",
    )
)
diagonal = _OPERATORS["diagonal"]


def norm(input, ord=None, dim=None, keepdim=False, dtype=None):
    return _OPERATORS["norm"](input, "fro" if ord is None else ord, dim, keepdim, dtype)


def vector_norm(x, ord=2, dim=None, keepdim=False, dtype=None):
    return _OPERATORS["norm"](x, ord, dim, keepdim, dtype)


def matrix_norm(input, ord="fro", dim=(-2, -1), keepdim=False, dtype=None):
    return _OPERATORS["norm"](input, ord, dim, keepdim, dtype)


def multi_dot(tensors):
    result = tensors[0]
    for tensor in tensors[1:]:
        result = result @ tensor
    return result


def svdvals(input):
    return svd(input)[1]
