"""The table of operators, filled."""

from . import elementwise
from . import reductions
from . import views
from . import joining
from . import indexing
from . import products
from . import creation
from . import conversion
from . import activations
from . import convolutions
from . import pooling
from . import normalization
from . import attention
from . import losses
from .table import OPERATORS

__all__ = [
    "OPERATORS",
    "activations",
    "attention",
    "conversion",
    "convolutions",
    "creation",
    "elementwise",
    "indexing",
    "joining",
    "losses",
    "normalization",
    "pooling",
    "products",
    "reductions",
    "views",
]
