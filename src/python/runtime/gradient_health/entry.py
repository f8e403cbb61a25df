"""Calls the model of a file that has no training loop: by a directive, or by guesses that are noted."""

import inspect
import types

import torch
from torch import nn

from . import dtypes
from .guesses import candidate_inputs, guessed_arguments
from .recording import recorder
from .tensor import Tensor

LOSSES = {
    "cross-entropy": "cross_entropy",
    "nll": "nll_loss",
    "mse": "mse_loss",
    "mae": "l1_loss",
    "l1": "l1_loss",
    "huber": "huber_loss",
    "smooth-l1": "smooth_l1_loss",
    "binary-cross-entropy": "binary_cross_entropy",
    "binary-cross-entropy-with-logits": "binary_cross_entropy_with_logits",
    "bce": "binary_cross_entropy",
    "bce-with-logits": "binary_cross_entropy_with_logits",
}


class EntryError(ValueError):
    """A directive that cannot be obeyed."""


def has_called_a_model():
    """True where some module with parameters of its own was called by the program."""
    return any(
        call["parent"] == -1
        and next(recorder.modules[call["module"]].parameters(), None) is not None
        and call.get("results")
        for call in recorder.calls
    )


# By a directive


def obey(directive, namespace):
    """Builds the model, calls it on the inputs, and takes the loss."""
    model = eval(directive.model, namespace)
    if not isinstance(model, nn.Module):
        raise EntryError(f"{directive.model} is no module, but {type(model).__name__}.")
    inputs = [_made(item, directive.batch) for item in directive.inputs]
    output = model(*inputs)
    if directive.loss:
        _apply_loss(directive.loss, output)


def _made(item, batch):
    shape = [batch if size == "batch" else size for size in item.shape]
    kind = dtypes.by_name(item.kind)
    if kind.category == "integer":
        tensor = Tensor(shape, kind, role="data")
        tensor.below = item.below
    else:
        tensor = Tensor(shape, kind, None, ("normal", 0.0, 1.0), role="data")
    facts = {"tensor": tensor.identity, "below": item.below}
    recorder.event("input", **facts)
    return tensor


def _apply_loss(name, output):
    from torch.nn import functional

    if name not in LOSSES:
        raise EntryError(f"There is no loss “{name}”; there are {', '.join(LOSSES)}.")
    while isinstance(output, (tuple, list)):
        output = output[0]
    if LOSSES[name] in ("cross_entropy", "nll_loss"):
        if output.ndim == 3:
            output = output.reshape(-1, output.shape[-1])
        shape, kind = (output.shape[0], *output.shape[2:]), torch.int64
    else:
        shape, kind = output.shape, output.dtype
    target = Tensor(shape, kind, role="data")
    getattr(functional, LOSSES[name])(output, target).backward()


# By guesses


def guess(program):
    """Tries functions without arguments, then classes; keeps the first model that runs."""
    namespace = program.namespace
    for function in _functions(namespace):
        before = _mark()
        result = []
        status = program.guarded(lambda: result.append(function()))
        if has_called_a_model():
            _note_entry(f"{function.__name__}() is called, since the file calls no model.")
            program.failure = None
            return True
        if status == "ended" and isinstance(result[0], nn.Module) and _forward(program, result[0]):
            _note_entry(f"The model is what {function.__name__}() makes.")
            return True
        program.failure = None
        _forget_since(before)
    models = [module for module in namespace.values() if isinstance(module, nn.Module)]
    for model in sorted(models, key=_size, reverse=True):
        if _forward(program, model):
            _note_entry("The largest model of the file is called.")
            return True
    return _guess_class(program)


def _note_entry(text):
    recorder.note("entry", text)


def _functions(namespace):
    """Functions of the file that need no argument; tests first, then what makes a model."""
    found = []
    for name, value in list(namespace.items()):
        if not isinstance(value, types.FunctionType) or value.__globals__ is not namespace:
            continue
        required = [
            parameter
            for parameter in inspect.signature(value).parameters.values()
            if parameter.default is parameter.empty
            and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        ]
        if not required and value.__name__ == name:
            found.append((0 if name.startswith(("test", "main", "demo", "train")) else 1, value))
    return [function for _, function in sorted(found, key=lambda item: item[0])][:16]


def _mark():
    return len(recorder.nodes), len(recorder.calls), len(recorder.events)


def _forget_since(mark):
    nodes, calls, events = mark
    del recorder.nodes[nodes:]
    del recorder.calls[calls:]
    del recorder.events[events:]


def _size(module):
    return sum(parameter.numel() for parameter in module.parameters())


def _guess_class(program):
    namespace = program.namespace
    classes = [
        value
        for value in namespace.values()
        if isinstance(value, type)
        and issubclass(value, nn.Module)
        and value.__module__ == namespace["__name__"]
    ]
    built, failures = [], []
    for each in dict.fromkeys(reversed(classes)):
        result = []
        before = _mark()
        status = program.guarded(lambda: result.append(each(**guessed_arguments(each, namespace))))
        if status == "ended":
            built.append(result[0])
        else:
            failures.append(program.failure)
            program.failure = None
            _forget_since(before)
    first_failure = next((failure for failure in failures if failure), None)
    for model in sorted(built, key=_size, reverse=True):
        if _forward(program, model):
            _note_entry(f"{type(model).__name__} is called, since the file calls no model.")
            return True
        first_failure = first_failure or program.failure
    program.failure = first_failure
    return False


def _forward(program, model):
    """Calls a model on the first inputs that it takes; the failure of the likeliest is kept."""
    first_failure = None
    for inputs, text in candidate_inputs(model):
        before = _mark()
        results = []
        status = program.guarded(lambda: results.append(model(*inputs())))
        if status == "ended" and has_called_a_model():
            recorder.note(
                "guessed-input", f"{type(model).__name__} is called on {text}.", model_source(model)
            )
            program.failure = None
            return True
        first_failure = first_failure or program.failure
        _forget_since(before)
    program.failure = first_failure
    return False


def model_source(model):
    stack = recorder.positions.stacks[model._stack]
    return stack[0] if stack else None
