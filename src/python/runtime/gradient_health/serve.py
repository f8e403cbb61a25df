"""Answers the host: one request in, one answer out, both JSON."""

import json
import posixpath
import time

import torch  # noqa: F401  (so that the memory that is kept has it)

from . import answer, directive, entry
from .imports import Workspace
from .program import DIRECTIVE, Program
from .recording import recorder

DEFAULT_SECONDS = 8.0


def serve(request: str) -> str:
    """Runs what the request asks for. Whatever the user's code throws is part of the answer."""
    asked = json.loads(request)
    return json.dumps(trace(asked), separators=(",", ":"), allow_nan=False)


def trace(asked):
    """Reads a program by running it on tensors without numbers."""
    main = posixpath.normpath(asked["path"])
    sources = {posixpath.normpath(path): text for path, text in asked["sources"].items()}
    workspace = Workspace(main, sources)
    program = Program(workspace, [str(item) for item in asked.get("arguments", [])])
    deadline = time.perf_counter() + float(asked.get("seconds", DEFAULT_SECONDS))
    given = asked.get("directive") or _found(sources[main])
    if given:
        program.run(DIRECTIVE, deadline)
        _obey(program, given)
    else:
        program.run("__main__", deadline)
        if program.status in ("ended", "exit", "error") and not entry.has_called_a_model():
            _guess(program)
    return answer.written(program)


def _found(text):
    found = directive.find(text)
    return found[0] if found else None


def _obey(program, text):
    if program.status == "syntax":
        return
    if program.failure is not None:
        recorder.note("directive", f"The file itself failed first: {program.failure.text}")
        program.failure = None
    recorder.stops_at_model = False
    program.status = program.guarded(lambda: entry.obey(directive.parse(text), program.namespace))


def _guess(program):
    failure, status = program.failure, program.status
    program.failure = None
    if entry.guess(program):
        program.status = "guessed"
        if failure is not None:
            recorder.note(
                "left-out", f"The file itself failed: {failure.text}", _innermost(failure)
            )
    else:
        program.failure = failure or program.failure
        program.status = status if failure else "nothing"


def _innermost(failure):
    return failure.places[0] if failure.places else None
