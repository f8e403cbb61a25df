"""The record of a run: which operators ran on which tensors, where, and what else training did."""

import math
import sys
import time

from .positions import Positions


class Stopped(BaseException):
    """Ends the program on purpose. No `except Exception` of the user catches it."""


MAXIMUM_NODES = 60_000
# What a program does again and again outside of its models is its data.
REPEATS_OUTSIDE_OF_MODELS = 256
_TICKS_BETWEEN_LOOKS_AT_THE_CLOCK = 63

# What a tensor is to the model; of several inputs the greatest decides.
CONSTANT, RANDOM, DATA, ACTIVATION = "constant", "random", "data", "activation"
_ORDER = {CONSTANT: 0, RANDOM: 1, DATA: 2, ACTIVATION: 3, "buffer": 0, "parameter": 3}


class Recorder:
    """Everything that is recorded. One exists; `reset` begins anew."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.positions = Positions()
        self.nodes = []
        self.roles = []
        self.shapes = []
        self.values = {}
        self.modules = []
        self.calls = []
        self.optimizers = []
        self.events = []
        self.notes = {}
        self.scope = []
        self.initializations = {}
        self.depth = 0
        self.initializes_by_default = False
        self.grad_enabled = True
        self.deadline = math.inf
        self.ticks = 0
        self.steps_wanted = 2
        self.backwards = 0
        self.has_overflowed = False
        self.repeats = {}
        # The one mention of each tensor, shared by all arguments that hold it.
        self.references = {}
        self.stops_at_model = False

    # Tensors

    def new_tensor(self, role, shape, kind):
        self.roles.append(role)
        self.shapes.append((shape, kind))
        return len(self.roles) - 1

    def role_of(self, tensors):
        best = CONSTANT
        for tensor in tensors:
            role = self.roles[tensor.identity]
            if _ORDER[role] > _ORDER[best]:
                best = role
        return ACTIVATION if best == "parameter" else CONSTANT if best == "buffer" else best

    # What happened

    def record(self, operator, arguments, outputs, in_place=False):
        """Records an operator; `arguments` are named, tensors among them by their number."""
        self.look_at_the_clock()
        if not self.scope and self._is_repeated(operator):
            return
        if len(self.nodes) >= MAXIMUM_NODES:
            if not self.has_overflowed:
                self.has_overflowed = True
                self.note("limit", f"Only the first {MAXIMUM_NODES} operators are recorded.")
            return
        for output in outputs:
            if output.values is not None and self.roles[output.identity] != ACTIVATION:
                self.values[output.identity] = output.values
        self.nodes.append(
            (
                operator,
                arguments,
                [output.identity for output in outputs],
                in_place,
                self.scope[-1] if self.scope else -1,
                self.positions.stack(sys._getframe(2)),
            )
        )

    def _is_repeated(self, operator):
        key = (operator, self.positions.here(sys._getframe(3)))
        count = self.repeats[key] = self.repeats.get(key, 0) + 1
        if count == REPEATS_OUTSIDE_OF_MODELS + 1:
            self.note(
                "limit", f"{operator} is recorded {REPEATS_OUTSIDE_OF_MODELS} times only.", key[1]
            )
        return count > REPEATS_OUTSIDE_OF_MODELS

    def look_at_the_clock(self):
        self.ticks += 1
        if (
            not self.ticks & _TICKS_BETWEEN_LOOKS_AT_THE_CLOCK
            and time.perf_counter() > self.deadline
        ):
            raise Stopped("time")

    def event(self, kind, **facts):
        """Records a step of training: a loss, a backward pass, a clip, an update."""
        facts["kind"] = kind
        facts["node"] = len(self.nodes)
        facts.setdefault("source", self.positions.here(sys._getframe(1)))
        if len(self.events) < 20_000:
            self.events.append(facts)
        return facts

    def note(self, kind, text, source=None):
        """Records an assumption, each once per place."""
        if source is None:
            source = self.positions.here(sys._getframe(1))
        key = (kind, text, source)
        if key in self.notes:
            self.notes[key]["count"] += 1
        elif len(self.notes) < 500:
            self.notes[key] = {
                "kind": kind,
                "text": text[:500],
                "source": source,
                "count": 1,
                "inForward": bool(self.scope),
            }

    @property
    def is_in_forward(self):
        return bool(self.scope)


recorder = Recorder()


def plain(value, depth=0):
    """A value as JSON: tensors by number, what has no such form by its text."""
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value[:2000] if kind is str else value
    if kind is int:
        return value if abs(value) < 2**53 else {"number": str(value)[:400]}
    if kind is float:
        return value if math.isfinite(value) else {"number": str(value)}
    identity = getattr(value, "identity", None)
    if kind is not type and isinstance(identity, int):
        reference = recorder.references.get(identity)
        if reference is None:
            reference = recorder.references[identity] = {"tensor": identity}
        return reference
    if depth > 8:
        return {"opaque": kind.__name__}
    if isinstance(value, slice):
        return {"slice": [plain(part, depth + 1) for part in (value.start, value.stop, value.step)]}
    if value is Ellipsis:
        return {"ellipsis": True}
    if isinstance(value, (list, tuple, range)) or kind.__name__ in ("odict_values", "dict_values"):
        return [plain(item, depth + 1) for item in list(value)[:4096]]
    if isinstance(value, dict):
        return {
            "map": [
                [str(key)[:200], plain(item, depth + 1)] for key, item in list(value.items())[:512]
            ]
        }
    if kind.__name__ == "dtype":
        return {"dtype": value.name}
    if isinstance(value, (bool, int, float, str)):
        for simple in (bool, int, float, str):
            if isinstance(value, simple):
                return plain(simple(value), depth + 1)
    if kind.__name__ == "device":
        return str(value)
    return {"opaque": str(getattr(value, "__name__", kind.__name__))[:200]}
