"""Recurrent layers and cells."""

import math

import torch
from gradient_health.operators import OPERATORS
from gradient_health.operators.shapes import text_of
from gradient_health.tensor import Tensor, as_integer
from gradient_health.unknown import Unknown

from .. import init
from ..utils.rnn import PackedSequence
from .linear import made_parameter
from .module import Module, constructs

_GATES = {"rnn": 1, "lstm": 4, "gru": 3}


class RNNBase(Module):
    kind = "rnn"

    def __init__(
        self,
        mode,
        input_size,
        hidden_size,
        num_layers=1,
        bias=True,
        batch_first=False,
        dropout=0.0,
        bidirectional=False,
        proj_size=0,
        device=None,
        dtype=None,
    ):
        super().__init__()
        self.mode = mode
        self.kind = mode.split("_")[0].lower()
        self.input_size = as_integer(input_size)
        self.hidden_size = as_integer(hidden_size)
        self.num_layers = as_integer(num_layers)
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        if self.hidden_size <= 0:
            raise ValueError("hidden_size must be greater than zero")
        if self.num_layers <= 0:
            raise ValueError("num_layers must be greater than zero")
        self._flat_weights_names = []
        self._build(dtype)
        self.reset_parameters()

    def _build(self, dtype):
        rows = _GATES[self.kind] * self.hidden_size
        state = self.proj_size or self.hidden_size
        directions = 2 if self.bidirectional else 1
        for layer in range(self.num_layers):
            for suffix in ("", "_reverse")[:directions]:
                width = self.input_size if layer == 0 else state * directions
                shapes = {"weight_ih": (rows, width), "weight_hh": (rows, state)}
                if self.bias:
                    shapes.update(bias_ih=(rows,), bias_hh=(rows,))
                if self.proj_size:
                    shapes["weight_hr"] = (self.proj_size, self.hidden_size)
                for name, shape in shapes.items():
                    full_name = f"{name}_l{layer}{suffix}"
                    setattr(self, full_name, made_parameter(shape, dtype))
                    self._flat_weights_names.append(full_name)

    @constructs
    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size)
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def flatten_parameters(self):
        pass

    @property
    def all_weights(self):
        count = 2 + 2 * bool(self.bias) + bool(self.proj_size)
        weights = [getattr(self, name) for name in self._flat_weights_names]
        return [weights[start : start + count] for start in range(0, len(weights), count)]

    def forward(self, input, hx=None):
        packed = input if isinstance(input, PackedSequence) else None
        data = packed.data if packed is not None else input
        if isinstance(data, Unknown):
            data = Tensor(
                (16, 2, self.input_size) if not self.batch_first else (2, 16, self.input_size),
                role="data",
            )
        if packed is None and data.dim() not in (2, 3):
            raise ValueError(
                f"{type(self).__name__}: Expected input to be 2D or 3D, got {data.dim()}D tensor instead"
            )
        if data.size(-1) != self.input_size:
            raise RuntimeError(
                f"input.size(-1) must be equal to input_size. Expected {self.input_size}, got {data.size(-1)}"
            )
        if hx is not None and packed is None:
            self._check_states(data, hx)
        weights = [getattr(self, name) for name in self._flat_weights_names]
        results = OPERATORS["recurrent"](
            data,
            hx,
            weights,
            self.kind if self.kind != "rnn" else self.mode.lower(),
            self.hidden_size,
            self.num_layers,
            self.bias,
            self.dropout,
            self.training,
            self.bidirectional,
            self.batch_first and packed is None,
            self.proj_size,
            packed.batch_size if packed is not None else None,
        )
        output = results[0]
        if packed is not None:
            output = packed.with_data(output)
        return output, (results[1], results[2]) if self.kind == "lstm" else results[1]

    def _check_states(self, data, hx):
        states = hx if self.kind == "lstm" else (hx,)
        widths = (self.proj_size or self.hidden_size, self.hidden_size)
        directions = 2 if self.bidirectional else 1
        batch = () if data.dim() == 2 else (data.size(0 if self.batch_first else 1),)
        for state, width, name in zip(states, widths, ("hidden[0]", "hidden[1]")):
            wanted = (self.num_layers * directions, *batch, width)
            if isinstance(state, Tensor) and tuple(state.shape) != wanted:
                if state.dim() != len(wanted):
                    kind = "3-D" if len(wanted) == 3 else "2-D"
                    word = "batched" if len(wanted) == 3 else "unbatched"
                    raise RuntimeError(
                        f"For {word} {len(wanted)}-D input, hx should also be {kind} but got "
                        f"{state.dim()}-D tensor"
                    )
                name = name if self.kind == "lstm" else "hidden"
                raise RuntimeError(f"Expected {name} size {wanted}, got {text_of(state.shape)}")


class RNN(RNNBase):
    def __init__(
        self,
        input_size,
        hidden_size,
        num_layers=1,
        nonlinearity="tanh",
        bias=True,
        batch_first=False,
        dropout=0.0,
        bidirectional=False,
        device=None,
        dtype=None,
    ):
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(
                f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'."
            )
        super().__init__(
            "RNN_" + nonlinearity.upper(),
            input_size,
            hidden_size,
            num_layers,
            bias,
            batch_first,
            dropout,
            bidirectional,
            0,
            device,
            dtype,
        )
        self.nonlinearity = nonlinearity


class LSTM(RNNBase):
    def __init__(self, *positional, **named):
        super().__init__("LSTM", *positional, **named)


class GRU(RNNBase):
    def __init__(self, *positional, **named):
        super().__init__("GRU", *positional, **named)


class RNNCellBase(Module):
    kind = "rnn"

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__()
        self.input_size = as_integer(input_size)
        self.hidden_size = as_integer(hidden_size)
        self.bias = bias
        rows = _GATES[self.kind] * self.hidden_size
        self.weight_ih = made_parameter((rows, self.input_size), dtype)
        self.weight_hh = made_parameter((rows, self.hidden_size), dtype)
        for name in ("bias_ih", "bias_hh"):
            self.register_parameter(name, made_parameter((rows,), dtype) if bias else None)
        self.reset_parameters()

    reset_parameters = RNNBase.reset_parameters

    def _mode(self):
        return self.kind

    def forward(self, input, hx=None):
        if input.dim() not in (1, 2):
            raise ValueError(
                f"{type(self).__name__}: Expected input to be 1D or 2D, got {input.dim()}D instead"
            )
        if input.size(-1) != self.input_size:
            raise RuntimeError(
                f"input has inconsistent input_size: got {input.size(-1)} expected {self.input_size}"
            )
        if hx is None:
            state = torch.zeros(*input.shape[:-1], self.hidden_size, dtype=input.dtype)
            hx = (state, state) if self.kind == "lstm" else state
        for state in hx if self.kind == "lstm" else (hx,):
            if state.size(-1) != self.hidden_size:
                raise RuntimeError(
                    f"hidden0 has inconsistent hidden_size: got {state.size(-1)}, expected {self.hidden_size}"
                )
        return OPERATORS["recurrent_cell"](
            input,
            hx,
            self.weight_ih,
            self.weight_hh,
            self.bias_ih,
            self.bias_hh,
            self._mode(),
            self.hidden_size,
        )


class RNNCell(RNNCellBase):
    def __init__(
        self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None
    ):
        super().__init__(input_size, hidden_size, bias, device, dtype)
        self.nonlinearity = nonlinearity

    def _mode(self):
        return f"rnn_{self.nonlinearity}"


class LSTMCell(RNNCellBase):
    kind = "lstm"


class GRUCell(RNNCellBase):
    kind = "gru"
