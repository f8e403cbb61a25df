"""The stand-in for `torch.nn.functional`."""

from gradient_health.operators import OPERATORS as _OPERATORS
from gradient_health.operators.activations import functional as _functional
from gradient_health.recording import recorder as _recorder
from gradient_health.tensor import METHODS as _METHODS
from gradient_health.unknown import Unknown as _Unknown

_WITH_INPLACE = (
    "relu",
    "relu6",
    "leaky_relu",
    "elu",
    "celu",
    "selu",
    "silu",
    "mish",
    "hardswish",
    "hardsigmoid",
    "hardtanh",
    "threshold",
    "rrelu",
    "dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "alpha_dropout",
    "feature_alpha_dropout",
)
for _name in _WITH_INPLACE:
    globals()[_name] = _functional(_name)

_PLAIN = (
    "gelu",
    "glu",
    "prelu",
    "softplus",
    "softsign",
    "logsigmoid",
    "tanhshrink",
    "hardshrink",
    "softshrink",
    "softmax",
    "log_softmax",
    "softmin",
    "gumbel_softmax",
    "sigmoid",
    "tanh",
    "normalize",
    "linear",
    "bilinear",
    "embedding",
    "embedding_bag",
    "one_hot",
    "pad",
    "interpolate",
    "upsample",
    "fold",
    "pixel_shuffle",
    "pixel_unshuffle",
    "channel_shuffle",
    "grid_sample",
    "affine_grid",
    "batch_norm",
    "instance_norm",
    "layer_norm",
    "rms_norm",
    "group_norm",
    "local_response_norm",
    "scaled_dot_product_attention",
    "cosine_similarity",
    "pairwise_distance",
    "cross_entropy",
    "nll_loss",
    "mse_loss",
    "l1_loss",
    "smooth_l1_loss",
    "huber_loss",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "kl_div",
    "poisson_nll_loss",
    "gaussian_nll_loss",
    "soft_margin_loss",
    "hinge_embedding_loss",
    "multilabel_soft_margin_loss",
    "multilabel_margin_loss",
    "multi_margin_loss",
    "margin_ranking_loss",
    "cosine_embedding_loss",
    "triplet_margin_loss",
    "ctc_loss",
    *(
        f"{kind}{count}d"
        for kind in (
            "conv",
            "conv_transpose",
            "max_pool",
            "avg_pool",
            "lp_pool",
            "adaptive_max_pool",
            "adaptive_avg_pool",
            "max_unpool",
        )
        for count in (1, 2, 3)
    ),
)
for _name in _PLAIN:
    globals()[_name] = _OPERATORS[_name]

unfold = _OPERATORS["unfold_blocks"]
upsample_nearest = lambda input, size=None, scale_factor=None: interpolate(
    input, size, scale_factor
)


def upsample_bilinear(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor, mode="bilinear", align_corners=True)


def _in_place(name):
    return lambda input, *positional, **named: _OPERATORS[name].in_place(
        input, *positional, **named
    )


relu_, leaky_relu_, elu_, selu_, celu_, relu6_, hardtanh_, dropout_, threshold_ = (
    _in_place(name)
    for name in (
        "relu",
        "leaky_relu",
        "elu",
        "selu",
        "celu",
        "relu6",
        "hardtanh",
        "dropout",
        "threshold",
    )
)
hardtanh_, sigmoid_, tanh_ = _in_place("hardtanh"), _in_place("sigmoid"), _in_place("tanh")
swish = silu


def triplet_margin_with_distance_loss(
    anchor, positive, negative, distance_function=None, margin=1.0, swap=False, reduction="mean"
):
    distance = distance_function or pairwise_distance
    loss = (distance(anchor, positive) - distance(anchor, negative) + margin).clamp_min(0)
    return loss.mean() if reduction == "mean" else loss.sum() if reduction == "sum" else loss


def has_torch_function(*tensors):
    return False


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name in _METHODS:
        return _METHODS[name]
    _recorder.note("unknown-name", f"torch.nn.functional.{name} is not simulated.")
    return _Unknown("torch.nn.functional." + name)
