"""The stand-in for `tqdm.notebook`."""

from . import tqdm, trange
