"""Names of types of elements in PyTorch's messages."""

_C_NAMES = {
    "float32": "float",
    "float64": "double",
    "int64": "long long",
    "int32": "int",
    "bool": "bool",
    "float16": "c10::Half",
    "bfloat16": "c10::BFloat16",
    "uint8": "unsigned char",
    "int16": "short",
    "int8": "signed char",
}
_WORDS = {
    "float32": "Float",
    "float64": "Double",
    "int64": "Long",
    "int32": "Int",
    "bool": "Bool",
    "float16": "Half",
    "bfloat16": "BFloat16",
    "uint8": "Byte",
    "int16": "Short",
    "int8": "Char",
}


def c_name(kind):
    """The name in C++: `float`, `long long`."""
    return _C_NAMES.get(kind.name, kind.name)


def word(kind):
    """The name of the tensor type of old: `Float`, `Long`."""
    return _WORDS.get(kind.name, kind.name)
