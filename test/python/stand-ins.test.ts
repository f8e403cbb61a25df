/** Each part of the stand-ins, by a small program. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Trace } from '../../src/python/trace';
import { nodesOf, notesOf, openReader, operatorsOf, outputOf, parametersOf, type Request } from './reading';

let read: (request: Request) => Trace;

beforeAll(async () => {
  read = await openReader();
}, 60_000);

/** Runs lines after the usual imports; fails where anything was left out. */
function run(...lines: readonly string[]): Trace {
  const trace = read(
    ['import torch', 'import torch.nn as nn', 'import torch.nn.functional as F', 'import math', ...lines].join('\n'),
  );
  expect(trace.error?.text).toBeUndefined();
  expect(notesOf(trace).filter(note => note.startsWith('left-out'))).toEqual([]);
  return trace;
}

describe('tensors', () => {
  it('of few elements have their values', () => {
    const trace = run(
      'pe = torch.zeros(3, 4)',
      'position = torch.arange(3).unsqueeze(1)',
      'pe[:, 0::2] = torch.sin(position * torch.exp(torch.arange(0, 4, 2) * (-math.log(1e4) / 4)))',
      'mask = torch.tril(torch.ones(2, 2)) == 0',
    );
    const [made] = nodesOf(trace, 'setitem');
    const { values } = trace.tensors[made.outputs[0]];
    expect(values![4]).toBeCloseTo(Math.sin(1), 12);
    expect(values![6]).toBeCloseTo(Math.sin(0.01), 12);
    expect(trace.tensors[nodesOf(trace, 'eq')[0].outputs[0]]).toMatchObject({ dtype: 'bool', values: [0, 1, 0, 0] });
  });

  it('that are changed in place are new tensors, and so are those they are views of', () => {
    const trace = run('x = torch.randn(2, 3)', 'y = x[0]', 'y.mul_(2)', 'z = x + 1');
    expect(operatorsOf(trace)).toEqual(['randn', 'getitem', 'mul', 'write_view', 'add']);
    const [write] = nodesOf(trace, 'write_view');
    expect(nodesOf(trace, 'add')[0].arguments.get('input')).toEqual({ kind: 'tensor', tensor: write.outputs[0] });
    expect(nodesOf(trace, 'mul')[0].inPlace).toBe(true);
  });

  it('have roles', () => {
    const trace = run(
      'net = nn.Linear(3, 2)',
      'constant = torch.ones(2)',
      'output = net(torch.randn(5, 3)) + constant',
    );
    const [linear] = nodesOf(trace, 'linear');
    const roleOf = (argument: unknown): string => trace.tensors[(argument as { tensor: number }).tensor].role;
    expect(roleOf(linear.arguments.get('input'))).toBe('data');
    expect(roleOf(linear.arguments.get('weight'))).toBe('parameter');
    const [add] = nodesOf(trace, 'add');
    expect([roleOf(add.arguments.get('input')), roleOf(add.arguments.get('other'))]).toEqual([
      'activation',
      'constant',
    ]);
  });

  it('without known values make a branch an assumption', () => {
    const trace = run('x = torch.randn(3)', 'if x.sum() > 0:', '    x = x + 1');
    expect(notesOf(trace)).toEqual(['data-dependent: A condition on the values of a tensor is taken to be false.']);
  });
});

