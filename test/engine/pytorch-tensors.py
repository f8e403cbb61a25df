"""Writes pytorch-tensors.json: what PyTorch (float64) makes of tensors of any shape, and the gradients of mean(y²).

    python3 test/engine/pytorch-tensors.py > test/engine/pytorch-tensors.json
"""
import json
import torch
import torch.nn.functional as F

torch.manual_seed(5)
torch.set_default_dtype(torch.float64)


def numbers(tensor):
    return [float(f"{value:.14g}") for value in tensor.detach().flatten().tolist()]


def case(name, shapes, function, positive=False, rounded=False):
    inputs = []
    for shape in shapes:
        x = torch.randn(shape)
        if positive:
            x = x.abs() + 0.5
        if rounded:
            x = x.round()
        inputs.append(x.requires_grad_())
    y = function(*inputs)
    (y ** 2).mean().backward()
    return {"name": name, "shape": list(y.shape), "y": numbers(y),
            "inputs": [{"shape": list(x.shape), "values": numbers(x), "gradient": numbers(x.grad)} for x in inputs]}


def assigned(x, value):
    y = x.clone()
    y[:, 1:3, ::2] = value
    return y


cases = [
    case("broadcast subtract", [(2, 3, 1), (3, 4)], lambda a, b: a - b),
    case("broadcast divide", [(3, 1), (2, 1, 4)], lambda a, b: a / b, positive=True),
    case("maximum with ties", [(2, 5), (5,)], torch.maximum, rounded=True),
    case("minimum with ties", [(2, 5), (5,)], torch.minimum, rounded=True),
    case("power 3", [(2, 5)], lambda x: x ** 3),
    case("power 1.5", [(2, 5)], lambda x: x ** 1.5, positive=True),
    case("erf", [(2, 6)], torch.erf),
    case("sine of cosine", [(2, 6)], lambda x: torch.sin(torch.cos(x))),
    case("clamp", [(2, 6)], lambda x: x.clamp(-1, 1), rounded=True),
    case("absolute at 0", [(2, 6)], torch.abs, rounded=True),
    case("slices", [(3, 5, 4)], lambda x: x[:, 1:-1, ::3] * x[:, -1:, :2]),
    case("assignment", [(2, 4, 5), (2, 1, 3)], assigned),
    case("chunks", [(2, 5)], lambda x: x.chunk(3, 1)[0] * x.chunk(3, 1)[1]),
    case("flip and roll", [(2, 5)], lambda x: x.flip(0) * x.roll(2, 1)),
    case("reflect", [(2, 1, 3, 4)], lambda x: F.pad(x, (2, 1, 1, 2), mode="reflect")),
    case("replicate", [(2, 1, 3, 4)], lambda x: F.pad(x, (2, 1, 1, 2), mode="replicate")),
    case("circular", [(2, 1, 3, 4)], lambda x: F.pad(x, (2, 1, 1, 2), mode="circular")),
    case("repeat", [(2, 3)], lambda x: x.repeat(2, 1, 3)),
    case("repeat_interleave", [(2, 3)], lambda x: x.repeat_interleave(2, 1)),
    case("matmul, broadcast", [(2, 1, 3, 4), (3, 4, 2)], torch.matmul),
    case("matmul of a vector", [(4,), (3, 4, 2)], torch.matmul),
    case("einsum", [(2, 3, 2, 4), (2, 5, 2, 4)], lambda q, k: torch.einsum("bqhd,bkhd->bhqk", q, k)),
    case("einsum of three", [(2, 3), (3, 4), (2, 4)], lambda a, b, c: torch.einsum("bi,ij,bj->b", a, b, c)),
    case("einsum without a result", [(3, 2), (2, 4)], lambda a, b: torch.einsum("bi,ia", a, b)),
    case("max of an axis with ties", [(3, 7)], lambda x: x.max(1).values, rounded=True),
    case("amax with ties", [(3, 7, 2)], lambda x: x.amax((0, 1)), rounded=True),
    case("amin with ties", [(3, 7, 2)], lambda x: x.amin((0, 2), keepdim=True), rounded=True),
    case("variance", [(3, 4, 2)], lambda x: x.var((0, 2))),
    case("deviation, biased", [(3, 4, 2)], lambda x: x.std(1, unbiased=False, keepdim=True)),
    case("norm 3", [(3, 4)], lambda x: x.norm(3, 1)),
    case("normalize", [(3, 4, 2)], lambda x: F.normalize(x, dim=1)),
    case("log_softmax", [(3, 4, 2)], lambda x: F.log_softmax(x, 1)),
    case("softmax", [(3, 4, 2)], lambda x: F.softmax(x, 0)),
    case("logsumexp", [(3, 4, 2)], lambda x: torch.logsumexp(x, (0, 2))),
    case("cumsum", [(3, 4, 2)], lambda x: x.cumsum(1)),
    case("prod with a zero", [(3, 4)], lambda x: x.prod(1), rounded=True),
    case("gather", [(3, 4)], lambda x: x.gather(1, torch.tensor([[0, 3], [1, 1], [2, 0]]))),
    case("scatter_add", [(3, 4), (3, 2)], lambda x, v: x.scatter_add(1, torch.tensor([[0, 3], [1, 1], [2, 0]]), v)),
    case("where", [(3, 4), (4,)], lambda a, b: torch.where(a > b, a * b, b)),
    case("tril", [(2, 4, 4)], lambda x: x.tril(-1)),
    case("pixel_shuffle", [(2, 8, 2, 3)], lambda x: F.pixel_shuffle(x, 2)),
    case("pixel_unshuffle", [(2, 2, 4, 2)], lambda x: F.pixel_unshuffle(x, 2)),
    case("unfold", [(2, 2, 4, 5)], lambda x: F.unfold(x, (2, 2), dilation=(2, 1), padding=(1, 0), stride=(1, 2))),
    case("fold", [(2, 8, 8)], lambda x: F.fold(x, (4, 5), (2, 2), dilation=(2, 1), padding=(1, 0), stride=(1, 2))),
    case("bilinear", [(2, 2, 3, 4)], lambda x: F.interpolate(x, (5, 7), mode="bilinear")),
    case("bilinear, smaller", [(2, 2, 5, 6)], lambda x: F.interpolate(x, (3, 4), mode="bilinear")),
    case("bilinear, corners aligned", [(2, 2, 3, 4)], lambda x: F.interpolate(x, (5, 7), mode="bilinear", align_corners=True)),
    case("bicubic", [(2, 2, 3, 4)], lambda x: F.interpolate(x, (5, 7), mode="bicubic")),
    case("nearest", [(2, 2, 3, 4)], lambda x: F.interpolate(x, (5, 7))),
    case("bilinear by a factor", [(2, 1, 3, 5)], lambda x: F.interpolate(x, scale_factor=1.5, mode="bilinear")),
    case("adaptive average pool", [(2, 2, 5, 4)], lambda x: F.adaptive_avg_pool2d(x, (2, 3))),
    case("adaptive max pool", [(2, 2, 5, 4)], lambda x: F.adaptive_max_pool2d(x, (2, 3))),
    case("conv3d", [(2, 4, 4, 5, 5), (6, 2, 2, 3, 2), (6,)],
         lambda x, w, b: F.conv3d(x, w, b, stride=(1, 2, 1), padding=(1, 0, 1), dilation=(2, 1, 1), groups=2)),
    case("instance norm", [(2, 3, 5)], F.instance_norm),
]
print(json.dumps(cases))
