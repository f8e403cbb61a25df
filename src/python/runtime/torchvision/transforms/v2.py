"""The stand-in for `torchvision.transforms.v2`."""

from . import *
from . import ToDtype, ToImage