describe('parameters', () => {
  const initialization = (trace: Trace, index: number): readonly string[] =>
    trace.parameters[index].initialization.map(({ operator, isDefault }) => (isDefault ? `(${operator})` : operator));

  it('have what initialized them, as function, on data, and on a part', () => {
    const trace = run(
      'net = nn.LSTM(3, 4)',
      'nn.init.orthogonal_(net.weight_hh_l0)',
      'net.weight_ih_l0.data.uniform_(-0.1, 0.1)',
      'net.bias_ih_l0.data[4:8].fill_(1.0)',
      'with torch.no_grad():',
      '    net.bias_hh_l0.zero_()',
      'net(torch.randn(2, 2, 3))',
    );
    expect(initialization(trace, 0)).toEqual(['(uniform_)', 'uniform']);
    expect(initialization(trace, 1)).toEqual(['(uniform_)', 'orthogonal_']);
    expect(initialization(trace, 2)).toEqual(['(uniform_)', 'fill']);
    expect(trace.parameters[2].initialization[1].view.map(({ operator }) => operator)).toEqual(['getitem']);
    expect(initialization(trace, 3)).toEqual(['(uniform_)', 'zero']);
    expect(trace.parameters[0].drawn).toEqual({ kind: 'uniform', first: -0.1, second: 0.1 });
    expect(trace.parameters[3].drawn).toEqual({ kind: 'constant', first: 0, second: 0 });
    expect(trace.parameters[2].drawn?.kind).toBe('uniform');
  });

  it('made of random numbers have their distribution', () => {
    const trace = run('scale = nn.Parameter(0.5 * torch.randn(4) + 1)', 'optimizer = torch.optim.SGD([scale], 0.1)');
    expect(trace.parameters[0].drawn).toEqual({ kind: 'normal', first: 1, second: 0.5 });
  });

  it('that are tied are one', () => {
    const trace = run(
      'class Net(nn.Module):',
      '    def __init__(self):',
      '        super().__init__()',
      '        self.table = nn.Embedding(10, 4)',
      '        self.head = nn.Linear(4, 10, bias=False)',
      '        self.head.weight = self.table.weight',
      '    def forward(self, x):',
      '        return self.head(self.table(x))',
      'Net()(torch.tensor([[1, 2]]))',
    );
    const [table] = nodesOf(trace, 'embedding');
    expect(nodesOf(trace, 'linear')[0].arguments.get('weight')).toEqual(table.arguments.get('weight'));
    expect(outputOf(trace, 'linear')).toEqual([1, 2, 10]);
  });

  it('that are set after a backward pass are updated, not initialized', () => {
    const trace = run(
      'net = nn.Linear(2, 1)',
      'for _ in range(5):',
      '    net.zero_grad()',
      '    net(torch.randn(3, 2)).mean().backward()',
      '    with torch.no_grad():',
      '        for p in net.parameters():',
      '            p -= 0.1 * p.grad',
    );
    expect(trace.status).toBe('backward');
    expect(trace.events.filter(({ kind }) => kind === 'update')).toHaveLength(4);
    expect(trace.parameters[0].initialization).toHaveLength(1);
  });
});

describe('modules', () => {
  it('that run again and again are repeated', () => {
    const trace = run(
      'net = nn.Sequential(nn.Linear(2, 2), nn.Tanh())',
      'for _ in range(50):',
      '    net(torch.randn(3, 2))',
    );
    expect(nodesOf(trace, 'linear')).toHaveLength(3);
    expect(nodesOf(trace, 'module_call')).toHaveLength(47);
  });

  it('under weight and spectral norm have the parameters of these', () => {
    const trace = run(
      'net = nn.utils.weight_norm(nn.Linear(3, 2))',
      'other = nn.utils.spectral_norm(nn.Conv2d(1, 2, 3))',
      'net(torch.randn(4, 3))',
      'other(torch.randn(1, 1, 5, 5))',
    );
    expect(parametersOf(trace)).toEqual([
      ...['bias: 2', 'weight_g: 2x1', 'weight_v: 2x3'],
      ...['bias: 2', 'weight_orig: 2x1x3x3'],
    ]);
    expect(operatorsOf(trace)).toContain('spectral_norm');
  });

  it('have hooks, copies, and lists', () => {
    const trace = run(
      'import copy',
      'net = nn.ModuleList([nn.Linear(2, 2)])',
      'net += [copy.deepcopy(net[0])]',
      'net.insert(0, nn.Dropout(0.1))',
      'shapes = []',
      'net[1].register_forward_hook(lambda module, inputs, output: output * 2)',
      'x = torch.randn(1, 2)',
      'for module in net:',
      '    x = module(x)',
    );
    expect(parametersOf(trace)).toEqual(['1.weight: 2x2', '1.bias: 2', '2.weight: 2x2', '2.bias: 2']);
    expect(operatorsOf(trace).filter(name => name !== 'randn' && name !== 'copy')).toEqual([
      ...['dropout', 'linear', 'mul', 'linear'],
    ]);
  });

  it('of recurrence take packed sequences', () => {
    const trace = run(
      'from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence',
      'net = nn.GRU(3, 4, batch_first=True, bidirectional=True)',
      'packed = pack_padded_sequence(torch.randn(2, 5, 3), [5, 3], batch_first=True)',
      'output, state = net(packed)',
      'output, lengths = pad_packed_sequence(output, batch_first=True)',
      'result = output + state[0, 0, 0]',
    );
    expect(outputOf(trace, 'add')).toEqual([2, 5, 8]);
    expect(notesOf(trace)).toEqual(['packed-sequence: The steps after the end of a sequence are computed too.']);
  });
});

