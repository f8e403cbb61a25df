"""Changes of a tensor in place: a new state of an activation, an initialization or update of a parameter."""

from .recording import plain, recorder
from .values import gathered, spread, strides_of


def final_target(tensor):
    while tensor._target is not None:
        tensor = tensor._target
    return tensor


def change(target, operator, arguments, result):
    """Gives `target` the state that an operator computed from it."""
    owner = final_target(target)
    if recorder.roles[owner.identity] == "parameter":
        _change_parameter(owner, operator, arguments, result, ())
        target.drawn = result.drawn
        return target
    base, steps = _base_of(target)
    if base is not None and recorder.roles[base.identity] == "parameter":
        _change_parameter(base, operator, arguments, result, steps)
        return target
    recorder.record(operator, arguments, [result], in_place=True)
    _become(target, result)
    if target._view is not None:
        _write_back(target)
    return target


def assign(target, value):
    """`target.data = value`."""
    if not hasattr(value, "identity"):
        raise TypeError(f"Variable data has to be a tensor, but got {type(value).__name__}")
    owner = final_target(target)
    if recorder.roles[owner.identity] == "parameter":
        owner.shape, owner.dtype = value.shape, value.dtype
        recorder.shapes[owner.identity] = (value.shape, value.dtype)
        _change_parameter(owner, "assign", {"value": plain(value)}, value, ())
    else:
        _become(target, value)


class EarlierState:
    """A tensor as it was before it was changed in place, for the backward pass."""

    def __init__(self, tensor):
        self.requires_grad = tensor.requires_grad
        self.grad_fn = tensor.grad_fn


def _become(target, result):
    if result.grad_fn is not None:
        result.grad_fn.inputs = [
            EarlierState(tensor) if tensor is target or tensor is target._target else tensor
            for tensor in result.grad_fn.inputs
        ]
    while target is not None:
        target.identity = result.identity
        target.values = result.values
        target.drawn = result.drawn
        target.grad_fn = result.grad_fn
        if result.requires_grad:
            target.requires_grad = True
        if target._target is None or target._target.shape != target.shape:
            break
        target = target._target


def _base_of(tensor):
    """The tensor that a chain of views was taken of, and the steps to it."""
    steps = []
    while True:
        if tensor._view is not None:
            tensor, operator, arguments = tensor._view[:3]
            steps.append([operator, arguments])
        elif tensor._target is not None:
            tensor = tensor._target
        else:
            return (tensor, tuple(reversed(steps))) if steps else (None, ())


def _change_parameter(parameter, operator, arguments, result, steps):
    change_of = {
        "operator": operator,
        "arguments": arguments,
        "view": [list(step) for step in steps],
        "stack": recorder.positions.stack(),
        "isDefault": recorder.initializes_by_default,
    }
    if recorder.backwards and not recorder.initializes_by_default:
        recorder.event("update", tensor=parameter.identity, operator=operator, arguments=arguments)
        return
    recorder.initializations[parameter.identity].append(change_of)
    if not steps:
        parameter.drawn = result.drawn


def _write_back(view):
    """Carries the change of a view into the tensor that it shows."""
    from .tensor import GradientFunction, Tensor

    base, operator, arguments, gather = view._view
    changed = Tensor(base.shape, base.dtype, role=recorder.role_of([base, view]))
    if gather is not None and base.values is not None and view.values is not None:
        changed.values = list(base.values)
        for place, value in zip(gather, view.values):
            changed.values[place] = value
    inputs = [tensor for tensor in (base, view) if tensor.requires_grad]
    if inputs:
        changed.requires_grad = True
        changed.grad_fn = GradientFunction("CopySlices", inputs)
    facts = {"input": plain(base), "value": plain(view), "view": operator, "arguments": arguments}
    facts["arguments"] = {"map": [[name, value] for name, value in arguments.items()]}
    recorder.record("write_view", facts, [changed])
    _become(base, changed)
    if base._view is not None:
        _write_back(base)


def set_items(target, index, value):
    """`target[index] = value`."""
    from .operators.indexing import index_places, indexed_shape, plain_index
    from .operators.table import OPERATORS
    from .tensor import Tensor

    if hasattr(value, "_tensor"):
        value = value._tensor
    if not hasattr(value, "identity"):
        value_tensor = None
        if isinstance(value, (list, tuple)):
            value = OPERATORS["tensor"](value)
            value_tensor = value
    else:
        value_tensor = value
    shape = indexed_shape(target, index)
    if value_tensor is not None:
        _check_fits(value_tensor.shape, shape)
    places = index_places(target, index)
    inputs = [target] + ([value_tensor] if value_tensor is not None else [])
    result = Tensor(target.shape, target.dtype, role=recorder.role_of(inputs))
    result.requires_grad = any(tensor.requires_grad for tensor in inputs)
    _fill_known(result, target, places, value, shape)
    if result.requires_grad and recorder.grad_enabled:
        from .tensor import GradientFunction

        result.grad_fn = GradientFunction(
            "IndexPutBackward0", [t for t in inputs if t.requires_grad]
        )
    arguments = {"input": plain(target), "index": plain_index(index), "value": plain(value)}
    change(target, "setitem", arguments, result)


def _fill_known(result, target, places, value, shape):
    if target.values is None or places is None:
        return
    if hasattr(value, "identity"):
        if value.values is None:
            return
        spread_values = (
            spread(value.values, value.shape, shape)
            if len(value.shape) <= len(shape)
            else (value.values)
        )
    elif isinstance(value, (bool, int, float)):
        spread_values = [value] * len(places)
    else:
        return
    changed = list(target.values)
    for place, item in zip(places, spread_values):
        changed[place] = item
    result.values = changed


def _check_fits(given, wanted):
    if len(given) > len(wanted):
        extra = len(given) - len(wanted)
        if all(size == 1 for size in given[:extra]):
            given = given[extra:]
        else:
            raise RuntimeError(
                f"expand(torch.FloatTensor{{{list(given)}}}, size={list(wanted)}): the number of sizes "
                f"provided ({len(wanted)}) must be greater or equal to the number of dimensions in the "
                f"tensor ({len(given)})"
            )
    for offset in range(1, len(given) + 1):
        have, want = given[-offset], wanted[-offset]
        if have not in (1, want):
            raise RuntimeError(
                f"The expanded size of the tensor ({want}) must match the existing size ({have}) at "
                f"non-singleton dimension {len(wanted) - offset}.  Target sizes: {list(wanted)}.  "
                f"Tensor sizes: {list(given)}"
            )


__all__ = ["assign", "change", "gathered", "set_items", "strides_of"]
