#!/usr/bin/env python3
"""PyTorch on the processor, one thread: pytorch.py WORKLOAD, with WARM_MS and WINDOW_MS set. Prints one JSON line."""
import os, sys, time, json, statistics
W = sys.argv[1]
THREADS = 1
os.environ['OMP_NUM_THREADS'] = str(THREADS)
os.environ['OPENBLAS_NUM_THREADS'] = str(THREADS)

def since_process_start_ms():
    with open('/proc/self/stat') as f:
        ticks = int(f.read().rsplit(')', 1)[1].split()[19])
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf('SC_CLK_TCK')) * 1000

import torch, torch.nn as nn, torch.nn.functional as F
torch.set_num_threads(THREADS)
torch.manual_seed(1)

class MLP(nn.Module):
    def __init__(s, sizes, act):
        super().__init__()
        layers = []
        for i in range(len(sizes) - 1):
            layers.append(nn.Linear(sizes[i], sizes[i + 1]))
            if i < len(sizes) - 2: layers.append(act())
        s.net = nn.Sequential(*layers)
    def forward(s, x): return s.net(x)

class Rec(nn.Module):
    def __init__(s, cls):
        super().__init__()
        s.rnn = cls(16, 64, batch_first=True); s.head = nn.Linear(64, 10)
    def forward(s, x):
        y, _ = s.rnn(x)
        return s.head(y[:, -1])

class CNN(nn.Module):
    def __init__(s):
        super().__init__()
        s.c1 = nn.Conv2d(1, 16, 3, padding=1); s.c2 = nn.Conv2d(16, 32, 3, padding=1); s.fc = nn.Linear(32 * 49, 10)
    def forward(s, x):
        x = F.max_pool2d(F.relu(s.c1(x)), 2); x = F.max_pool2d(F.relu(s.c2(x)), 2)
        return s.fc(x.flatten(1))

