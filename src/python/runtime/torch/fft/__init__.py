"""The stand-in for `torch.fft`: shapes alone."""

from gradient_health.operators.table import operator
from gradient_health.tensor import Tensor


@operator("fft_fft")
def fft(input, n=None, dim=-1, norm=None):
    return Tensor(_resized(input, n, dim), input.dtype.to_complex())


@operator("fft_ifft")
def ifft(input, n=None, dim=-1, norm=None):
    return Tensor(_resized(input, n, dim), input.dtype.to_complex())


@operator("fft_rfft")
def rfft(input, n=None, dim=-1, norm=None):
    shape = _resized(input, n, dim)
    shape[dim] = shape[dim] // 2 + 1
    return Tensor(shape, input.dtype.to_complex())


@operator("fft_irfft")
def irfft(input, n=None, dim=-1, norm=None):
    shape = list(input.shape)
    shape[dim] = n if n is not None else 2 * (shape[dim] - 1)
    return Tensor(shape, input.dtype.to_real())


@operator("fft_fft2")
def fft2(input, s=None, dim=(-2, -1), norm=None):
    return Tensor(input.shape, input.dtype.to_complex())


@operator("fft_ifft2")
def ifft2(input, s=None, dim=(-2, -1), norm=None):
    return Tensor(input.shape, input.dtype.to_complex())


@operator("fft_fftshift")
def fftshift(input, dim=None):
    return Tensor(input.shape, input.dtype)


fftn, ifftn, ifftshift = fft2, ifft2, fftshift


def _resized(input, n, dim):
    shape = list(input.shape)
    if n is not None:
        shape[dim] = n
    return shape


@operator("fft_rfft2")
def rfft2(input, s=None, dim=(-2, -1), norm=None):
    shape = list(input.shape)
    shape[dim[-1]] = shape[dim[-1]] // 2 + 1
    return Tensor(shape, input.dtype.to_complex())


@operator("fft_irfft2")
def irfft2(input, s=None, dim=(-2, -1), norm=None):
    shape = list(input.shape)
    if s is not None:
        for axis, size in zip(dim, s):
            shape[axis] = size
    else:
        shape[dim[-1]] = 2 * (shape[dim[-1]] - 1)
    return Tensor(shape, input.dtype.to_real())
