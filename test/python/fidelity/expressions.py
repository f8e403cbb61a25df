"""Expressions whose results, or whose errors, the stand-ins must have as PyTorch has them.

Each line is one expression over `torch`, `nn`, `F` and the names below. Run by either PyTorch, it prints JSON.
"""

import json
import sys
import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

NAMES = {
    "a": torch.randn(2, 3, 4),
    "b": torch.randn(3, 4),
    "c": torch.randn(4, 5),
    "v": torch.randn(4),
    "i": torch.arange(6).reshape(2, 3),
    "m": torch.tensor([[True, False, True], [False, False, True]]),
    "img": torch.randn(2, 6, 9, 12),
    "one": torch.randn(1),
    "s": torch.tensor(3.0),
    "d": torch.zeros(3, dtype=torch.float64),
    "u": torch.zeros(3, dtype=torch.uint8),
    "seq": torch.randn(5, 2, 8),
    "ids": torch.tensor([[1, 2, 0], [3, 0, 0]]),
}
EXPRESSIONS = """
a + b
a + c
a * v
b @ c
a @ c
a @ b
c @ b
v @ v
b @ v
v @ c
torch.bmm(a, a.transpose(1, 2))
torch.bmm(a, a)
torch.mm(b, b)
a.view(2, 12)
a.view(5, -1)
a.view(-1, -1)
a.reshape(2, 2, -1)
a.permute(2, 0, 1)
a.permute(0, 1)
a.transpose(0, 3)
a.flatten(1)
a.squeeze(0)
one.squeeze()
a.unsqueeze(-1)
a.unsqueeze(5)
a.expand(5, 2, 3, 4)
a.expand(3, 3, 4)
b.repeat(2, 1)
b.repeat(2)
a.repeat_interleave(2, dim=1)
a[0]
a[:, 1]
a[..., -1]
a[:, :, ::2]
a[:, None]
a[5]
a[:, 3]
a[0, 0, 0, 0]
i[m]
a[:, [0, 2]]
a[[0, 1], [1, 2]]
a[[0, 1], :, [1, 2]]
b[torch.tensor([0, 2, 1])]
b[m]
a.sum()
a.sum(1)
a.sum((0, 2), keepdim=True)
a.mean(-1)
i.mean()
i.sum()
m.sum()
a.sum(3)
a.max()
a.max(1)
a.max(dim=1, keepdim=True)[1]
torch.max(b, b)
a.argmax(-1)
a.std(1)
a.var(dim=(1, 2), unbiased=False)
a.norm(dim=1)
a.topk(2)
a.topk(9)
a.sort(1)
a.cumsum(1)
a.prod(2)
m.any()
m.all(1)
a.logsumexp(1)
torch.cat([a, a], 1)
torch.cat([a, b])
torch.cat([b, c], 0)
torch.cat([i, a[0]], 1)
torch.stack([b, b], -1)
torch.stack([b, c])
a.split(2, 1)
a.split([1, 2], 1)
a.split([1, 1], 1)
a.chunk(2, -1)
a.chunk(3, 2)
a.unbind(1)
torch.where(m, i, 0)
torch.where(m, 1.0, 0.0)
a.masked_fill(b > 0, -1e9)
a.masked_fill(b, 0)
a.gather(1, torch.zeros(2, 1, 4, dtype=torch.long))
a.gather(1, torch.zeros(2, 1, dtype=torch.long))
a.index_select(1, torch.tensor([0, 2]))
a.clamp(min=0)
i / 2
i // 2
i + 1.5
i + s
i + d[0]
u + i
u - 1
m + m
m * 2
d + a[0, :, 0]
a.double() @ c.double()
a.double() @ c
i.float() ** 2
i ** 2
2 ** i
-m
~m
i.exp()
i.sqrt()
torch.sigmoid(i)
torch.softmax(a, -1)
torch.softmax(i, -1)
a.log_softmax(dim=5)
torch.einsum('bij,jk->bik', a, c)
torch.einsum('bij,kj->bik', a, c)
torch.einsum('bij,bkj', a, a)
torch.einsum('...ij->...ji', a)
torch.einsum('ij,jk->ik', a, c)
torch.tril(torch.ones(3, 3))
torch.triu(v)
torch.outer(v, v)
torch.arange(0, 1, 0.25)
torch.arange(5.0)
torch.arange(2, 10, 3)
torch.linspace(0, 1, 5)
torch.full((2, 3), 7)
torch.full((2,), 0.5)
torch.tensor([[1, 2], [3, 4.5]])
torch.tensor([])
torch.tensor([True, False])
torch.tensor([[1, 2], [3]])
torch.eye(3)
torch.zeros(2, 0)
torch.empty((2, 3), dtype=torch.int32)
torch.ones_like(i)
torch.randint(0, 5, (2, 2))
torch.randint(5, 5, (2,))
torch.randperm(4)
torch.meshgrid(torch.arange(2), torch.arange(3), indexing='ij')
torch.nn.functional.one_hot(ids, 4)
torch.nn.functional.one_hot(a, 4)
nn.Linear(4, 7)(a)
nn.Linear(5, 7)(a)
nn.Linear(4, 7)(i)
nn.Linear(4, 7)(a.double())
nn.Conv2d(6, 8, 3)(img)
nn.Conv2d(6, 8, 3, stride=2, padding=1, groups=2)(img)
nn.Conv2d(3, 8, 3)(img)
nn.Conv2d(6, 8, 15)(img)
nn.Conv2d(6, 8, (3, 5), padding='same', dilation=2)(img)
nn.Conv2d(6, 8, 3, stride=2, padding='same')
nn.Conv2d(6, 9, 3, groups=2)
nn.Conv2d(6, 8, 3, padding=1, padding_mode='reflect')(img)
nn.Conv2d(6, 8, 3)(a)
nn.Conv2d(6, 8, 3)(b)
nn.Conv1d(3, 4, 2)(a)
nn.ConvTranspose2d(6, 4, 4, 2, 1)(img)
nn.ConvTranspose2d(5, 4, 4, 2, 1)(img)
nn.ConvTranspose2d(6, 4, 3, 2, 1, output_padding=1, dilation=2)(img)
nn.MaxPool2d(2)(img)
nn.MaxPool2d(3, 2, 1, ceil_mode=True)(img)
nn.MaxPool2d(2, return_indices=True)(img)
nn.MaxPool2d(20)(img)
nn.MaxPool2d(2, padding=2)(img)
nn.AvgPool2d(2, ceil_mode=True)(img)
nn.AdaptiveAvgPool2d((3, None))(img)
nn.AdaptiveMaxPool1d(2)(a)
F.interpolate(img, scale_factor=1.5)
F.interpolate(img, size=(4, 5), mode='bilinear')
F.interpolate(a, scale_factor=2, mode='linear')
F.pad(img, (1, 2, 0, 1))
F.pad(img, (20, 20), mode='reflect')
nn.PixelShuffle(2)(torch.randn(1, 8, 3, 3))
nn.PixelShuffle(2)(img)
nn.Unfold(3, padding=1)(img)
nn.BatchNorm2d(6)(img)
nn.BatchNorm2d(5)(img)
nn.BatchNorm2d(6)(a)
nn.BatchNorm1d(3)(a)
nn.BatchNorm1d(4)(torch.randn(1, 4))
nn.LayerNorm(4)(a)
nn.LayerNorm(5)(a)
nn.LayerNorm([3, 4])(a)
nn.GroupNorm(3, 6)(img)
nn.GroupNorm(4, 6)
nn.InstanceNorm2d(6)(img)
nn.Embedding(10, 4)(ids)
nn.Embedding(3, 4)(ids)
nn.Embedding(10, 4)(a)
nn.LSTM(8, 3, 2, bidirectional=True)(seq)
nn.LSTM(8, 3, batch_first=True)(seq)
nn.LSTM(8, 6, proj_size=2)(seq)
nn.GRU(8, 3)(seq[:, 0])
nn.GRU(7, 3)(seq)
nn.GRU(8, 3)(seq, torch.zeros(1, 3, 3))
nn.LSTM(8, 3)(seq, (torch.zeros(1, 2, 3), torch.zeros(1, 2, 4)))
nn.RNNCell(8, 3)(seq[0])
nn.LSTMCell(8, 3)(seq[0])
nn.GRUCell(7, 3)(seq[0])
nn.MultiheadAttention(8, 2)(seq, seq, seq)
nn.MultiheadAttention(8, 2, batch_first=True)(seq, seq, seq, need_weights=False)
nn.MultiheadAttention(8, 3)
nn.MultiheadAttention(6, 2)(seq, seq, seq)
nn.TransformerEncoderLayer(8, 2, 16)(seq)
F.scaled_dot_product_attention(a, a, a, is_causal=True)
F.cross_entropy(b, torch.tensor([0, 1, 3]))
F.cross_entropy(b, torch.tensor([0, 1]))
F.cross_entropy(b, torch.tensor([0, 1, 4]))
F.cross_entropy(b, torch.zeros(3))
F.cross_entropy(b, b)
F.cross_entropy(b, torch.zeros(3, 1, dtype=torch.long))
F.cross_entropy(a, torch.zeros(2, 4, dtype=torch.long))
F.cross_entropy(a, torch.zeros(2, 3, dtype=torch.long))
F.cross_entropy(b, torch.tensor([0, 1, 3]), reduction='none')
F.nll_loss(b, torch.tensor([0, 1, 3]), reduction='sum')
F.mse_loss(b, b)
F.mse_loss(b, c)
F.binary_cross_entropy_with_logits(v, torch.ones(4))
F.binary_cross_entropy_with_logits(v, torch.ones(4, 1))
F.binary_cross_entropy(torch.sigmoid(v), torch.ones(3))
F.binary_cross_entropy_with_logits(v, torch.ones(4), reduction='none')
F.l1_loss(b, b, reduction='sum')
F.kl_div(b, b, reduction='batchmean')
F.cosine_similarity(b, b)
F.normalize(b)
F.glu(a)
F.glu(a, 1)
F.gumbel_softmax(b)
F.dropout(a, 1.5)
nn.PReLU(3)(a)
nn.PReLU(5)(a)
nn.Bilinear(4, 4, 2)(b, b)
nn.Flatten()(img)
nn.Unflatten(1, (2, 3))(img)
nn.Unflatten(1, (2, 4))(img)
nn.Softmax(dim=1)(a)
nn.Threshold(0.1, 0)(a)
nn.Sequential(nn.Linear(4, 3), 'x')
a.to(torch.int64)
a.half()
a.new_zeros(2, 2)
i.new_ones(3)
a.type('torch.LongTensor')
len(s)
bool(v)
a.size(-1)
a.size(3)
a.T
b.t()
a.t()
a.diagonal(dim1=1, dim2=2)
torch.diag(v)
v.unfold(0, 2, 1)
torch.roll(a, 1, 0)
torch.flip(a, [1])
torch.cdist(a, a)
torch.tensordot(a, c, dims=1)
torch.bincount(torch.tensor([0, 1, 3]))
torch.unique(torch.tensor([3, 1, 3]))
torch.nonzero(m)
torch.multinomial(torch.ones(2, 5), 3)
torch.linalg.norm(a)
torch.fft.rfft(a)
torch.view_as_complex(torch.randn(3, 2))
torch.addmm(torch.zeros(3, 5), b, c)
torch.baddbmm(torch.zeros(2, 3, 3), a, a.mT)
torch.lerp(b, b, 0.5)
torch.nn.utils.rnn.pad_sequence([v, v[:2]])
torch.normal(0.0, 1.0, (2, 2))
torch.clamp(i, 0, 3.5)
torch.result_type(i, 1.0)
torch.promote_types(torch.uint8, torch.int8)
torch.Tensor(2, 3)
torch.Tensor([1, 2])
torch.FloatTensor([[1, 2]])
torch.LongTensor(3)
"""


def described(value):
    if isinstance(value, torch.Tensor):
        return {"shape": list(value.shape), "dtype": str(value.dtype)}
    if isinstance(value, (tuple, list)) and not isinstance(value, torch.Size):
        return [described(item) for item in value]
    return (
        repr(value)
        if value is None or isinstance(value, (int, float, str))
        else str(value).split("(")[0]
    )


def main():
    warnings.simplefilter("ignore")
    results = []
    for expression in EXPRESSIONS.strip().splitlines():
        names = {"torch": torch, "nn": nn, "F": F, **NAMES}
        try:
            result = described(eval(expression, names))
        except Exception as error:
            result = {"error": f"{type(error).__name__}: {error}".strip()}
        results.append([expression, result])
    return json.dumps(results)


if __name__ == "__main__":
    sys.stdout.write(main())
