"""Writes pytorch-training.json: what PyTorch (float64) makes of a few steps of training where it matters how a step is made.

    python3 test/training/pytorch-training.py > test/training/pytorch-training.json
"""
import json
import torch
from torch import nn
from torch.nn.functional import cross_entropy, mse_loss

torch.manual_seed(23)
torch.set_default_dtype(torch.float64)
STEPS = 4


def numbers(tensor):
    return [float(f"{value:.14g}") for value in tensor.detach().flatten().tolist()]


class Last(nn.Module):
    """The last state of a recurrent layer."""

    def forward(self, states):
        return states[0][:, -1]


def case(name, text, modules, x, target, optimizer, loss=mse_loss, batches=1, clip=None, l2=0.0, schedule=None, prepare=None):
    """modules: in forward order, by the name of their layer; x, target: those of every step, [STEPS, batches * batch, ...]."""
    for module in modules.values():
        for parameter in module.parameters():
            nn.init.normal_(parameter, std=0.5)
    named = {f"{layer}.{own}": parameter for layer, module in modules.items() for own, parameter in module.named_parameters()}
    initial = {key: numbers(parameter) for key, parameter in named.items()}
    if prepare:
        prepare(modules)
    buffers = {f"{layer}.{key}": value for layer, module in modules.items() for key, value in module.named_buffers()
               if key.startswith("running")}
    running_before = {key: numbers(value) for key, value in buffers.items()}
    trained = optimizer(modules)
    scheduler = schedule(trained) if schedule else None
    steps = []
    for step in range(STEPS):
        trained.zero_grad()
        total = 0.0
        for given, answer in zip(x[step].chunk(batches), target[step].chunk(batches)):
            y = given
            for module in modules.values():
                y = module(y)
            value = loss(y, answer) / batches
            value.backward()
            total += value.item()
        penalty = l2 * sum((p ** 2).sum() for p in named.values() if p.dim() > 1 and p.requires_grad)
        if l2:
            penalty.backward()
            total += penalty.item()
        norms = {key: (None if p.grad is None else p.grad.norm().item()) for key, p in named.items()}
        norm = sum(value ** 2 for value in norms.values() if value is not None) ** 0.5
        if clip:
            nn.utils.clip_grad_norm_(list(named.values()), clip)
        before = {key: p.detach().clone() for key, p in named.items()}
        trained.step()
        if scheduler:
            scheduler.step()
        steps.append({"loss": total, "gradientNorm": norm, "gradientNorms": norms,
                      "updateNorms": {key: (p.detach() - before[key]).norm().item() for key, p in named.items()}})
    running = {key: numbers(value) for key, value in buffers.items()}
    flat = (lambda t: t.flatten().tolist()) if x.dtype == torch.int64 else numbers
    answers = (lambda t: t.flatten().tolist()) if target.dtype == torch.int64 else numbers
    return {"name": name, "text": text, "batch": x.shape[1] // batches, "x": [flat(t) for t in x], "target": [answers(t) for t in target],
            "initial": initial, "initialRunning": running_before, "steps": steps, "final": {key: numbers(p) for key, p in named.items()}, "running": running}


def parameters(modules):
    return [parameter for module in modules.values() for parameter in module.parameters()]


def accumulated():
    yield case(
        "three batches a step through batch-norm, with a penalty and clipping by norm",
        """
input: [5]
layers:
  - { name: wide, type: dense, units: 6, bias: false }
  - { name: norm, type: batch-norm, activation: relu }
  - { name: out, type: dense, units: 2 }
loss: mse
data: teacher
optimizer: { type: adamw, learning_rate: 0.02, weight_decay: 0.1 }
clip: { type: norm, max: 1.5 }
regularization: { l2: 0.01 }
gradient_accumulation: 3
""",
        {"wide": nn.Linear(5, 6, bias=False), "norm": nn.BatchNorm1d(6), "relu": nn.ReLU(), "out": nn.Linear(6, 2)},
        torch.randn(STEPS, 12, 5), torch.randn(STEPS, 12, 2),
        lambda m: torch.optim.AdamW(parameters(m), lr=0.02, weight_decay=0.1), batches=3, clip=1.5, l2=0.01,
    )
    yield case(
        "two batches a step of token ids through an lstm",
        """
input: { tokens: 7, length: 4 }
layers:
  - { name: letters, type: embedding, units: 3 }
  - { name: memory, type: lstm, units: 4 }
  - { name: out, type: dense, units: 3 }
loss: cross-entropy
data: teacher
optimizer: { type: sgd, learning_rate: 0.3, momentum: 0.9 }
gradient_accumulation: 2
""",
        {"letters": nn.Embedding(7, 3), "memory": nn.LSTM(3, 4, batch_first=True), "last": Last(), "out": nn.Linear(4, 3)},
        torch.randint(0, 7, (STEPS, 10, 4)), torch.randint(0, 3, (STEPS, 10)),
        lambda m: torch.optim.SGD(parameters(m), lr=0.3, momentum=0.9), loss=cross_entropy, batches=2,
    )


