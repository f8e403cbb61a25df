"""Runs a program until its training shows what it does; leaves out what cannot run."""

import ast
import io
import sys
import types

from . import dtypes, imports, repair, surroundings
from .recording import Stopped, recorder
from .unknown import Unknown

MAXIMUM_REPAIRS = 16
# The name of a file whose model is called by a directive: only what it defines is wanted.
DIRECTIVE = "directive"


class Failure:
    """An error of the program, and the places it came from."""

    def __init__(self, error):
        self.error = error
        self.places = recorder.positions.of_error(error)
        self.text = f"{type(error).__name__}: {error}"[:2000]
        frames = list(_frames(error))
        self.is_in_forward = any(
            code.co_name == "call_module" and "module_calls" in code.co_filename
            for code, _ in frames
        )
        self.is_in_layer = any(
            code.co_name == "__init__"
            and "torch/nn/modules" in code.co_filename.replace("\\", "/")
            and "module.py" not in code.co_filename
            for code, _ in frames
        )
        last = frames[-1][0].co_filename if frames else ""
        self.is_of_torch = isinstance(error, (RuntimeError, IndexError, ValueError)) and (
            "gradient_health/operators" in last.replace("\\", "/")
            or "gradient_health/backward" in last.replace("\\", "/")
            or "torch/optim" in last.replace("\\", "/")
        )
        files = recorder.positions.files
        self.lines = [
            (code.co_filename, line) for code, line in frames if code.co_filename in files
        ]


def _frames(error):
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame.f_code, trace.tb_lineno
        trace = trace.tb_next


class Program:
    """A main file with the files around it."""

    def __init__(self, workspace, arguments):
        self.workspace = workspace
        self.arguments = arguments
        self.left_out = {}
        self.repairs = []
        self.namespace = {}
        self.failure = None
        self.status = "ended"

    def compiled(self, path):
        text = self.workspace.sources[path].lstrip("\ufeff")
        places = self.left_out.get(path)
        if not places:
            return compile(text, path, "exec", dont_inherit=True)
        return compile(
            repair.without(ast.parse(text, path), places), path, "exec", dont_inherit=True
        )

    def run(self, name, deadline):
        """Runs the main file, again without what failed, until it ends or nothing can be left out."""
        for _ in range(MAXIMUM_REPAIRS + 1):
            self._run_once(name, deadline)
            if self.failure is None or not self._leave_out():
                break
        for path, line, text in self.repairs:
            self._note_repair(path, line, text)

    def _run_once(self, name, deadline):
        imports.forget(self.workspace)
        recorder.reset()
        dtypes.default.floating = dtypes.float32
        recorder.deadline = deadline
        recorder.stops_at_model = name == DIRECTIVE
        for path, text in self.workspace.sources.items():
            recorder.positions.add_file(path, text)
        imports.install(self.workspace, self.compiled)
        surroundings.install(self.workspace, self.arguments)
        module = types.ModuleType(name)
        module.__file__ = self.workspace.main
        package = self.workspace.package_of_main()
        if package:
            module.__package__ = package
        sys.modules[name] = module
        self.namespace = module.__dict__
        self.namespace[repair.UNKNOWN_NAME] = lambda: Unknown("what was left out")
        self.failure = None
        self.status = self.guarded(lambda: exec(self.compiled(self.workspace.main), self.namespace))

    def guarded(self, run):
        """Runs a part of the program; how it ended."""
        output = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
        try:
            run()
            return "ended"
        except Stopped as stop:
            return str(stop)
        except SystemExit:
            return "exit"
        except (KeyboardInterrupt, MemoryError, RecursionError):
            raise
        except SyntaxError as error:
            self.failure = _SyntaxFailure(error)
            return "syntax"
        except BaseException as error:
            self.failure = Failure(error)
            return "error"
        finally:
            sys.stdout, sys.stderr = output
            recorder.scope.clear()
            recorder.depth = 0
            recorder.grad_enabled = True
            recorder.initializes_by_default = False

    def _leave_out(self):
        failure = self.failure
        if (
            self.status == "syntax"
            or failure.is_in_forward
            or failure.is_in_layer
            or failure.is_of_torch
        ):
            return False
        for path, line in reversed(failure.lines):
            statement = repair.statement_at(
                ast.parse(self.workspace.sources[path].lstrip("\ufeff")), line
            )
            if statement is None:
                continue
            place = (statement.lineno, statement.col_offset)
            known = self.left_out.setdefault(path, set())
            if place not in known and not _is_in_forward(self.workspace.sources[path], statement):
                known.add(place)
                self.repairs.append((path, statement, failure.text))
                return True
        return False

    def _note_repair(self, path, statement, text):
        row = (
            path,
            statement.lineno,
            statement.end_lineno,
            statement.col_offset,
            statement.end_col_offset,
            "",
        )
        recorder.note("left-out", f"Left out: {text}", recorder.positions.of_row(row))


def _is_in_forward(text, statement):
    tree = ast.parse(text.lstrip("\ufeff"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "forward":
            if node.lineno <= statement.lineno <= node.end_lineno:
                return True
    return False


class _SyntaxFailure:
    """A text that is no Python."""

    is_in_forward = is_in_layer = is_of_torch = False
    lines = ()

    def __init__(self, error):
        self.error = error
        self.text = f"SyntaxError: {error.msg}"
        self.places = ()
        if error.filename in recorder.positions.files:
            row = (error.filename, error.lineno, error.end_lineno, *_columns(error), "")
            self.places = (recorder.positions.of_row(row),)


def _columns(error):
    """Columns of a syntax error count characters from 1; those of a position count bytes from 0."""
    line = error.text or ""
    ends = []
    for column in (error.offset or 1, error.end_offset or error.offset or 1):
        ends.append(len(line[: max(0, column - 1)].encode("utf-8", "surrogatepass")))
    return ends
