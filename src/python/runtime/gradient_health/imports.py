"""Imports of the program: its own files first, our packages for theirs, unknown ones for the rest."""

import importlib.abc
import importlib.machinery
import posixpath
import sys

from .recording import recorder
from .unknown import PartOfStandIn, UnknownModule

STAND_INS = frozenset(
    (
        "torch",
        "torchvision",
        "numpy",
        "einops",
        "lightning",
        "pytorch_lightning",
        "yaml",
        "tqdm",
        "gym",
        "gymnasium",
        "gradient_health",
    )
)
# Parts of the standard library that are not shipped.
_LEFT_OUT = frozenset(
    (
        "unittest",
        "ctypes",
        "xml",
        "sqlite3",
        "zoneinfo",
        "doctest",
        "pdb",
        "webbrowser",
        "tomllib",
        "wsgiref",
        "xmlrpc",
        "cProfile",
        "pstats",
        "profile",
        "turtle",
        "tkinter",
        "resource",
        "readline",
        "curses",
        "pwd",
        "grp",
        "fcntl",
        "termios",
        "multiprocessing",
        "ensurepip",
        "smtplib",
        "ftplib",
        "mailbox",
        "imaplib",
    )
)


class Workspace:
    """The files of the request, and where imports of them are looked for."""

    def __init__(self, main, sources):
        self.main = main
        self.sources = sources
        self.roots = []
        self.modules = set()
        folder = posixpath.dirname(main)
        for _ in range(6):
            self.roots.append(folder)
            parent = posixpath.dirname(folder)
            if parent == folder:
                break
            folder = parent

    def package_of_main(self):
        """The package that the main file lies in, for its relative imports."""
        names = []
        folder = posixpath.dirname(self.main)
        while posixpath.join(folder, "__init__.py") in self.sources and posixpath.basename(folder):
            names.insert(0, posixpath.basename(folder))
            folder = posixpath.dirname(folder)
        if not names and "from ." in self.sources[self.main]:
            names = [posixpath.basename(posixpath.dirname(self.main))]
        return ".".join(name for name in names if name.isidentifier())

    def find(self, name):
        """The file of a module, or the folder of a package without one."""
        relative = name.replace(".", "/")
        for root in self.roots:
            base = posixpath.join(root, relative)
            for path, is_package in ((base + "/__init__.py", True), (base + ".py", False)):
                if path in self.sources:
                    return path, is_package
        for root in self.roots:
            inside = posixpath.join(root, relative) + "/"
            if any(path.startswith(inside) and path.endswith(".py") for path in self.sources):
                return None, True
        return None


class WorkspaceFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules among the files of the request."""

    def __init__(self, workspace, compiles):
        self.workspace = workspace
        self.compiles = compiles

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in STAND_INS:
            return None
        found = self.workspace.find(name)
        if found is None:
            return None
        file, is_package = found
        spec = importlib.machinery.ModuleSpec(name, self, origin=file, is_package=is_package)
        spec.has_location = file is not None
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        self.workspace.modules.add(module.__name__)
        origin = module.__spec__.origin
        if origin is not None:
            exec(self.compiles(origin), module.__dict__)


class UnknownFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last finder: what nobody has is unknown."""

    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top.startswith("_") or (top in sys.stdlib_module_names and top not in _LEFT_OUT):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        if spec.name.split(".")[0] in STAND_INS:
            return PartOfStandIn(spec.name)
        if "." not in spec.name:
            recorder.note(
                "unknown-package",
                f"The package {spec.name} is not there; what it gives is unknown.",
            )
        return UnknownModule(spec.name)

    def exec_module(self, module):
        pass


def install(workspace, compiles):
    """Puts our finders around those of Python."""
    sys.meta_path[:] = [
        finder
        for finder in sys.meta_path
        if not isinstance(finder, (WorkspaceFinder, UnknownFinder))
    ]
    sys.meta_path.insert(0, WorkspaceFinder(workspace, compiles))
    sys.meta_path.append(UnknownFinder())


def forget(workspace):
    """Forgets the modules of the program, so that it can run again."""
    for name in list(sys.modules):
        module = sys.modules[name]
        if name in workspace.modules or isinstance(module, (UnknownModule, PartOfStandIn)):
            del sys.modules[name]
    workspace.modules.clear()
