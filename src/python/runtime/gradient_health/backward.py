"""The backward pass: which tensors get a gradient, and nothing else."""

from .recording import Stopped, recorder
from .tensor import Tensor

BACKWARDS_WITHOUT_OPTIMIZER = 2
MAXIMUM_BACKWARDS = 512


def leaves_of(tensors):
    """The tensors at the beginning of all that led to the given ones."""
    found = {}
    seen = set()
    waiting = list(tensors)
    while waiting:
        tensor = waiting.pop()
        if id(tensor) in seen or not tensor.requires_grad:
            continue
        seen.add(id(tensor))
        if tensor.grad_fn is None:
            if not isinstance(tensor, Tensor):
                continue
            found[id(tensor)] = tensor
            continue
        if getattr(tensor, "_keeps_grad", False):
            found[id(tensor)] = tensor
        waiting.extend(tensor.grad_fn.inputs)
    return list(found.values())


def check(tensors, gradient):
    for tensor in tensors:
        if not tensor.requires_grad:
            raise RuntimeError(
                "element 0 of tensors does not require grad and does not have a grad_fn"
            )
        if gradient is None and tensor.numel() != 1:
            raise RuntimeError("grad can be implicitly created only for scalar outputs")


def backward(tensors, gradient=None, source=None):
    """Records a backward pass and gives every leaf a gradient."""
    check(tensors, gradient)
    leaves = leaves_of(tensors)
    facts = {} if source is None else {"source": source}
    recorder.event(
        "backward",
        tensors=[tensor.identity for tensor in tensors],
        leaves=[leaf.identity for leaf in leaves],
        **facts,
    )
    for leaf in leaves:
        if leaf.grad is None:
            leaf.grad = Tensor(leaf.shape, leaf.dtype, role="data")
    recorder.backwards += 1
    if not recorder.optimizers and recorder.backwards > BACKWARDS_WITHOUT_OPTIMIZER:
        raise Stopped("backward")
    if recorder.backwards > MAXIMUM_BACKWARDS:
        raise Stopped("backward")
