"""Products of matrices and what is built on them."""

import math

from .. import dtypes
from ..tensor import Tensor, check_axis
from .shapes import axes, broadcast, reduced, text_of
from .table import OPERATORS, operator
from .type_names import c_name


def _check_types(input, other):
    if input.dtype is not other.dtype:
        raise RuntimeError(
            f"expected m1 and m2 to have the same dtype, but got: {c_name(input.dtype)} != "
            f"{c_name(other.dtype)}"
        )


def refuse_product(rows, inner, other_inner, columns):
    raise RuntimeError(
        f"mat1 and mat2 shapes cannot be multiplied ({rows}x{inner} and {other_inner}x{columns})"
    )


@operator()
def matmul(input, other):
    left, right = tuple(input.shape), tuple(other.shape)
    if not left or not right:
        raise RuntimeError(
            "both arguments to matmul need to be at least 1D, but they are "
            f"{len(left)}D and {len(right)}D"
        )
    inner = left[-1]
    other_inner = right[-2] if len(right) > 1 else right[0]
    if inner != other_inner:
        _refuse_matmul(left, right)
    _check_types(input, other)
    batch = broadcast(left[:-2], right[:-2])
    shape = batch + (left[-2:-1] if len(left) > 1 else ()) + (right[-1:] if len(right) > 1 else ())
    return Tensor(shape, dtypes.result_type(input, other))


def _refuse_matmul(left, right):
    if len(left) == 1 and len(right) == 1:
        raise RuntimeError(
            f"inconsistent tensor size, expected tensor {text_of(left)} and src {text_of(right)} to "
            f"have the same number of elements, but got {left[0]} and {right[0]} elements respectively"
        )
    if len(right) == 1:
        if len(left) == 2:
            raise RuntimeError(
                f"size mismatch, got input ({left[0]}), mat ({left[0]}x{left[1]}), vec ({right[0]})"
            )
        refuse_product(math.prod(left[:-1]), left[-1], right[0], 1)
    if len(left) > 2 and len(right) > 2:
        batch = broadcast(left[:-2], right[:-2])
        count = math.prod(batch)
        raise RuntimeError(
            "Expected size for first two dimensions of batch2 tensor to be: "
            f"[{count}, {left[-1]}] but got: [{count}, {right[-2]}]."
        )
    refuse_product(math.prod(left[:-1]), left[-1], right[-2], right[-1])


def _enter_product(name, ranks, shape_of):
    def compute(input, other):
        if (input.ndim, other.ndim) != ranks:
            raise RuntimeError(_wrong_ranks(name, input, other))
        matmul(input, other)
        return Tensor(shape_of(input.shape, other.shape), input.dtype)

    operator(name)(compute)


def _wrong_ranks(name, input, other):
    if name == "bmm":
        place, tensor = ("batch1", input) if input.ndim != 3 else ("batch2", other)
        return f"{place} must be a 3D tensor"
    if name == "mm":
        place = "self" if input.ndim != 2 else "mat2"
        return f"{place} must be a matrix"
    if name == "dot":
        return f"1D tensors expected, but got {input.ndim}D and {other.ndim}D tensors"
    return f"vector + matrix @ vector expected, got 1, {input.ndim}, {other.ndim}"


@operator()
def bmm(input, mat2):
    if input.ndim != 3 or mat2.ndim != 3:
        raise RuntimeError(_wrong_ranks("bmm", input, mat2))
    if input.shape[0] != mat2.shape[0] or input.shape[2] != mat2.shape[1]:
        raise RuntimeError(
            "Expected size for first two dimensions of batch2 tensor to be: "
            f"[{input.shape[0]}, {input.shape[2]}] but got: [{mat2.shape[0]}, {mat2.shape[1]}]."
        )
    _check_types(input, mat2)
    return Tensor((input.shape[0], input.shape[1], mat2.shape[2]), input.dtype)


