"""Calls of modules: recorded, and repeated without running where a model runs again and again."""

from .operators.table import tensors_of
from .recording import Stopped, plain, recorder
from .tensor import GradientFunction, Tensor
from .unknown import Unknown

# A model is run so often on inputs of the same shapes; further calls repeat the last one.
RUNS_IN_FULL = 3
MAXIMUM_CALLS = 20_000


def call_module(module, positional, named):
    if recorder.scope:
        return _run(module, positional, named)[0]
    if recorder.stops_at_model and module._modules:
        raise Stopped("ended")
    key = (module.training, recorder.grad_enabled, _signature(positional), _signature(named))
    runs = module.__dict__.setdefault("_runs", {})
    count, output, call = runs.get(key, (0, None, None))
    if count >= RUNS_IN_FULL and _can_be_repeated(module, output):
        return _repeated(module, positional, named, output, call)
    _mark_inputs([*positional, *named.values()])
    output, call = _run(module, positional, named)
    runs[key] = (count + 1, output, call)
    return output


def _run(module, positional, named):
    if "_modules" not in module.__dict__:
        raise AttributeError(f"'{type(module).__name__}' object has no attribute '_modules'")
    parent = recorder.scope[-1] if recorder.scope else -1
    call = {
        "module": module._number,
        "parent": parent,
        "from": len(recorder.nodes),
        "training": module.training,
        "stack": recorder.positions.stack(),
        "inputs": [],
        "named": {"map": []},
    }
    number = parent
    if len(recorder.calls) < MAXIMUM_CALLS:
        number = len(recorder.calls)
        recorder.calls.append(call)
    for hook in module._forward_pre_hooks.values():
        result = hook(module, positional)
        if result is not None:
            positional = result if isinstance(result, tuple) else (result,)
    call["inputs"] = plain(list(positional))
    call["named"] = plain(named)
    recorder.scope.append(number)
    try:
        output = module.forward(*positional, **named)
    finally:
        recorder.scope.pop()
    for hook in module._forward_hooks.values():
        result = hook(module, positional, output)
        if result is not None:
            output = result
    call["to"] = len(recorder.nodes)
    call["outputs"] = plain(output)
    call["results"] = [tensor.identity for tensor in tensors_of(output)]
    return output, number


def _mark_inputs(values):
    """Random tensors that a model is called with are its data."""
    for tensor in tensors_of(values):
        if recorder.roles[tensor.identity] == "random":
            recorder.roles[tensor.identity] = "data"


def _signature(value):
    if isinstance(value, Tensor):
        return (tuple(value.shape), value.dtype.name, value.requires_grad)
    if isinstance(value, (list, tuple)):
        return tuple(_signature(item) for item in value)
    if isinstance(value, dict):
        return tuple((key, _signature(item)) for key, item in value.items())
    if value is None or isinstance(value, (bool, int, float, str)):
        return (type(value).__name__, value)
    return ("object", id(value))


def _can_be_repeated(module, output):
    return bool(module._modules) and _is_plain(output)


def _is_plain(value):
    if isinstance(value, (list, tuple)):
        return all(_is_plain(item) for item in value)
    if isinstance(value, dict):
        return all(_is_plain(item) for item in value.values())
    return (
        value is None
        or isinstance(value, (Tensor, bool, int, float, str))
        and not isinstance(value, Unknown)
    )


def _repeated(module, positional, named, output, call):
    inputs = tensors_of([*positional, *named.values()])
    sources = [tensor for tensor in [*inputs, *module.parameters()] if tensor.requires_grad]
    made = []
    gradient = GradientFunction("ModuleCallBackward", sources)

    def fresh(value):
        if isinstance(value, Tensor):
            result = Tensor(
                value.shape, value.dtype, value.values, role=recorder.roles[value.identity]
            )
            if value.requires_grad:
                result.requires_grad = True
                result.grad_fn = gradient
            made.append(result)
            return result
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return type(value)(*(fresh(item) for item in value))
        if isinstance(value, (list, tuple)):
            return type(value)(fresh(item) for item in value)
        if isinstance(value, dict):
            return {key: fresh(item) for key, item in value.items()}
        return value

    result = fresh(output)
    arguments = {"call": call, "inputs": plain(list(positional)), "named": plain(named)}
    recorder.record("module_call", arguments, made)
    return result