class Block(nn.Module):
    def __init__(s, d, h):
        super().__init__()
        s.h = h; s.ln1 = nn.LayerNorm(d); s.qkv = nn.Linear(d, 3 * d); s.proj = nn.Linear(d, d)
        s.ln2 = nn.LayerNorm(d); s.f1 = nn.Linear(d, 4 * d); s.f2 = nn.Linear(4 * d, d)
    def forward(s, x, mask):
        B, T, D = x.shape
        q, k, v = s.qkv(s.ln1(x)).view(B, T, 3, s.h, D // s.h).permute(2, 0, 3, 1, 4)
        a = (q @ k.transpose(-2, -1)) * (D // s.h) ** -0.5
        a = F.softmax(a + mask, dim=-1)
        x = x + s.proj((a @ v).transpose(1, 2).reshape(B, T, D))
        return x + s.f2(F.gelu(s.f1(s.ln2(x))))

class GPT(nn.Module):
    def __init__(s, V=64, T=64, D=64, H=4, L=2):
        super().__init__()
        s.tok = nn.Embedding(V, D); s.pos = nn.Embedding(T, D)
        s.blocks = nn.ModuleList([Block(D, H) for _ in range(L)]); s.ln = nn.LayerNorm(D); s.head = nn.Linear(D, V)
        s.register_buffer('mask', torch.full((T, T), float('-inf')).triu(1)); s.register_buffer('ar', torch.arange(T))
    def forward(s, i):
        x = s.tok(i) + s.pos(s.ar)
        for b in s.blocks: x = b(x, s.mask)
        return s.head(s.ln(x))

class Seq2Seq(nn.Module):
    def __init__(s, V=50, D=64):
        super().__init__()
        s.es = nn.Embedding(V, D); s.et = nn.Embedding(V, D)
        s.enc = nn.GRU(D, D, batch_first=True); s.dec = nn.GRU(D, D, batch_first=True)
        s.comb = nn.Linear(2 * D, D); s.out = nn.Linear(D, V)
    def forward(s, src, tgt):
        e, h = s.enc(s.es(src)); d, _ = s.dec(s.et(tgt), h)
        a = F.softmax(d @ e.transpose(1, 2), dim=-1)
        return s.out(torch.tanh(s.comb(torch.cat([d, a @ e], -1))))

def ce(o, y): return F.cross_entropy(o.reshape(-1, o.shape[-1]), y.reshape(-1))
R = torch.randn; I = lambda hi, *s: torch.randint(0, hi, s)
if W == 'a': m = MLP([2, 64, 64, 64, 3], nn.ReLU); data = [(R(32, 2), I(3, 32)) for _ in range(4)]; opt = torch.optim.Adam(m.parameters(), 1e-3)
elif W == 'b': m = MLP([64] * 33 + [10], nn.Tanh); data = [(R(32, 64), I(10, 32)) for _ in range(4)]; opt = torch.optim.SGD(m.parameters(), 1e-2)
elif W == 'c': m = MLP([784, 512, 512, 10], nn.ReLU); data = [(R(64, 784), I(10, 64)) for _ in range(4)]; opt = torch.optim.SGD(m.parameters(), 1e-2, momentum=0.9)
elif W == 'd': m = Rec(nn.RNN); data = [(R(32, 100, 16), I(10, 32)) for _ in range(4)]; opt = torch.optim.SGD(m.parameters(), 1e-2)
elif W == 'e': m = Rec(nn.LSTM); data = [(R(32, 100, 16), I(10, 32)) for _ in range(4)]; opt = torch.optim.Adam(m.parameters(), 1e-3)
elif W == 'f': m = CNN(); data = [(R(32, 1, 28, 28), I(10, 32)) for _ in range(4)]; opt = torch.optim.Adam(m.parameters(), 1e-3)
elif W == 'g': m = GPT(); data = [(I(64, 8, 64), I(64, 8, 64)) for _ in range(4)]; opt = torch.optim.AdamW(m.parameters(), 1e-3)
elif W == 'h': m = Seq2Seq(); data = [((I(50, 32, 30), I(50, 32, 30)), I(50, 32, 30)) for _ in range(4)]; opt = torch.optim.Adam(m.parameters(), 1e-3)
params = list(m.parameters())
norms = None
def step(k):
    global norms
    x, y = data[k % 4]
    opt.zero_grad(set_to_none=True)
    loss = ce(m(*x) if isinstance(x, tuple) else m(x), y)
    loss.backward()
    norms = torch.stack(torch._foreach_norm([p.grad for p in params])).tolist()
    opt.step()
    return loss.item()
l0 = step(0)
cold = since_process_start_ms()
WARM, WINDOW = float(os.environ['WARM_MS']) / 1000, float(os.environ['WINDOW_MS']) / 1000
k = 1; t0 = time.perf_counter()
while k < 5 or time.perf_counter() - t0 < WARM: step(k); k += 1
ts = []; c0 = time.process_time(); t0 = time.perf_counter()
while len(ts) < 3 or time.perf_counter() - t0 < WINDOW:
    a = time.perf_counter(); loss = step(k); ts.append((time.perf_counter() - a) * 1000); k += 1
cpu = (time.process_time() - c0) * 1000 / len(ts)
# the BLAS that the process really holds: conda and pip builds may carry MKL or their own OpenBLAS
blas = sorted({os.path.realpath(l.split()[-1]) for l in open('/proc/self/maps') if any(n in l.lower() for n in ('blas', 'libmkl')) and '.so' in l})
print(json.dumps(dict(engine='pytorch', version=torch.__version__, ms=statistics.median(ts), cpu_ms=cpu, steps=len(ts), cold_ms=round(cold),
    rss_mb=next(int(l.split()[1]) // 1024 for l in open('/proc/self/status') if l.startswith('VmRSS')), params=sum(p.numel() for p in params), loss0=l0, loss=loss, blas=blas)))
