"""The stand-in for `tqdm.auto`."""

from . import tqdm, trange
