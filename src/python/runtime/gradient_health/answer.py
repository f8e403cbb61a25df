"""The record of a run as JSON for the host, whose reader checks every part of it."""

from torch import nn
from torch.optim.lr_scheduler import written_schedule

from .numbering import Numbering
from .recording import recorder


def written(program, directive_range=None):
    """Everything that was recorded, in the form of `src/python/trace.ts`."""
    numbers = Numbering()
    modules = _modules(numbers)
    optimizers = [_optimizer(optimizer, numbers) for optimizer in recorder.optimizers]
    notes = [
        {**note, "source": note["source"] if note["source"] is not None else -1}
        for note in recorder.notes.values()
    ]
    failure = program.failure
    error = None
    if failure is not None:
        error = {
            "text": failure.text,
            "stack": recorder.positions.stack_of(tuple(failure.places)),
            "inForward": failure.is_in_forward,
        }
    tensors, parameters, buffers = _tensors(numbers)
    events = [_event(event, numbers) for event in recorder.events]
    nodes = [
        [
            operator,
            [[name, value] for name, value in arguments.items()],
            numbers.several(outputs),
            in_place,
            call,
            stack,
        ]
        for operator, arguments, outputs, in_place, call, stack in recorder.nodes
    ]
    calls = [_call(call) for call in recorder.calls]
    numbers.renumber_references()
    files, places, stacks = recorder.positions.written()
    return {
        "version": 1,
        "status": program.status,
        "error": error,
        "files": files,
        "places": places,
        "stacks": stacks,
        "tensors": tensors,
        "parameters": parameters,
        "buffers": buffers,
        "modules": modules,
        "calls": calls,
        "nodes": nodes,
        "optimizers": optimizers,
        "events": events,
        "notes": notes,
    }


def roots():
    """Modules that are in no other, those that were called first."""
    inner = set()
    for module in recorder.modules:
        for child in module.__dict__.get("_modules", {}).values():
            if child is not None:
                inner.add(id(child))
    return [
        module
        for module in recorder.modules
        if id(module) not in inner and "_modules" in module.__dict__
    ]


def _modules(numbers):
    called = {call["module"] for call in recorder.calls}
    places = {}
    for root in roots():
        if not root._modules and root._number not in called and not root._parameters:
            continue
        for path, module in root.named_modules():
            places.setdefault(module._number, (root._number, path))
    rows = []
    for number, module in enumerate(recorder.modules):
        root, path = places.get(number, (-1, ""))
        kind = type(module)
        facts = module.__dict__
        rows.append(
            {
                "class": kind.__name__,
                "package": str(getattr(kind, "__module__", "")),
                "root": root,
                "path": path,
                "stack": module._stack,
                "parameters": [
                    [name, numbers[parameter.identity]]
                    for name, parameter in facts.get("_parameters", {}).items()
                    if parameter is not None
                ],
                "buffers": [
                    [name, numbers[facts.get("_first_buffers", {}).get(name, buffer.identity)]]
                    for name, buffer in facts.get("_buffers", {}).items()
                    if buffer is not None
                ],
                "children": [
                    [name, child._number]
                    for name, child in facts.get("_modules", {}).items()
                    if child is not None
                ],
                "isLeaf": isinstance(module, nn.Module) and not facts.get("_modules"),
            }
        )
    return rows


def _tensors(numbers):
    """Every tensor's role, shape, type, and values where they are known."""
    rows = []
    for identity in numbers.order:
        shape, kind = recorder.shapes[identity]
        values = _finite(recorder.values.get(identity))
        rows.append([recorder.roles[identity], list(shape), kind.name, values])
    parameters, buffers, seen = [], [], {}
    for module in recorder.modules:
        facts = module.__dict__
        for name, parameter in facts.get("_parameters", {}).items():
            if parameter is not None and parameter.identity not in seen:
                seen[parameter.identity] = True
                parameters.append(_parameter(parameter, numbers))
        for name, buffer in facts.get("_buffers", {}).items():
            if buffer is not None:
                identity = facts.get("_first_buffers", {}).get(name, buffer.identity)
                if identity not in seen:
                    seen[identity] = True
                    is_kept = name not in facts["_non_persistent_buffers_set"]
                    values = _finite(buffer.values) if identity == buffer.identity else None
                    buffers.append(
                        {"tensor": numbers[identity], "persistent": is_kept, "values": values}
                    )
    for optimizer in recorder.optimizers:
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                if parameter.identity not in seen:
                    seen[parameter.identity] = True
                    parameters.append(_parameter(parameter, numbers))
    return rows, parameters, buffers


def _finite(values):
    if values is None:
        return None
    plain_values = []
    for value in values:
        if isinstance(value, complex):
            return None
        number = float(value)
        is_finite = number - number == 0
        plain_values.append(
            (int(value) if number.is_integer() else number) if is_finite else str(number)
        )
    return plain_values


def _parameter(parameter, numbers):
    drawn = parameter.drawn
    return {
        "tensor": numbers[parameter.identity],
        "requiresGrad": bool(parameter.requires_grad),
        "source": -1 if getattr(parameter, "source", None) is None else parameter.source,
        "madeFrom": numbers[getattr(parameter, "made_from", parameter.identity)],
        "drawn": None if drawn is None or not _are_numbers(drawn[1:]) else list(drawn),
        "initialization": [
            {
                **event,
                "arguments": list(map(list, event["arguments"].items())),
                "view": [
                    [operator, list(map(list, arguments.items()))]
                    for operator, arguments in event["view"]
                ],
            }
            for event in recorder.initializations.get(parameter.identity, [])[:64]
        ],
    }


def _are_numbers(values):
    return all(isinstance(value, (int, float)) and value - value == 0 for value in values)


def _call(call):
    return {
        "module": call["module"],
        "parent": call["parent"],
        "from": call["from"],
        "to": call.get("to", len(recorder.nodes)),
        "training": bool(call["training"]),
        "inputs": call["inputs"],
        "named": call["named"],
        "outputs": call.get("outputs"),
        "stack": call["stack"],
        "ended": "to" in call,
    }


def _optimizer(optimizer, numbers):
    schedules = [written_schedule(schedule) for schedule in getattr(optimizer, "schedules", [])]
    return {
        "name": type(optimizer).__name__,
        "stack": optimizer.stack,
        "groups": [
            {
                "parameters": numbers.several(group["parameters"]),
                "options": list(map(list, group["options"].items())),
            }
            for group in optimizer.written_groups
        ],
        "steps": optimizer.steps,
        "schedules": [
            {**schedule, "options": list(map(list, schedule["options"].items()))}
            for schedule in schedules
        ],
    }


def _event(event, numbers):
    facts = numbers.facts(
        {key: value for key, value in event.items() if key not in ("kind", "node", "source")}
    )
    if isinstance(facts.get("arguments"), dict):
        facts["arguments"] = list(map(list, facts["arguments"].items()))
    source = event["source"]
    return {
        "kind": event["kind"],
        "node": event["node"],
        "source": -1 if source is None else source,
        "facts": list(map(list, facts.items())),
    }
