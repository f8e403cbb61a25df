"""Writes pytorch-graphs.json: what PyTorch (float64) makes of models that branch, join and share weights, and of the loss mean(y²).

    python3 test/training/build/pytorch-graphs.py > test/training/build/pytorch-graphs.json
"""
import json
import torch
from torch import nn
from torch.nn.functional import interpolate, linear, max_pool2d

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)


def numbers(tensor):
    return [float(f"{value:.14g}") for value in tensor.detach().flatten().tolist()]


def case(name, layers, given, x, modules, forward):
    """modules: by the name of the layer that owns their parameters; forward makes y of x with them."""
    for module in modules.values():
        for parameter in module.parameters():
            nn.init.normal_(parameter, std=0.5)
    y = forward(x, modules)
    (y ** 2).mean().backward()
    parameters = {
        f"{layer}.{own}": {"value": numbers(parameter), "gradient": numbers(parameter.grad)}
        for layer, module in modules.items() for own, parameter in module.named_parameters()
    }
    values = x.flatten().tolist() if x.dtype == torch.int64 else numbers(x)
    return {"name": name, "layers": layers, "input": given, "x": values, "y": numbers(y), "outputShape": list(y.shape[1:]),
            "parameters": parameters}


def language(x, m):
    letters = m["letters"](x)
    first, _ = m["first"](letters)
    again, _ = m["first"](first)
    scores = linear(again + letters + first, m["letters"].weight, m["scores"].bias)
    return scores


def unet(x, m):
    outline = torch.tanh(m["outline"](x))
    up = interpolate(torch.tanh(m["deep"](max_pool2d(outline, 2))), scale_factor=2, mode="nearest")
    merged = m["merge"](torch.cat([up, outline], 1))
    return m["answer"]((torch.relu(merged + outline)).flatten(1))


def gates(x, m):
    turned = x.permute(0, 2, 1)
    wide = m["wide"](turned)
    deep = m["wide"](wide)
    gate = torch.sigmoid(m["gate"](turned))
    both = torch.cat([wide * gate * deep, turned], 2)
    return m["answer"](torch.tanh(both.reshape(-1, 4, 6)).permute(0, 2, 1))


print(json.dumps([
    case("a language model whose table, gru and scores are shared", [
        "name: letters, type: embedding, units: 4",
        "name: first, type: gru, units: 4, output: sequence",
        "name: again, type: gru, units: 4, output: sequence, tied_to: first",
        "name: sum, type: add, inputs: [again, letters, first]",
        "name: scores, type: dense, units: 5, tied_to: letters",
    ], "{ tokens: 5, length: 3 }", torch.tensor([[0, 4, 2], [1, 1, 3]]),
        {"letters": nn.Embedding(5, 4), "first": nn.GRU(4, 4, batch_first=True), "scores": nn.ParameterDict({"bias": nn.Parameter(torch.zeros(5))})},
        language),
    case("a U-Net with a skip that adds", [
        "name: outline, type: conv2d, filters: 3, kernel: 3, padding: 1, activation: tanh",
        "name: down, type: max-pool2d, size: 2",
        "name: deep, type: conv2d, filters: 2, kernel: 3, padding: 1, activation: tanh",
        "name: up, type: upsample, factor: 2",
        "name: skip, type: concatenate, inputs: [up, outline]",
        "name: merge, type: conv2d, filters: 3, kernel: 3, padding: 1",
        "name: sum, type: add, inputs: [merge, outline], activation: relu",
        "name: flat, type: flatten",
        "name: answer, type: dense, units: 2",
    ], "[2, 4, 6]", torch.randn(2, 2, 4, 6),
        {"outline": nn.Conv2d(2, 3, 3, padding=1), "deep": nn.Conv2d(3, 2, 3, padding=1), "merge": nn.Conv2d(5, 3, 3, padding=1),
         "answer": nn.Linear(72, 2)}, unet),
    case("gates, axes in another order, and a dense layer used twice", [
        "name: turned, type: permute, order: [2, 1]",
        "name: wide, type: dense, units: 3",
        "name: deep, type: dense, units: 3, tied_to: wide",
        "name: gate, type: dense, units: 3, activation: sigmoid, inputs: turned",
        "name: product, type: multiply, inputs: [wide, gate, deep]",
        "name: both, type: concatenate, inputs: [product, turned]",
        "name: folded, type: reshape, shape: [4, -1], activation: tanh",
        "name: back, type: permute, order: [2, 1]",
        "name: answer, type: dense, units: 2",
    ], "[3, 4]", torch.randn(2, 3, 4), {"wide": nn.Linear(3, 3), "gate": nn.Linear(3, 3), "answer": nn.Linear(4, 2)}, gates),
]))
