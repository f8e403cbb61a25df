"""Writes pytorch-layers.json: what PyTorch (float64) makes of single layers and of the loss mean(y²).

    python3 test/training/build/pytorch-layers.py > test/training/build/pytorch-layers.json
"""
import json
import torch
from torch import nn

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)


def numbers(tensor):
    return [float(f"{value:.14g}") for value in tensor.detach().flatten().tolist()]


def case(name, fields, shape, module, parameters):
    """parameters: ours by name, each a function of the module that gives PyTorch's tensor (or a part of it)."""
    for parameter in module.parameters():
        nn.init.normal_(parameter, std=0.6)
    x = torch.randn(2, *shape, requires_grad=True)
    y = module(x)
    (y ** 2).mean().backward()
    gradient = lambda part: part(type("Gradients", (), {"of": staticmethod(lambda p: p.grad)}))
    value = lambda part: part(type("Values", (), {"of": staticmethod(lambda p: p)}))
    return {
        "name": name, "layer": fields, "input": list(shape), "x": numbers(x), "outputShape": list(y.shape[1:]), "y": numbers(y),
        "parameters": {ours: {"value": numbers(value(part)), "gradient": numbers(gradient(part))} for ours, part in parameters.items()},
    }


def plain(module):
    return {"weight": lambda t: t.of(module.weight), **({"bias": lambda t: t.of(module.bias)} if module.bias is not None else {})}


def convolution(name, fields, shape, module):
    return case(name, fields, shape, module, plain(module))


def block(name, fields, features, width, **options):
    module = nn.TransformerEncoderLayer(features, 2, width, dropout=0.0, batch_first=True, **options).train()
    attention = module.self_attn
    parameters = {}
    for index, part in enumerate(["query", "key", "value"]):
        rows = slice(index * features, (index + 1) * features)
        parameters[f"attend.attention.{part}.weight"] = lambda t, rows=rows: t.of(attention.in_proj_weight)[rows]
        parameters[f"attend.attention.{part}.bias"] = lambda t, rows=rows: t.of(attention.in_proj_bias)[rows]
    pre = options.get("norm_first", False)
    for ours, theirs in {
        "attend.attention.out": attention.out_proj, "feed.up": module.linear1, "feed.down": module.linear2,
        "attend.norm" if pre else "attend-norm": module.norm1, "feed.norm" if pre else "feed-norm": module.norm2,
    }.items():
        parameters[f"{ours}.weight"] = lambda t, theirs=theirs: t.of(theirs.weight)
        parameters[f"{ours}.bias"] = lambda t, theirs=theirs: t.of(theirs.bias)
    return case(name, fields, (4, features), module, parameters)


def separable():
    module = nn.Sequential(nn.Conv2d(3, 6, 3, padding=1, groups=3, bias=False), nn.Conv2d(6, 4, 1))
    return case("separable convolution", "type: separable-conv2d, filters: 4, kernel: 3, padding: 1, depth_multiplier: 2", (3, 4, 5), module, {
        "depthwise.weight": lambda t: t.of(module[0].weight), "pointwise.weight": lambda t: t.of(module[1].weight),
        "pointwise.bias": lambda t: t.of(module[1].bias),
    })


class Cell(nn.Module):
    """A recurrent layer with other functions than PyTorch's own, its loop written out."""

    def __init__(self, cell, features, units, activation, gate):
        super().__init__()
        self.cell, self.units, self.activation, self.gate = cell, units, FUNCTIONS[activation], FUNCTIONS[gate]
        rows = {"rnn": 1, "gru": 3, "lstm": 4}[cell] * units
        self.weight_ih_l0, self.weight_hh_l0 = nn.Parameter(torch.empty(rows, features)), nn.Parameter(torch.empty(rows, units))
        self.bias_ih_l0, self.bias_hh_l0 = nn.Parameter(torch.empty(rows)), nn.Parameter(torch.empty(rows))

    def forward(self, x):
        hidden = memory = torch.zeros(x.shape[0], self.units)
        states = []
        for t in range(x.shape[1]):
            given = (x[:, t] @ self.weight_ih_l0.T + self.bias_ih_l0).split(self.units, 1)
            kept = (hidden @ self.weight_hh_l0.T + self.bias_hh_l0).split(self.units, 1)
            if self.cell == "rnn":
                hidden = self.activation(given[0] + kept[0])
            elif self.cell == "lstm":
                i, f, o = (self.gate(given[k] + kept[k]) for k in (0, 1, 3))
                memory = f * memory + i * self.activation(given[2] + kept[2])
                hidden = o * self.activation(memory)
            else:
                r, z = (self.gate(given[k] + kept[k]) for k in (0, 1))
                hidden = (1 - z) * self.activation(given[2] + r * kept[2]) + z * hidden
            states.append(hidden)
        return torch.stack(states, 1)


