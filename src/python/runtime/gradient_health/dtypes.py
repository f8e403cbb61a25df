"""Types of elements, and which type an operation on several of them has."""


class dtype:
    """A type of elements, as `torch.float32`."""

    def __init__(self, name, category, size, is_signed=True):
        self.name = name
        self.category = category
        self.itemsize = size
        self.is_signed = is_signed
        self.is_floating_point = category == "float"
        self.is_complex = category == "complex"

    def __repr__(self):
        return "torch." + self.name

    def __reduce__(self):
        return (by_name, (self.name,))

    def __deepcopy__(self, memo):
        return self

    def to_complex(self):
        return complex128 if self.name == "float64" else complex64

    def to_real(self):
        return float64 if self.name == "complex128" else float32


bool_ = dtype("bool", "bool", 1, False)
uint8 = dtype("uint8", "integer", 1, False)
int8 = dtype("int8", "integer", 1)
int16 = dtype("int16", "integer", 2)
int32 = dtype("int32", "integer", 4)
int64 = dtype("int64", "integer", 8)
uint16 = dtype("uint16", "integer", 2, False)
uint32 = dtype("uint32", "integer", 4, False)
uint64 = dtype("uint64", "integer", 8, False)
float16 = dtype("float16", "float", 2)
bfloat16 = dtype("bfloat16", "float", 2)
float32 = dtype("float32", "float", 4)
float64 = dtype("float64", "float", 8)
complex64 = dtype("complex64", "complex", 8)
complex128 = dtype("complex128", "complex", 16)

ALL = (
    bool_,
    uint8,
    int8,
    int16,
    int32,
    int64,
    uint16,
    uint32,
    uint64,
    float16,
    bfloat16,
    float32,
    float64,
    complex64,
    complex128,
)
_RANK = {"bool": 0, "integer": 1, "float": 2, "complex": 3}
_NAMED = {kind.name: kind for kind in ALL}


class _Default:
    """The type of a tensor that is made of Python floats."""

    floating = float32


default = _Default()


def by_name(name):
    return _NAMED[name]


def of_number(value):
    """The type that a Python number has as a tensor."""
    if isinstance(value, bool):
        return bool_
    if isinstance(value, int):
        return int64
    if isinstance(value, complex):
        return default.floating.to_complex()
    return default.floating


def promote_types(left, right):
    """The smallest type that holds both, as `torch.promote_types`."""
    if left is right or right is None:
        return left
    if left is None:
        return right
    low, high = sorted((left, right), key=lambda kind: (_RANK[kind.category], kind.itemsize))
    if low.category != high.category:
        if high.category == "complex" and low is float64:
            return complex128
        return high
    if low.category == "float" and low.itemsize == high.itemsize:
        return float32
    if low.category == "integer" and low.is_signed != high.is_signed:
        unsigned = low if not low.is_signed else high
        signed = high if unsigned is low else low
        if signed.itemsize > unsigned.itemsize:
            return signed
        return {1: int16, 2: int32, 4: int64}.get(unsigned.itemsize, float32)
    return high


def _combine(higher, lower):
    """A type of higher priority wins unless its category is lower."""
    if higher is None:
        return lower
    if lower is None or _RANK[higher.category] >= _RANK[lower.category]:
        return higher
    if higher.category == "float" and lower.category == "complex":
        return higher.to_complex()
    return promote_types(higher, lower)


def result_type(*operands):
    """The type of an operation: tensors with axes count before those without, numbers last."""
    with_axes = without_axes = numbers = None
    for operand in operands:
        shape = getattr(operand, "shape", None)
        if shape is None or not isinstance(getattr(operand, "dtype", None), dtype):
            if isinstance(operand, (bool, int, float, complex)):
                numbers = promote_types(of_number(operand), numbers)
        elif len(shape):
            with_axes = promote_types(operand.dtype, with_axes)
        else:
            without_axes = promote_types(operand.dtype, without_axes)
    return _combine(_combine(with_axes, without_axes), numbers) or default.floating
