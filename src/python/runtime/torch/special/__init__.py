"""The stand-in for `torch.special`."""

from gradient_health.operators import OPERATORS as _OPERATORS

(
    expit,
    erf,
    erfc,
    erfinv,
    expm1,
    exp2,
    gammaln,
    digamma,
    log1p,
    log_softmax,
    logit,
    logsumexp,
    sinc,
    softmax,
) = (
    _OPERATORS[name]
    for name in (
        "sigmoid",
        "erf",
        "erfc",
        "erfinv",
        "expm1",
        "exp2",
        "lgamma",
        "digamma",
        "log1p",
        "log_softmax",
        "logit",
        "logsumexp",
        "sinc",
        "softmax",
    )
)
i0, i0e, ndtri, xlogy = (_OPERATORS[name] for name in ("i0", "i0e", "ndtri", "xlogy"))
