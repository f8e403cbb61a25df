"""Types of elements as numpy names them."""

import builtins

from gradient_health import dtypes


class dtype:
    """A type of elements, which makes Python numbers when it is called."""

    def __new__(cls, kind, *positional, **named):
        if isinstance(kind, dtype):
            return kind
        return _of(kind)

    @classmethod
    def _made(cls, kind):
        made = object.__new__(cls)
        made._kind = kind
        made.name = made.__name__ = kind.name
        made.itemsize = kind.itemsize
        made.kind = {
            "bool": "b",
            "integer": "i" if kind.is_signed else "u",
            "float": "f",
            "complex": "c",
        }[kind.category]
        return made

    def __call__(self, value=0, *positional):
        from .array import ndarray, wrapped

        if isinstance(value, ndarray) or hasattr(value, "__len__"):
            return wrapped(value, self)
        convert = {"b": bool, "f": float, "c": complex}.get(self.kind, int)
        return convert(value)

    def __eq__(self, other):
        try:
            return self._kind is _of(other)._kind
        except TypeError:
            return False

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return f"dtype('{self.name}')"

    def __str__(self):
        return self.name

    @property
    def type(self):
        return self


_ALL = {kind.name: dtype._made(kind) for kind in dtypes.ALL if kind.name != "bfloat16"}
bool_, float16, float32, float64 = (
    _ALL[name] for name in ("bool", "float16", "float32", "float64")
)
int8, int16, int32, int64 = (_ALL[name] for name in ("int8", "int16", "int32", "int64"))
uint8, uint16, uint32, uint64 = (_ALL[name] for name in ("uint8", "uint16", "uint32", "uint64"))
complex64, complex128 = _ALL["complex64"], _ALL["complex128"]
_CODES = {
    "f": "float32",
    "f4": "float32",
    "d": "float64",
    "f8": "float64",
    "i": "int32",
    "i4": "int32",
    "i8": "int64",
    "u1": "uint8",
    "b": "int8",
    "?": "bool",
    "float": "float64",
    "int": "int64",
    "e": "float16",
    "f2": "float16",
    "uint": "uint64",
    "long": "int64",
}


def _of(kind):
    if isinstance(kind, dtype):
        return kind
    if isinstance(kind, dtypes.dtype):
        return _ALL[kind.name]
    if kind in (builtins.float, builtins.int, builtins.bool, builtins.complex):
        return _ALL[{float: "float64", int: "int64", bool: "bool", complex: "complex128"}[kind]]
    if isinstance(kind, str):
        name = _CODES.get(kind.lstrip("<>="), kind.lstrip("<>="))
        if name in _ALL:
            return _ALL[name]
    raise TypeError(f"data type {kind!r} not understood")


class generic:
    """The base of numbers; numbers are those of Python here."""


class number(generic):
    pass


class integer(number):
    pass


class floating(number):
    pass
