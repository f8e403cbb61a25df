"""Stands in for what is not there: importable, callable, indexable, a base class, but never a number."""

import sys
import types

from .recording import recorder

# A vocabulary is the length that is asked for most often; the note says that it is assumed.
ASSUMED_LENGTH = 1000
ITEMS_OF_UNKNOWN = 2


class UnknownValueError(TypeError):
    """The program needs a number that nothing in its text says."""


class _UnknownType(type):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Unknown(f"{cls.__name__}.{name}")


class Unknown(metaclass=_UnknownType):
    """A value of which only its origin is known."""

    def __init__(self, name="unknown", *rest, **named):
        self.__dict__["_name"] = name if isinstance(name, str) else "unknown"

    def __getattr__(self, name):
        if name.startswith("__") or name in ("identity", "_tensor", "_name"):
            raise AttributeError(name)
        made = Unknown(f"{self._name}.{name}")
        self.__dict__[name] = made
        return made

    def __call__(self, *positional, **named):
        if len(positional) == 1 and not named and _can_be_decorated(positional[0]):
            return positional[0]
        recorder.note("unknown-call", f"{self._name}() is not run.")
        return Unknown(f"{self._name}()")

    def __getitem__(self, index):
        text = repr(index) if isinstance(index, (int, str)) else "…"
        return Unknown(f"{self._name}[{text}]"[:200])

    def __setitem__(self, index, value):
        pass

    def __delitem__(self, index):
        pass

    def __iter__(self):
        recorder.note("unknown-items", f"{self._name} is taken to have {ITEMS_OF_UNKNOWN} items.")
        return iter([Unknown(f"{self._name}[{i}]") for i in range(ITEMS_OF_UNKNOWN)])

    def __len__(self):
        recorder.note("unknown-length", f"len({self._name}) is taken to be {ASSUMED_LENGTH}.")
        return ASSUMED_LENGTH

    def __contains__(self, item):
        return False

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False

    def __bool__(self):
        return True

    def _refuse(self, *rest):
        raise UnknownValueError(
            f"The value of {self._name} is not known without running other code."
        )

    __int__ = __index__ = __float__ = __complex__ = __round__ = _refuse

    def __str__(self):
        return self._name

    __repr__ = __str__

    def __format__(self, form):
        return self._name

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return self is other

    def __mro_entries__(self, bases):
        name = self._name.rsplit(".", 1)[-1]
        recorder.note("unknown-base", f"Nothing is known of the base class {self._name}.")
        return (type(name if name.isidentifier() else "Base", (UnknownBase,), {}),)

    def __fspath__(self):
        return "/unknown"

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return (Unknown, (self._name,))

    def _combined(self, other):
        return other if hasattr(other, "identity") else Unknown(self._name)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _combined
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _combined
    __mod__ = __rmod__ = __pow__ = __rpow__ = __matmul__ = __rmatmul__ = _combined
    __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = _combined

    def _compared(self, other):
        recorder.note("unknown-branch", f"A comparison with {self._name} is taken to be false.")
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _compared

    def _same(self):
        return self

    __neg__ = __pos__ = __abs__ = __invert__ = _same


class UnknownBase:
    """The base of a class whose own base is not there."""

    def __init__(self, *positional, **named):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Unknown(f"{type(self).__name__}.{name}")


def _can_be_decorated(value):
    return isinstance(value, (type, types.FunctionType, staticmethod, classmethod))


class UnknownModule(types.ModuleType):
    """A package that is not there: every name in it is unknown."""

    __path__ = []

    def __getattr__(self, name):
        if name == "__version__":
            return "99.0.0"
        if name.startswith("__"):
            raise AttributeError(name)
        made = Unknown(f"{self.__name__}.{name}")
        setattr(self, name, made)
        return made


class PartOfStandIn(types.ModuleType):
    """A part of one of our packages that has no file: its names are those of the packages around."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        parts = self.__name__.split(".")
        for count in range(len(parts) - 1, 0, -1):
            around = sys.modules.get(".".join(parts[:count]))
            if around is not None and name in around.__dict__:
                return around.__dict__[name]
        recorder.note("unknown-name", f"{self.__name__}.{name} is not simulated.")
        made = Unknown(f"{self.__name__}.{name}")
        setattr(self, name, made)
        return made
