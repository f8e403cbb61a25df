"""What a program finds around it: files of the workspace, arguments, no clock to wait for."""

import argparse
import builtins
import io
import os
import posixpath
import sys
import time

from .recording import recorder

TEXT_OF_MISSING_FILE = (
    "the quick brown fox jumps over the lazy dog and runs away from it again, "
    "while 12 others watch; Nobody asks why.\n"
) * 100

_open = builtins.open
_exists, _isfile, _isdir, _listdir = os.path.exists, os.path.isfile, os.path.isdir, os.listdir


class Files:
    """The files of the request, as `open` and `os.path` see them."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.folder = posixpath.dirname(workspace.main)

    def path_of(self, name):
        try:
            path = os.fspath(name)
        except TypeError:
            return None
        if isinstance(path, bytes):
            path = path.decode("utf-8", "replace")
        for base in (self.folder, *self.workspace.roots):
            full = posixpath.normpath(posixpath.join(base, path))
            if full in self.workspace.sources:
                return full
        return None

    def open(self, file, mode="r", *positional, **named):
        path = self.path_of(file) if not isinstance(file, int) else None
        if path is not None and not set(mode) & set("wax"):
            text = self.workspace.sources[path]
            return io.BytesIO(text.encode()) if "b" in mode else io.StringIO(text)
        try:
            return _open(file, mode, *positional, **named)
        except (FileNotFoundError, NotADirectoryError, PermissionError, IsADirectoryError):
            return self._stand_in(file, mode)

    def _stand_in(self, file, mode):
        is_binary = "b" in mode
        if set(mode) & set("wax"):
            return io.BytesIO() if is_binary else io.StringIO()
        if is_binary or str(file).endswith((".json", ".yaml", ".yml", ".toml", ".csv")):
            raise FileNotFoundError(2, "No such file or directory", str(file))
        recorder.note("unknown-file", f"{str(file)[:200]} is taken to hold an English text.")
        return io.StringIO(TEXT_OF_MISSING_FILE)

    def exists(self, path):
        return self.path_of(path) is not None or self.isdir(path) or _exists(path)

    def isfile(self, path):
        return self.path_of(path) is not None or _isfile(path)

    def isdir(self, path):
        try:
            inside = posixpath.normpath(posixpath.join(self.folder, os.fspath(path))) + "/"
        except TypeError:
            return False
        return any(name.startswith(inside) for name in self.workspace.sources) or _isdir(path)

    def listdir(self, path="."):
        inside = posixpath.normpath(posixpath.join(self.folder, os.fspath(path))) + "/"
        names = {
            name[len(inside) :].split("/")[0]
            for name in self.workspace.sources
            if name.startswith(inside)
        }
        return sorted(names) if names else _listdir(path)


def _nothing(*positional, **named):
    return None


def install(workspace, arguments):
    """Replaces what would reach outside."""
    files = Files(workspace)
    builtins.open = io.open = files.open
    os.path.exists, os.path.isfile, os.path.isdir = files.exists, files.isfile, files.isdir
    os.listdir = files.listdir
    for name in ("makedirs", "mkdir", "remove", "unlink", "rename", "rmdir"):
        setattr(os, name, _nothing)
    time.sleep = _nothing
    sys.argv = [workspace.main, *arguments]
    _relax_arguments()


def _relax_arguments():
    """Arguments that a command line must give are None, with a note."""
    container = argparse._ActionsContainer
    if hasattr(container, "_plain_add_argument"):
        return
    container._plain_add_argument = container.add_argument

    def add_argument(self, *names, **options):
        is_given = len(sys.argv) > 1
        if not is_given and options.get("required"):
            options["required"] = False
            recorder.note("missing-argument", f"The argument {names[-1]} is not given.")
        is_positional = names and not str(names[0]).startswith("-")
        if (
            not is_given
            and is_positional
            and options.get("nargs") is None
            and "action" not in options
        ):
            options["nargs"] = "?"
            recorder.note("missing-argument", f"The argument {names[0]} is not given.")
        return self._plain_add_argument(*names, **options)

    container.add_argument = add_argument
