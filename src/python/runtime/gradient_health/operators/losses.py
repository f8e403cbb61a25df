"""Losses."""

from .. import dtypes
from ..recording import recorder
from ..tensor import Tensor
from ..unknown import Unknown
from .shapes import broadcast, reduced, text_of
from .table import OPERATORS, operator
from .type_names import word


def reduce_of(reduction, size_average, reduce):
    """The reduction, of the names of old too."""
    if size_average is None and reduce is None:
        if reduction not in ("none", "mean", "sum", "batchmean"):
            raise ValueError(f"{reduction} is not a valid value for reduction")
        return reduction
    if reduce is False:
        return "none"
    return "mean" if size_average is None or size_average else "sum"


def _result(shape, reduction, kind):
    return Tensor(shape if reduction == "none" else (), kind)


def _written(arguments):
    kept = dict(arguments)
    size_average, reduce = kept.pop("size_average", None), kept.pop("reduce", None)
    if "reduction" in kept:
        kept["reduction"] = reduce_of(kept["reduction"], size_average, reduce)
    return kept


def loss(adopts=None):
    """Enters a loss; every call is an event of training as well."""

    def decorate(function):
        call = operator(function.__name__, records=_written, adopts=adopts)(function)
        name = function.__name__

        def compute(*positional, **named):
            result = call(*positional, **named)
            if isinstance(result, Tensor) and not recorder.depth:
                recorder.event("loss", name=name, tensor=result.identity)
            return result

        compute.__name__ = compute.__qualname__ = name
        OPERATORS[name] = compute
        return compute

    return decorate


def _adopt_classes(arguments):
    input = arguments["input"]
    if isinstance(input, Unknown):
        return {}
    shape = (*input.shape[:1], *input.shape[2:]) if input.ndim > 1 else ()
    return {"target": (shape, dtypes.int64)}


def _adopt_same(arguments):
    input = arguments["input"]
    return {} if isinstance(input, Unknown) else {"target": (tuple(input.shape), input.dtype)}


def _class_shape(name, input, target):
    shape = tuple(input.shape)
    if name == "cross_entropy" and tuple(target.shape) == shape and target.dtype.is_floating_point:
        return (*shape[:1], *shape[2:]) if len(shape) > 1 else ()
    wanted = (*shape[:1], *shape[2:]) if len(shape) > 1 else ()
    if target.ndim == len(shape) and len(shape) > 1 and tuple(target.shape) != wanted:
        if len(shape) == 2:
            raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
    if len(shape) > 1 and target.ndim and target.shape[0] != shape[0]:
        raise ValueError(
            f"Expected input batch_size ({shape[0]}) to match target batch_size ({target.shape[0]})."
        )
    if tuple(target.shape) != wanted:
        if len(shape) == 4 and target.ndim != 3:
            raise RuntimeError(
                "only batches of spatial targets supported (3D tensors) but got targets of dimension: "
                f"{target.ndim}"
            )
        raise RuntimeError(f"Expected target size {text_of(wanted)}, got {text_of(target.shape)}")
    if target.dtype.category != "integer":
        raise RuntimeError(
            f"expected target dtype to be Long or Byte, but got {word(target.dtype)}"
        )
    if target.values is not None and len(shape) > 1:
        for value in target.values:
            if value != -100 and not 0 <= value < shape[1]:
                raise IndexError(f"Target {value} is out of bounds.")
    return wanted


@loss(_adopt_classes)
def cross_entropy(
    input,
    target,
    weight=None,
    size_average=None,
    ignore_index=-100,
    reduce=None,
    reduction="mean",
    label_smoothing=0.0,
):
    shape = _class_shape("cross_entropy", input, target)
    return _result(shape, reduce_of(reduction, size_average, reduce), input.dtype)


@loss(_adopt_classes)
def nll_loss(
    input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"
):
    shape = _class_shape("nll_loss", input, target)
    return _result(shape, reduce_of(reduction, size_average, reduce), input.dtype)


def _pairwise_shape(input, target):
    if tuple(input.shape) != tuple(target.shape):
        recorder.note(
            "broadcast-target",
            f"Using a target size ({target.shape}) that is different to the input size ({input.shape}). "
            "This will likely lead to incorrect results due to broadcasting.",
        )
    return broadcast(input.shape, target.shape)


@loss(_adopt_same)
def mse_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    shape = _pairwise_shape(input, target)
    kind = dtypes.result_type(input, target)
    return _result(shape, reduce_of(reduction, size_average, reduce), kind)


@loss(_adopt_same)
def l1_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    shape = _pairwise_shape(input, target)
    kind = dtypes.result_type(input, target)
    return _result(shape, reduce_of(reduction, size_average, reduce), kind)