_enter_product("mm", (2, 2), lambda left, right: (left[0], right[1]))
_enter_product("mv", (2, 1), lambda left, right: (left[0],))
_enter_product("dot", (1, 1), lambda left, right: ())
_enter_product("vdot", (1, 1), lambda left, right: ())


@operator()
def inner(input, other):
    if not input.ndim or not other.ndim:
        return Tensor(broadcast(input.shape, other.shape), input.dtype)
    return Tensor((*input.shape[:-1], *other.shape[:-1]), input.dtype)


@operator("outer", "ger")
def outer(input, vec2):
    if input.ndim != 1 or vec2.ndim != 1:
        raise RuntimeError(f"outer: Expected 1-D argument self, but got {input.ndim}-D")
    values = None
    if input.values is not None and vec2.values is not None:
        values = [a * b for a in input.values for b in vec2.values]
    return Tensor((input.shape[0], vec2.shape[0]), dtypes.result_type(input, vec2), values)


@operator()
def addmm(input, mat1, mat2, beta=1, alpha=1):
    OPERATORS["mm"](mat1, mat2)
    return Tensor((mat1.shape[0], mat2.shape[1]), input.dtype)


@operator()
def addmv(input, mat, vec, beta=1, alpha=1):
    return Tensor((mat.shape[0],), input.dtype)


@operator()
def baddbmm(input, batch1, batch2, beta=1, alpha=1):
    return Tensor(bmm(batch1, batch2).shape, input.dtype)


@operator()
def addbmm(input, batch1, batch2, beta=1, alpha=1):
    return Tensor((batch1.shape[1], batch2.shape[2]), input.dtype)


@operator()
def addr(input, vec1, vec2, beta=1, alpha=1):
    return Tensor((vec1.shape[0], vec2.shape[0]), input.dtype)


@operator()
def kron(input, other):
    return Tensor([a * b for a, b in zip(input.shape, other.shape)], input.dtype)


@operator()
def tensordot(a, b, dims=2):
    if isinstance(dims, int):
        left, right = list(range(a.ndim - dims, a.ndim)), list(range(dims))
    else:
        left, right = ([part] if isinstance(part, int) else list(part) for part in dims)
    left = [check_axis(axis, a.ndim) for axis in left]
    right = [check_axis(axis, b.ndim) for axis in right]
    for i, j in zip(left, right):
        if a.shape[i] != b.shape[j]:
            raise RuntimeError(
                "contracted dimensions need to match, but first has size "
                f"{a.shape[i]} in dim {i} and second has size {b.shape[j]} in dim {j}"
            )
    kept = [size for i, size in enumerate(a.shape) if i not in left]
    return Tensor(kept + [size for i, size in enumerate(b.shape) if i not in right], a.dtype)


@operator()
def einsum_of(equation, operands):
    equation = equation.replace(" ", "")
    given, arrow, wanted = equation.partition("->")
    names = given.split(",")
    if len(names) != len(operands):
        raise RuntimeError(
            "einsum(): more operands were provided than specified in the equation"
            if len(names) < len(operands)
            else "einsum(): fewer operands were provided than specified in the equation"
        )
    size, rest = {}, ()
    for place, (letters, operand) in enumerate(zip(names, operands)):
        before, dots, after = letters.partition("...")
        extra = operand.ndim - len(before) - len(after)
        if extra < 0 or (extra and not dots):
            raise RuntimeError(
                f"einsum(): the number of subscripts in the equation ({len(before + after)}) "
                + ("is more than" if extra < 0 else "does not match")
                + f" the number of dimensions ({operand.ndim}) for operand {place}"
                + ("" if extra < 0 else " and no ellipsis was given")
            )
        rest = broadcast(rest, operand.shape[len(before) : len(before) + extra])
        shape = (*operand.shape[: len(before)], *operand.shape[operand.ndim - len(after) :])
        for letter, have in zip(before + after, shape):
            known = size.get(letter, 1)
            if known != have and 1 not in (known, have):
                raise RuntimeError(
                    f"einsum(): subscript {letter} has size {have} for operand {place} which does not "
                    f"broadcast with previously seen size {known}"
                )
            size[letter] = max(known, have)
    if not arrow:
        letters = given.replace(",", "").replace(".", "")
        wanted = ("..." if "..." in given else "") + "".join(
            sorted(letter for letter in set(letters) if letters.count(letter) == 1)
        )
    before, dots, after = wanted.partition("...")
    for letter in before + after:
        if letter not in size:
            raise RuntimeError(
                f"einsum(): output subscript {letter} does not appear in the equation for any input "
                "operand"
            )
    shape = [size[letter] for letter in before]
    shape += list(rest) if dots else []
    return Tensor(shape + [size[letter] for letter in after], dtypes.result_type(*operands))


