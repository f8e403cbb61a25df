"""Losses and distances as modules."""

from gradient_health.operators.losses import reduce_of
from gradient_health.tensor import Tensor

from .. import functional as F
from .module import Module


class _Loss(Module):
    """Keeps a loss's options; `weight` and the like are buffers."""

    def _keep(self, options):
        options.pop("self")
        options.pop("__class__", None)
        if "size_average" in options:
            reduction = options.pop("reduction")
            options["reduction"] = (
                reduce_of(reduction, options.pop("size_average"), options.pop("reduce"))
                if reduction != "batchmean"
                else reduction
            )
        for name, value in options.items():
            if name in ("weight", "pos_weight"):
                self.register_buffer(name, value if isinstance(value, Tensor) else None)
            else:
                setattr(self, name, value)
        self.__dict__["_options"] = tuple(options)

    def _kept(self):
        return {name: getattr(self, name) for name in self._options}


class CrossEntropyLoss(_Loss):
    def __init__(
        self,
        weight=None,
        size_average=None,
        ignore_index=-100,
        reduce=None,
        reduction="mean",
        label_smoothing=0.0,
    ):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.cross_entropy(input, target, **self._kept())


class NLLLoss(_Loss):
    def __init__(
        self, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"
    ):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.nll_loss(input, target, **self._kept())


class MSELoss(_Loss):
    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.mse_loss(input, target, **self._kept())


class L1Loss(_Loss):
    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.l1_loss(input, target, **self._kept())


class SmoothL1Loss(_Loss):
    def __init__(self, size_average=None, reduce=None, reduction="mean", beta=1.0):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.smooth_l1_loss(input, target, **self._kept())


class HuberLoss(_Loss):
    def __init__(self, reduction="mean", delta=1.0):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.huber_loss(input, target, **self._kept())


class BCELoss(_Loss):
    def __init__(self, weight=None, size_average=None, reduce=None, reduction="mean"):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.binary_cross_entropy(input, target, **self._kept())


class BCEWithLogitsLoss(_Loss):
    def __init__(
        self, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None
    ):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.binary_cross_entropy_with_logits(input, target, **self._kept())


class KLDivLoss(_Loss):
    def __init__(self, size_average=None, reduce=None, reduction="mean", log_target=False):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.kl_div(input, target, **self._kept())


class PoissonNLLLoss(_Loss):
    def __init__(
        self, log_input=True, full=False, size_average=None, eps=1e-8, reduce=None, reduction="mean"
    ):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.poisson_nll_loss(input, target, **self._kept())


class GaussianNLLLoss(_Loss):
    def __init__(self, full=False, eps=1e-6, reduction="mean"):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target, var):
        return F.gaussian_nll_loss(input, target, var, **self._kept())


class SoftMarginLoss(_Loss):
    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.soft_margin_loss(input, target, **self._kept())


class HingeEmbeddingLoss(_Loss):
    def __init__(self, margin=1.0, size_average=None, reduce=None, reduction="mean"):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.hinge_embedding_loss(input, target, **self._kept())


class MultiLabelSoftMarginLoss(_Loss):
    def __init__(self, weight=None, size_average=None, reduce=None, reduction="mean"):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.multilabel_soft_margin_loss(input, target, **self._kept())


class MultiLabelMarginLoss(_Loss):
    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.multilabel_margin_loss(input, target, **self._kept())


class MultiMarginLoss(_Loss):
    def __init__(
        self, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction="mean"
    ):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input, target):
        return F.multi_margin_loss(input, target, **self._kept())


class MarginRankingLoss(_Loss):
    def __init__(self, margin=0.0, size_average=None, reduce=None, reduction="mean"):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input1, input2, target):
        return F.margin_ranking_loss(input1, input2, target, **self._kept())


class CosineEmbeddingLoss(_Loss):
    def __init__(self, margin=0.0, size_average=None, reduce=None, reduction="mean"):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, input1, input2, target):
        return F.cosine_embedding_loss(input1, input2, target, **self._kept())


class TripletMarginLoss(_Loss):
    def __init__(
        self,
        margin=1.0,
        p=2.0,
        eps=1e-6,
        swap=False,
        size_average=None,
        reduce=None,
        reduction="mean",
    ):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, anchor, positive, negative):
        return F.triplet_margin_loss(anchor, positive, negative, **self._kept())


class CTCLoss(_Loss):
    def __init__(self, blank=0, reduction="mean", zero_infinity=False):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, log_probs, targets, input_lengths, target_lengths):
        return F.ctc_loss(log_probs, targets, input_lengths, target_lengths, **self._kept())


class TripletMarginWithDistanceLoss(_Loss):
    def __init__(self, distance_function=None, margin=1.0, swap=False, reduction="mean"):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, anchor, positive, negative):
        return F.triplet_margin_with_distance_loss(anchor, positive, negative, **self._kept())


class CosineSimilarity(_Loss):
    def __init__(self, dim=1, eps=1e-8):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, x1, x2):
        return F.cosine_similarity(x1, x2, **self._kept())


class PairwiseDistance(_Loss):
    def __init__(self, p=2.0, eps=1e-6, keepdim=False):
        options = locals().copy()
        super().__init__()
        self._keep(options)

    def forward(self, x1, x2):
        return F.pairwise_distance(x1, x2, **self._kept())


NLLLoss2d = NLLLoss