@loss(_adopt_same)
def smooth_l1_loss(input, target, size_average=None, reduce=None, reduction="mean", beta=1.0):
    shape = _pairwise_shape(input, target)
    return _result(shape, reduce_of(reduction, size_average, reduce), input.dtype)


@loss(_adopt_same)
def huber_loss(input, target, reduction="mean", delta=1.0, weight=None):
    return _result(_pairwise_shape(input, target), reduction, input.dtype)


@loss(_adopt_same)
def binary_cross_entropy(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean"
):
    if tuple(input.shape) != tuple(target.shape):
        raise ValueError(
            f"Using a target size ({target.shape}) that is different to the input size ({input.shape}) is "
            "deprecated. Please ensure they have the same size."
        )
    if target.dtype is not input.dtype:
        raise RuntimeError(f"Found dtype {word(target.dtype)} but expected {word(input.dtype)}")
    return _result(tuple(input.shape), reduce_of(reduction, size_average, reduce), input.dtype)


@loss(_adopt_same)
def binary_cross_entropy_with_logits(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None
):
    if tuple(input.shape) != tuple(target.shape):
        raise ValueError(
            f"Target size ({target.shape}) must be the same as input size ({input.shape})"
        )
    return _result(tuple(input.shape), reduce_of(reduction, size_average, reduce), input.dtype)


@loss(_adopt_same)
def kl_div(input, target, size_average=None, reduce=None, reduction="mean", log_target=False):
    if reduction == "batchmean" and size_average is None and reduce is None:
        return Tensor((), input.dtype)
    shape = broadcast(input.shape, target.shape)
    return _result(shape, reduce_of(reduction, size_average, reduce), input.dtype)


@loss(_adopt_same)
def poisson_nll_loss(
    input,
    target,
    log_input=True,
    full=False,
    size_average=None,
    eps=1e-8,
    reduce=None,
    reduction="mean",
):
    shape = broadcast(input.shape, target.shape)
    return _result(shape, reduce_of(reduction, size_average, reduce), input.dtype)


@loss(_adopt_same)
def gaussian_nll_loss(input, target, var, full=False, eps=1e-6, reduction="mean"):
    return _result(broadcast(input.shape, target.shape), reduction, input.dtype)


@loss(_adopt_same)
def soft_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    shape = broadcast(input.shape, target.shape)
    return _result(shape, reduce_of(reduction, size_average, reduce), input.dtype)


@loss(_adopt_same)
def hinge_embedding_loss(
    input, target, margin=1.0, size_average=None, reduce=None, reduction="mean"
):
    shape = broadcast(input.shape, target.shape)
    return _result(shape, reduce_of(reduction, size_average, reduce), input.dtype)


@loss(_adopt_same)
def multilabel_soft_margin_loss(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean"
):
    return _result(input.shape[:-1], reduce_of(reduction, size_average, reduce), input.dtype)


@loss()
def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    return _result(input.shape[:-1], reduce_of(reduction, size_average, reduce), input.dtype)


@loss(_adopt_classes)
def multi_margin_loss(
    input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction="mean"
):
    return _result(input.shape[:-1], reduce_of(reduction, size_average, reduce), input.dtype)


@loss()
def margin_ranking_loss(
    input1, input2, target, margin=0.0, size_average=None, reduce=None, reduction="mean"
):
    shape = broadcast(input1.shape, input2.shape, target.shape)
    return _result(shape, reduce_of(reduction, size_average, reduce), input1.dtype)


@loss()
def cosine_embedding_loss(
    input1, input2, target, margin=0.0, size_average=None, reduce=None, reduction="mean"
):
    shape = broadcast(input1.shape[:-1], target.shape)
    return _result(shape, reduce_of(reduction, size_average, reduce), input1.dtype)


@loss()
def triplet_margin_loss(
    anchor,
    positive,
    negative,
    margin=1.0,
    p=2.0,
    eps=1e-6,
    swap=False,
    size_average=None,
    reduce=None,
    reduction="mean",
):
    shape = broadcast(anchor.shape, positive.shape, negative.shape)
    shape = reduced(shape, [len(shape) - 1], False)
    return _result(shape, reduce_of(reduction, size_average, reduce), anchor.dtype)


@loss()
def ctc_loss(
    log_probs,
    targets,
    input_lengths,
    target_lengths,
    blank=0,
    reduction="mean",
    zero_infinity=False,
):
    batch = (log_probs.shape[1],) if log_probs.ndim == 3 else ()
    return _result(batch, reduction, log_probs.dtype)
