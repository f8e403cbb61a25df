"""The comment that says which model a file is about: `# gradient-health: model Net(4), input [3, 32, 32]`."""

import re

_COMMENT = re.compile(r"^[ \t]*#[ \t]*gradient-health:[ \t]*(model\b.*)$", re.MULTILINE)
_CLAUSE = re.compile(r"(model|input|inputs|loss|batch)\b\s*(.*)", re.DOTALL)
_INPUT = re.compile(r"(\[[^\]]*\])\s*(?:(\w+)\s*)?(?:below\s+(\d+))?\s*$")
_BATCH_NAMES = ("N", "B", "batch")
DEFAULT_BATCH = 2


class DirectiveError(ValueError):
    """A directive that is not understood."""


class Input:
    """One tensor that the model is called with."""

    def __init__(self, shape, kind, below):
        self.shape = shape
        self.kind = kind
        self.below = below


class Directive:
    """What the comment says."""

    def __init__(self, model=None, inputs=(), loss=None, batch=DEFAULT_BATCH):
        self.model = model
        self.inputs = list(inputs)
        self.loss = loss
        self.batch = batch


def parts_of(text):
    """Splits at commas that are in no bracket and no string."""
    parts, depth, start, quote = [], 0, 0, None
    for place, letter in enumerate(text):
        if quote:
            quote = None if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
        elif letter == "," and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    return [*parts, text[start:].strip()]


def parse(text):
    """Reads the text after `gradient-health:`."""
    directive = Directive()
    clause = None
    for part in parts_of(text):
        match = _CLAUSE.match(part)
        if match and (match[1] != "input" or match[2].startswith("[")):
            clause, part = match[1], match[2].strip()
        if clause == "model":
            directive.model = part
        elif clause in ("input", "inputs"):
            directive.inputs.append(_input(part))
        elif clause == "loss":
            directive.loss = part
        elif clause == "batch":
            directive.batch = _number(part)
        else:
            raise DirectiveError(f"“{part}” is not understood; a directive begins with “model”.")
    if not directive.model:
        raise DirectiveError("The directive names no model.")
    return directive


def _number(text):
    if not text.isdecimal() or not 0 < int(text) < 1_000_000:
        raise DirectiveError(f"“{text}” is no number of examples.")
    return int(text)


def _input(text):
    match = _INPUT.match(text)
    if not match:
        raise DirectiveError(
            f"“{text}” is no input; write it as [3, 32, 32] or [16] int64 below 1000."
        )
    shape = []
    for size in match[1][1:-1].split(","):
        size = size.strip()
        if size in _BATCH_NAMES:
            shape.append("batch")
        elif size.isdecimal():
            shape.append(int(size))
        elif size:
            raise DirectiveError(f"“{size}” is no size.")
    if "batch" not in shape:
        shape.insert(0, "batch")
    kind = match[2] or "float32"
    if kind == "float":
        kind = "float32"
    if kind == "int":
        kind = "int64"
    return Input(shape, kind, int(match[3]) if match[3] else None)


def find(text):
    """The directive of a file and its range in characters, or None."""
    match = _COMMENT.search(text)
    return None if match is None else (match[1].strip(), match.start(1), match.end(1))
