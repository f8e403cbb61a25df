import { beforeAll, describe, expect, it } from 'vitest';
import type { Trace } from '../../src/python/trace';
import { notesOf, nodesOf, openReader, operatorsOf, parametersOf, textAt, textOf, type Request } from './reading';

let read: (request: Request) => Trace;

beforeAll(async () => {
  read = await openReader();
}, 60_000);

const TRAINING = `# Ünïcode 😀 before everything
import argparse
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    def __init__(self, hidden=32):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(20, hidden), nn.ReLU(), nn.Linear(hidden, 3))

    def forward(self, x):
        "größe 😀"; y = self.layers(x); return F.relu(y)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    options = parser.parse_args()
    torch.manual_seed(7)
    net = Net()
    nn.init.xavier_normal_(net.layers[2].weight, gain=2.0)
    optimizer = torch.optim.SGD(net.parameters(), lr=options.lr, momentum=0.9)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1.0, (step + 1) / 10))
    data = TensorDataset(torch.randn(100, 20), torch.randint(0, 3, (100,)))
    loader = DataLoader(data, batch_size=16, shuffle=True)
    for epoch in range(10):
        for x, y in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(net(x), y)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()


if __name__ == "__main__":
    main()
`;

describe('a program that trains', () => {
  let trace: Trace;
  beforeAll(() => {
    trace = read(TRAINING);
  });

  it('is run to its second update', () => {
    expect(trace.status).toBe('steps');
    expect(trace.error).toBeUndefined();
    expect(trace.events.map(({ kind }) => kind)).toEqual([
      'seed',
      'loader',
      ...['zero-grad', 'loss', 'backward', 'clip', 'step', 'schedule-step'],
      ...['zero-grad', 'loss', 'backward', 'clip', 'step'],
    ]);
  });

  it('has its operators with all arguments, and where they stand', () => {
    const [first] = nodesOf(trace, 'linear');
    expect(textAt(trace, first.stack, TRAINING)).toBe('self.layers(x)');
    const [relu] = nodesOf(trace, 'relu').filter(({ stack }) => textAt(trace, stack, TRAINING) === 'F.relu(y)');
    expect(trace.tensors[relu.outputs[0]]).toMatchObject({ shape: [16, 3], dtype: 'float32', role: 'activation' });
    const [loss] = nodesOf(trace, 'cross_entropy');
    expect(Object.fromEntries(loss.arguments)).toMatchObject({ reduction: 'mean', label_smoothing: 0 });
    expect(textAt(trace, loss.stack, TRAINING)).toBe('F.cross_entropy(net(x), y)');
  });

  it('has the stack of calls from the innermost outwards', () => {
    const [relu] = nodesOf(trace, 'relu');
    const texts = trace.stacks[relu.stack].map(place => textOf(trace.places[place], TRAINING));
    expect(texts).toEqual(['self.layers(x)', 'net(x)', 'main()']);
  });

  it('has its modules by path, and where each was constructed', () => {
    const linear = trace.modules.filter(module => module.class === 'Linear');
    expect(linear.map(module => module.path)).toEqual(['layers.0', 'layers.2']);
    expect(linear.map(({ stack }) => textAt(trace, stack, TRAINING))).toEqual([
      'nn.Linear(20, hidden)',
      'nn.Linear(hidden, 3)',
    ]);
    expect(parametersOf(trace)).toEqual([
      'layers.0.weight: 32x20',
      'layers.0.bias: 32',
      'layers.2.weight: 3x32',
      'layers.2.bias: 3',
    ]);
  });

  it('has how each parameter is initialized', () => {
    const byTensor = new Map(trace.parameters.map(facts => [facts.tensor, facts]));
    const [first, last] = trace.modules.filter(module => module.class === 'Linear');
    const weight = byTensor.get(first.parameters[0][1])!;
    expect(weight.initialization).toMatchObject([{ operator: 'kaiming_uniform_', isDefault: true, view: [] }]);
    expect(weight.drawn?.kind).toBe('uniform');
    expect(weight.drawn?.second).toBeCloseTo(1 / Math.sqrt(20), 12);
    const own = byTensor.get(last.parameters[0][1])!.initialization.at(-1)!;
    expect(own).toMatchObject({ operator: 'xavier_normal_', isDefault: false });
    expect(textAt(trace, own.stack, TRAINING)).toBe('nn.init.xavier_normal_(net.layers[2].weight, gain=2.0)');
  });

  it('has the optimizer with its options and the table of its schedule', () => {
    const [optimizer] = trace.optimizers;
    expect(optimizer.name).toBe('SGD');
    expect(Object.fromEntries(optimizer.groups[0].options)).toMatchObject({ momentum: 0.9, nesterov: false });
    expect(optimizer.groups[0].parameters).toHaveLength(4);
    const [schedule] = optimizer.schedules;
    expect(schedule.name).toBe('LambdaLR');
    expect(schedule.rates!.slice(0, 3).flat()).toEqual([0.010000000000000002, 0.020000000000000004, 0.03]);
    expect(textAt(trace, optimizer.stack, TRAINING)).toMatch(/^torch\.optim\.SGD\(.*\)$/);
  });
});

