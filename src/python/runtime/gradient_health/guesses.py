"""Guesses of arguments and inputs, by names and by the first layers; each becomes a note."""

import dataclasses
import inspect

import torch
from torch import nn

from .recording import recorder
from .unknown import Unknown

_BATCH = 2
_SIDES = (32, 28, 64, 224, 96, 128, 256)
_LENGTHS = (16, 64, 128, 1024)
_NUMBERS = (
    (("num_classes", "n_classes", "nclass", "n_class", "class"), 10),
    (("vocab", "ntoken", "n_token", "num_embeddings", "tokens"), 1000),
    (("image_size", "img_size"), 32),
    (("patch",), 4),
    (("kernel",), 3),
    (("stride",), 1),
    (("drop",), 0.1),
    (("head",), 4),
    (("layer", "depth", "block", "repeat"), 2),
    (("in_channels", "in_ch", "input_channels", "channels", "nc"), 3),
    (("frames",), 4),
    (("seq_len", "length", "max_len", "block_size"), 16),
    (("alpha", "beta", "slope", "eps"), 0.1),
)
_DEFAULT = 64


def guessed_arguments(function, namespace):
    """Values for the parameters that have none."""
    given = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if parameter.default is parameter.empty:
            given[parameter.name] = _guessed(parameter, function, namespace)
    return given


def _guessed(parameter, function, namespace):
    kind = None if parameter.annotation is parameter.empty else parameter.annotation
    if isinstance(kind, str):
        kind = namespace.get(kind, kind)
    configuration = _configuration(kind, parameter.name, namespace)
    if configuration is not None:
        return configuration
    name = parameter.name.lower()
    value = next(
        (number for words, number in _NUMBERS if any(word in name for word in words)), _DEFAULT
    )
    if kind is bool:
        value = False
    elif kind is float:
        value = float(value)
    elif kind is str or (isinstance(kind, type) and kind not in (int, float, bool)):
        return Unknown(parameter.name)
    recorder.note(
        "guessed-argument", f"{function.__name__}: {parameter.name} is taken to be {value}."
    )
    return value


def _configuration(kind, name, namespace):
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return kind(**guessed_arguments(kind, namespace))
    if name.lower() in ("config", "cfg", "args", "opt", "hparams", "conf"):
        for value in namespace.values():
            if isinstance(value, type) and dataclasses.is_dataclass(value):
                return value(**guessed_arguments(value, namespace))
        return Unknown(name)
    return None


def _required(model):
    return [
        parameter
        for parameter in inspect.signature(model.forward).parameters.values()
        if parameter.default is parameter.empty
        and parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
    ]


def candidate_inputs(model):
    """Functions that make inputs, the likeliest first, each with a text for its note."""
    readers = (nn.Linear, nn.Embedding, nn.RNNBase, nn.RNNCellBase, nn.modules.convolution._ConvNd)
    layers = [module for module in model.modules() if isinstance(module, readers)]
    count = max(1, len(_required(model)))
    if not layers:
        return [(_several(lambda: torch.randn(_BATCH, 3, 32, 32), count), "[2, 3, 32, 32]")]
    shapes = _shapes(layers[0])
    if isinstance(layers[0], (nn.Linear,)) and len(layers) > 1:
        shapes += [shape for layer in layers[1:3] for shape in _shapes(layer)[:2]]
    return [(_several(make, count), text) for make, text in shapes]


def _several(make, count):
    return lambda: [make() for _ in range(count)]


def _shapes(layer):
    if isinstance(layer, nn.Embedding):
        return [
            (
                lambda size=size: torch.randint(0, layer.num_embeddings, (_BATCH, size)),
                f"[2, {size}] int64",
            )
            for size in (16, 8, 32)
        ]
    if isinstance(layer, nn.modules.convolution._ConvNd):
        sizes = _SIDES if layer.axes == 2 else _LENGTHS if layer.axes == 1 else (16, 32, 64)
        return [_floats((_BATCH, layer.in_channels, *(size,) * layer.axes)) for size in sizes]
    if isinstance(layer, nn.RNNBase):
        return [_floats((_BATCH, 16, layer.input_size)), _floats((16, _BATCH, layer.input_size))]
    if isinstance(layer, nn.RNNCellBase):
        return [_floats((_BATCH, layer.input_size))]
    size = layer.in_features
    shapes = [_floats((_BATCH, size)), _floats((_BATCH, 16, size))]
    images = {784: (1, 28, 28), 3072: (3, 32, 32), 1024: (1, 32, 32)}
    if size in images:
        shapes.insert(1, _floats((_BATCH, *images[size])))
    return [*shapes, _floats((_BATCH, 3, 32, 32)), _floats((_BATCH, 3, 256, 256))]


def _floats(shape):
    return (lambda: torch.randn(*shape), str(list(shape)))