def with_multipliers():
    def groups(modules, rate, multipliers):
        return [{"params": modules[layer].parameters(), "lr": rate * multiplier} for layer, multiplier in multipliers.items()]

    text = """
input: [5]
layers:
  - {{ name: first, type: dense, units: 6, activation: tanh, learning_rate_multiplier: 0.1 }}
  - {{ name: second, type: dense, units: 4, activation: tanh, lr_mult: 3 }}
  - {{ name: out, type: dense, units: 2 }}
loss: mse
data: teacher
optimizer: {{ {} }}
"""
    multipliers = {"first": 0.1, "second": 3, "out": 1}
    for name, written, schedule, optimizer in [
        ("sgd with Nesterov's momentum and weight decay", "type: sgd, lr: 0.05, momentum: 0.9, nesterov: true, weight_decay: 0.2", None,
         lambda m: torch.optim.SGD(groups(m, 0.05, multipliers), lr=1, momentum=0.9, nesterov=True, weight_decay=0.2)),
        ("adamw, whose decay they multiply too, under a schedule", "type: adamw, lr: 0.02, weight_decay: 0.5",
         lambda trained: torch.optim.lr_scheduler.StepLR(trained, 2, 0.5),
         lambda m: torch.optim.AdamW(groups(m, 0.02, multipliers), lr=1, weight_decay=0.5)),
        ("rmsprop", "type: rmsprop, lr: 0.02, momentum: 0.5", None,
         lambda m: torch.optim.RMSprop(groups(m, 0.02, multipliers), lr=1, momentum=0.5)),
        ("radam", "type: radam, lr: 0.02", None, lambda m: torch.optim.RAdam(groups(m, 0.02, multipliers), lr=1)),
    ]:
        yield case(
            f"multipliers of the rate: {name}",
            text.format(written) + ("schedule: { type: step, every: 2, factor: 0.5 }\n" if schedule else ""),
            {"first": nn.Linear(5, 6), "tanh": nn.Tanh(), "second": nn.Linear(6, 4), "tanh2": nn.Tanh(), "out": nn.Linear(4, 2)},
            torch.randn(STEPS, 8, 5), torch.randn(STEPS, 8, 2), optimizer, schedule=schedule,
        )


def frozen():
    def freeze(*layers):
        return lambda modules: [modules[layer].requires_grad_(False) for layer in layers]

    def freeze_norm(modules):
        freeze("norm")(modules)
        modules["norm"].eval()
        nn.init.normal_(modules["norm"].running_mean)
        nn.init.uniform_(modules["norm"].running_var, 0.5, 2)

    yield case(
        "a layer that is not trained between two that are: weight decay, penalty and clipping leave it out",
        """
input: [5]
layers:
  - { name: first, type: dense, units: 6, activation: tanh }
  - { name: kept, type: dense, units: 4, activation: tanh, trainable: false }
  - { name: out, type: dense, units: 2 }
loss: mse
data: teacher
optimizer: { type: adam, learning_rate: 0.02, weight_decay: 0.3 }
clip: { type: norm, max: 0.5 }
regularization: { l2: 0.01 }
""",
        {"first": nn.Linear(5, 6), "tanh": nn.Tanh(), "kept": nn.Linear(6, 4), "tanh2": nn.Tanh(), "out": nn.Linear(4, 2)},
        torch.randn(STEPS, 8, 5), torch.randn(STEPS, 8, 2),
        lambda m: torch.optim.Adam(parameters(m), lr=0.02, weight_decay=0.3), clip=0.5, l2=0.01, prepare=freeze("kept"),
    )
    yield case(
        "an embedding and a gru that are not trained, two batches a step",
        """
input: { tokens: 7, length: 4 }
layers:
  - { name: letters, type: embedding, units: 3, trainable: false }
  - { name: before, type: dense, units: 3 }
  - { name: memory, type: gru, units: 4, trainable: false }
  - { name: out, type: dense, units: 3 }
loss: cross-entropy
data: teacher
optimizer: { type: sgd, learning_rate: 0.3, momentum: 0.9 }
gradient_accumulation: 2
""",
        {"letters": nn.Embedding(7, 3), "before": nn.Linear(3, 3), "memory": nn.GRU(3, 4, batch_first=True), "last": Last(),
         "out": nn.Linear(4, 3)},
        torch.randint(0, 7, (STEPS, 10, 4)), torch.randint(0, 3, (STEPS, 10)),
        lambda m: torch.optim.SGD(parameters(m), lr=0.3, momentum=0.9), loss=cross_entropy, batches=2,
        prepare=freeze("letters", "memory"),
    )
    yield case(
        "a batch-norm that is not trained works by its running statistics",
        """
input: [5]
layers:
  - { name: wide, type: dense, units: 6 }
  - { name: norm, type: batch-norm, activation: tanh, trainable: false }
  - { name: out, type: dense, units: 2 }
loss: mse
data: teacher
optimizer: { type: sgd, learning_rate: 0.1 }
""",
        {"wide": nn.Linear(5, 6), "norm": nn.BatchNorm1d(6), "tanh": nn.Tanh(), "out": nn.Linear(6, 2)},
        torch.randn(STEPS, 8, 5), torch.randn(STEPS, 8, 2), lambda m: torch.optim.SGD(parameters(m), lr=0.1), prepare=freeze_norm,
    )


print(json.dumps([*accumulated(), *with_multipliers(), *frozen()]))