describe('other packages', () => {
  it('numpy computes what constructors need', () => {
    const trace = run(
      'import numpy as np',
      'mask = np.triu(np.ones((1, 3, 3)), k=1).astype("uint8")',
      'mask = torch.from_numpy(mask) == 0',
      'width = int(np.prod((2, 3))) + int(np.floor(np.sqrt(17)))',
      'net = nn.Linear(width, np.array([4, 5])[1])',
      'net(torch.randn(2, 10))',
    );
    expect(parametersOf(trace)).toEqual(['weight: 5x10', 'bias: 5']);
    expect(trace.tensors[nodesOf(trace, 'eq')[0].outputs[0]].values).toEqual([1, 0, 0, 1, 1, 0, 1, 1, 1]);
  });

  it('einops is reshapes, transposes, reductions and expands', () => {
    const trace = run(
      'from einops import rearrange, reduce, repeat, pack, unpack',
      'from einops.layers.torch import Rearrange',
      'x = Rearrange("b c (h p) (w q) -> b (h w) (p q c)", p=4, q=4)(torch.randn(2, 3, 8, 12))',
      'x = repeat(x, "b n d -> b n r d", r=5)',
      'x = reduce(x, "b n r d -> b (r d)", "mean")',
      'parts, shapes = pack([torch.randn(2, 3), torch.randn(2, 2, 2)], "b *")',
      'first, second = unpack(parts, shapes, "b *")',
      'end = second * 1',
    );
    expect(outputOf(trace, 'mean')).toEqual([2, 5, 48]);
    expect(outputOf(trace, 'mul')).toEqual([2, 2, 2]);
  });

  it('distributions are tensor operators', () => {
    const trace = run(
      'from torch.distributions import Categorical, Normal, kl_divergence',
      'policy = Categorical(logits=torch.randn(4, 3))',
      'loss = -policy.log_prob(policy.sample()).mean() + policy.entropy().sum()',
      'z = Normal(torch.zeros(4, 2), torch.ones(4, 2)).rsample()',
      'd = kl_divergence(Normal(z, torch.exp(z)), Normal(0.0, 1.0)).sum(-1)',
      'e = d / 2',
    );
    expect(outputOf(trace, 'div')).toEqual([4]);
    expect(outputOf(trace, 'multinomial')).toEqual([4, 1]);
  });

  it('torchvision has the shapes of data sets and of transforms', () => {
    const trace = run(
      'from torchvision import datasets, transforms',
      'transform = transforms.Compose([transforms.Resize(40), transforms.RandomCrop(36, padding=4), transforms.ToTensor()])',
      'data = datasets.CIFAR10("data", train=True, download=True, transform=transform)',
      'loader = torch.utils.data.DataLoader(data, batch_size=12, shuffle=True)',
      'images, labels = next(iter(loader))',
      'net = nn.Conv2d(3, 4, 3)',
      'F.cross_entropy(net(images).mean((2, 3)), labels)',
    );
    expect(outputOf(trace, 'conv2d')).toEqual([12, 4, 34, 34]);
    const facts = trace.events.find(({ kind }) => kind === 'loader')!.facts;
    expect([facts.get('batchSize'), facts.get('shuffle'), facts.get('length')]).toEqual([12, true, 50_000]);
  });

  it('Lightning trains by its trainer', () => {
    const trace = run(
      'import pytorch_lightning as pl',
      'class Model(pl.LightningModule):',
      '    def __init__(self, width=8):',
      '        super().__init__()',
      '        self.save_hyperparameters()',
      '        self.net = nn.Linear(self.hparams.width, 1)',
      '    def training_step(self, batch, batch_idx):',
      '        x, y = batch',
      '        return F.mse_loss(self.net(x), y)',
      '    def configure_optimizers(self):',
      '        return torch.optim.AdamW(self.parameters(), lr=1e-3)',
      'data = torch.utils.data.TensorDataset(torch.randn(64, 8), torch.randn(64, 1))',
      'trainer = pl.Trainer(max_epochs=3, gradient_clip_val=0.5)',
      'trainer.fit(Model(), torch.utils.data.DataLoader(data, batch_size=16))',
    );
    expect(trace.status).toBe('steps');
    expect(trace.events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['trainer', 'loss', 'backward', 'clip', 'step']),
    );
    expect(outputOf(trace, 'linear')).toEqual([16, 1]);
  });

  it('gym has the spaces of known environments', () => {
    const trace = run(
      'import gymnasium as gym',
      'env = gym.make("CartPole-v1")',
      'net = nn.Linear(env.observation_space.shape[0], env.action_space.n)',
      'state, info = env.reset()',
      'net(torch.tensor(state, dtype=torch.float32).unsqueeze(0))',
    );
    expect(outputOf(trace, 'linear')).toEqual([1, 2]);
  });

  it('that are not there give what is unknown; a model that reads it assumes a shape, and says so', () => {
    const trace = run(
      'import spacy_data',
      'net = nn.Sequential(nn.Linear(5, 3), nn.ReLU())',
      'for batch in spacy_data.load("train"):',
      '    net(batch.text)',
    );
    expect(outputOf(trace, 'linear')).toEqual([2, 3]);
    expect(notesOf(trace)).toContain(
      'assumed-shape: spacy_data.load()[0].text is taken to be a tensor of shape [2, 5].',
    );
  });
});

