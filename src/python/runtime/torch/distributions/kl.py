"""Divergences between distributions."""

from .continuous import Normal
from .discrete import Bernoulli, Categorical
from .distribution import Independent


def kl_divergence(p, q):
    if isinstance(p, Independent) and isinstance(q, Independent):
        return p._summed(kl_divergence(p.base_dist, q.base_dist))
    if isinstance(p, Normal) and isinstance(q, Normal):
        ratio = (p.scale / q.scale).pow(2)
        shift = ((p.loc - q.loc) / q.scale).pow(2)
        return 0.5 * (ratio + shift - 1 - ratio.log())
    if isinstance(p, Categorical) and isinstance(q, Categorical):
        return (p.probs * (p.logits - q.logits)).sum(-1)
    if isinstance(p, Bernoulli) and isinstance(q, Bernoulli):
        first = p.probs * (p.probs / q.probs).log()
        return first + (1 - p.probs) * ((1 - p.probs) / (1 - q.probs)).log()
    raise NotImplementedError(
        f"No KL(p || q) is implemented for p type {type(p).__name__} and q type {type(q).__name__}"
    )


def register_kl(left, right):
    return lambda function: function
