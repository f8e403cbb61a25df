"""The stand-in for `tqdm.std`."""

from . import tqdm, trange