describe('training', () => {
  it('has scalers, groups, rates set by hand, and several optimizers', () => {
    const trace = run(
      'net, other = nn.Linear(2, 2), nn.Linear(2, 1)',
      'groups = [{"params": [net.weight], "weight_decay": 0.1}, {"params": [net.bias], "lr": 0.5}]',
      'first = torch.optim.AdamW(groups, lr=1e-3)',
      'second = torch.optim.RMSprop(other.parameters())',
      'scaler = torch.amp.GradScaler("cuda")',
      'for step in range(9):',
      '    for group in first.param_groups:',
      '        group["lr"] = 0.1 / (step + 1)',
      '    with torch.autocast("cuda"):',
      '        loss = other(net(torch.randn(4, 2))).mean()',
      '    scaler.scale(loss).backward()',
      '    scaler.unscale_(first)',
      '    nn.utils.clip_grad_value_(net.parameters(), 0.1)',
      '    scaler.step(first)',
      '    scaler.step(second)',
      '    scaler.update()',
    );
    expect(trace.optimizers.map(({ name, steps }) => [name, steps])).toEqual([
      ['AdamW', 2],
      ['RMSprop', 1],
    ]);
    const [decayed, plain] = trace.optimizers[0].groups.map(({ options }) => options);
    expect([decayed.get('lr'), decayed.get('weight_decay')]).toEqual([0.001, 0.1]);
    expect([plain.get('lr'), plain.get('weight_decay')]).toEqual([0.5, 0.01]);
    expect(trace.events.filter(({ kind }) => kind === 'set-rate').map(({ facts }) => facts.get('rate'))).toEqual([
      ...[0.1, 0.1, 0.05, 0.05],
    ]);
    expect(trace.events.some(({ kind }) => kind === 'scaler')).toBe(true);
  });

  it('has the rates of schedules, one after another', () => {
    const trace = run(
      'optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0)',
      'warmup = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.5, total_iters=2)',
      'decay = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.5)',
      'schedule = torch.optim.lr_scheduler.SequentialLR(optimizer, [warmup, decay], milestones=[2])',
    );
    const [{ name, rates }] = trace.optimizers[0].schedules;
    expect(name).toBe('SequentialLR');
    expect(rates!.slice(0, 5).flat()).toEqual([0.5, 0.75, 1, 0.5, 0.25]);
  });

  it('has no gradient where a graph is detached', () => {
    const trace = run(
      'first, second = nn.Linear(2, 2), nn.Linear(2, 2)',
      'second(first(torch.randn(3, 2)).detach()).sum().backward()',
    );
    const leaves = trace.events.find(({ kind }) => kind === 'backward')!.facts.get('leaves');
    expect(leaves).toHaveLength(2);
  });
});