FUNCTIONS = {
    "tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "hard-sigmoid": nn.functional.hardsigmoid,
    "identity": lambda x: x,
}


def recurrent(cell, activation, gate="sigmoid"):
    fields = f"type: {cell}, units: 3, output: sequence, activation: {activation}"
    fields += "" if cell == "rnn" else f", recurrent_activation: {gate}"
    module = Cell(cell, 2, 3, activation, gate)
    parameters = {name: lambda t, parameter=parameter: t.of(parameter) for name, parameter in module.named_parameters()}
    return case(f"{cell} of {activation} with gates of {gate}", fields, (5, 2), module, parameters)


def prelu(name, fields, shape, count):
    module = nn.PReLU(count)
    return case(name, fields, shape, module, {"weight": lambda t: t.of(module.weight)})


print(json.dumps([
    convolution("transposed convolution", "type: conv2d-transpose, filters: 4, kernel: [3, 2], stride: [2, 3], padding: [1, 0], "
                "output_padding: [1, 2], groups: 2", (4, 3, 2),
                nn.ConvTranspose2d(4, 4, (3, 2), (2, 3), (1, 0), (1, 2), groups=2)),
    convolution("dilated transposed convolution", "type: conv1d-transpose, filters: 3, kernel: 3, stride: 2, padding: 2, "
                "output_padding: 2, dilation: 3, bias: false", (2, 4),
                nn.ConvTranspose1d(2, 3, 3, 2, 2, 2, bias=False, dilation=3)),
    convolution("padding same of an even kernel", "type: conv2d, filters: 3, kernel: [4, 3], padding: same, dilation: [1, 2]", (2, 5, 4),
                nn.Conv2d(2, 3, (4, 3), padding="same", dilation=(1, 2))),
    separable(),
    case("nearest upsampling", "type: upsample, factor: [2, 3]", (2, 2, 3), nn.Upsample(scale_factor=(2, 3), mode="nearest"), {}),
    case("padded average", "type: avg-pool2d, size: 3, stride: 2, padding: 1", (2, 5, 6), nn.AvgPool2d(3, 2, 1), {}),
    prelu("prelu with one slope", "type: prelu", (3, 4), 1),
    prelu("prelu with a slope a channel", "type: prelu, slopes: channels", (3, 4, 2), 3),
    case("glu of channels", "type: activation, activation: glu", (4, 2, 3), nn.GLU(dim=1), {}),
    case("glu over time", "type: activation, activation: glu", (3, 6), nn.GLU(), {}),
    case("relu6", "type: activation, activation: relu6", (9,), nn.ReLU6(), {}),
    block("transformer block, post-norm", "type: transformer-block, heads: 2, feed_forward: 5, activation: relu, norm: post", 6, 5),
    block("transformer block, pre-norm", "type: transformer-block, heads: 2, feed_forward: 7, norm: pre", 6, 7, activation="gelu",
          norm_first=True),
    recurrent("lstm", "tanh"), recurrent("lstm", "relu"), recurrent("lstm", "sigmoid", "hard-sigmoid"),
    recurrent("lstm", "identity", "tanh"), recurrent("gru", "relu"), recurrent("gru", "identity", "hard-sigmoid"),
    recurrent("gru", "hard-sigmoid", "tanh"), recurrent("rnn", "sigmoid"), recurrent("rnn", "hard-sigmoid"),
]))