def einsum(equation, *operands):
    if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        operands = tuple(operands[0])
    return OPERATORS["einsum_of"](equation, list(operands))


@operator()
def cdist(x1, x2, p=2.0, compute_mode=None):
    if x1.shape[-1] != x2.shape[-1]:
        raise RuntimeError(
            f"X1 and X2 must have the same number of columns. X1: {x1.shape[-1]} X2: {x2.shape[-1]}"
        )
    batch = broadcast(x1.shape[:-2], x2.shape[:-2])
    return Tensor((*batch, x1.shape[-2], x2.shape[-2]), x1.dtype)


@operator()
def cosine_similarity(x1, x2, dim=1, eps=1e-8):
    shape = broadcast(x1.shape, x2.shape)
    return Tensor(reduced(shape, axes(dim, len(shape)), False), x1.dtype)


@operator()
def pairwise_distance(x1, x2, p=2.0, eps=1e-6, keepdim=False):
    shape = broadcast(x1.shape, x2.shape)
    return Tensor(reduced(shape, [len(shape) - 1], keepdim), x1.dtype)


@operator()
def cross(input, other, dim=None):
    return Tensor(broadcast(input.shape, other.shape), input.dtype)


# Linear algebra: shapes alone.


def _enter_matrix(name, shapes_of):
    def compute(input):
        made = tuple(Tensor(shape, input.dtype) for shape in shapes_of(tuple(input.shape)))
        return made if len(made) > 1 else made[0]

    operator(name)(compute)


_enter_matrix("inverse", lambda shape: [shape])
_enter_matrix("pinverse", lambda shape: [(*shape[:-2], shape[-1], shape[-2])])
_enter_matrix("det", lambda shape: [shape[:-2]])
_enter_matrix("logdet", lambda shape: [shape[:-2]])
_enter_matrix("slogdet", lambda shape: [shape[:-2], shape[:-2]])
_enter_matrix("matrix_exp", lambda shape: [shape])
_enter_matrix("cholesky", lambda shape: [shape])
_enter_matrix("eigh", lambda shape: [shape[:-1], shape])
_enter_matrix("eigvalsh", lambda shape: [shape[:-1]])
_enter_matrix(
    "qr", lambda shape: [(*shape[:-1], min(shape[-2:])), (*shape[:-2], min(shape[-2:]), shape[-1])]
)


@operator()
def svd(input, full_matrices=True):
    rows, columns = input.shape[-2:]
    least, batch = min(rows, columns), tuple(input.shape[:-2])
    wide = (rows, columns) if full_matrices else (least, least)
    return (
        Tensor((*batch, rows, wide[0]), input.dtype),
        Tensor((*batch, least), input.dtype),
        Tensor((*batch, wide[1], columns), input.dtype),
    )


@operator()
def solve(input, other):
    return Tensor(other.shape, other.dtype)


@operator()
def lstsq(input, other):
    return (Tensor((*input.shape[:-2], input.shape[-1], other.shape[-1]), input.dtype),)


@operator()
def matrix_power(input, n):
    return Tensor(input.shape, input.dtype)