describe('a program without a loop', () => {
  it('is called by a directive', () => {
    const trace = read(`import torch
# gradient-health: model Net(depth=2), input [8] int64 below 50, loss cross-entropy, batch 4
class Net(torch.nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.table = torch.nn.Embedding(50, 16)
        self.layers = torch.nn.ModuleList(torch.nn.Linear(16, 16) for _ in range(depth))
    def forward(self, x):
        x = self.table(x).mean(1)
        for layer in self.layers:
            x = layer(x)
        return x
`);
    expect(trace.status).toBe('ended');
    expect(trace.error).toBeUndefined();
    expect(operatorsOf(trace)).toEqual(['embedding', 'mean', 'linear', 'linear', 'cross_entropy']);
    expect(trace.tensors[nodesOf(trace, 'cross_entropy')[0].outputs[0]].shape).toEqual([]);
  });

  it('is guessed, and the guesses are said', () => {
    const trace = read(`import torch.nn as nn
class Net(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.head = nn.Linear(8 * 30 * 30, num_classes)
    def forward(self, x):
        return self.head(self.conv(x).flatten(1))
`);
    expect(trace.status).toBe('guessed');
    expect(notesOf(trace)).toEqual([
      'guessed-argument: Net: num_classes is taken to be 10.',
      'guessed-input: Net is called on [2, 3, 32, 32].',
      'entry: Net is called, since the file calls no model.',
    ]);
  });

  it('names the error of a directive', () => {
    const trace = read({ files: { 'main.py': 'x = 1\n' }, directive: 'input [3]' });
    expect(trace.error?.text).toContain('The directive names no model.');
  });
});

describe('errors', () => {
  it('of shapes have the words of PyTorch, on the call', () => {
    const source = `import torch
net = torch.nn.Sequential(torch.nn.Linear(10, 20), torch.nn.Linear(10, 20))
net(torch.randn(2, 10))
`;
    const trace = read(source);
    expect(trace.status).toBe('error');
    expect(trace.error?.text).toBe('RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x20 and 10x20)');
    expect(textAt(trace, trace.error!.stack, source)).toBe('net(torch.randn(2, 10))');
  });

  it('of syntax have their range', () => {
    const source = 'ä = "😀"; x = = 2\n';
    const trace = read(source);
    expect(trace.status).toBe('syntax');
    expect(textAt(trace, trace.error!.stack, source)).toBe('=');
  });

  it('outside of a model are left out with a note; inside of one they end the reading', () => {
    const trace = read(`import torch, spacy
size = shutil.get_terminal_size().columns
net = torch.nn.Linear(2, 3)
net(torch.randn(4, 2)).sum().backward()
`);
    expect(trace.status).toBe('ended');
    expect(notesOf(trace)).toContain("left-out: Left out: NameError: name 'shutil' is not defined");
    const inside = read(`import torch
class Net(torch.nn.Module):
    def forward(self, x):
        return x + missing
Net()(torch.randn(2))
`);
    expect(inside).toMatchObject({ status: 'error', error: { inForward: true } });
  });

  it('ask for a number that no text holds', () => {
    const trace = read(`import torch, gymn
env = gymn.make("CartPole")
net = torch.nn.Linear(env.observation_space.shape[0], 8)
`);
    expect(trace.error?.text).toContain('The value of gymn.make().observation_space.shape[0] is not known');
  });
});

describe('a workspace', () => {
  it('is imported from, relatively and absolutely, with its configuration', () => {
    const trace = read({
      files: {
        'main.py': `import json, yaml
from nets.small import build
config = json.load(open("config.json"))
more = yaml.safe_load(open("config.yaml"))
net = build(config["width"], more["model"]["layers"])
import torch
net(torch.randn(2, config["width"]))
`,
        'config.json': '{"width": 12}',
        'config.yaml': 'model:\n  layers: [3, 4]  # two\n  name: "net"\n',
        'nets/__init__.py': '',
        'nets/small.py': `from .parts import Block
import torch.nn as nn
def build(width, layers):
    return nn.Sequential(*[Block(width) for _ in layers])
`,
        'nets/parts.py': `import torch.nn as nn
class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear = nn.Linear(width, width)
    def forward(self, x):
        return x + self.linear(x)
`,
      },
    });
    expect(trace.error).toBeUndefined();
    expect(parametersOf(trace)).toEqual([
      '0.linear.weight: 12x12',
      '0.linear.bias: 12',
      '1.linear.weight: 12x12',
      '1.linear.bias: 12',
    ]);
    const [linear] = nodesOf(trace, 'linear');
    const [inner] = trace.stacks[linear.stack];
    expect(trace.files[trace.places[inner].file]).toBe('/workspace/nets/parts.py');
  });
});
