"""Runs the model files under the real PyTorch, and writes what the stand-ins must agree with as JSON.

python real.py FOLDER_OF_MODELS FILE_OF_DIRECTIVE_PARSER
"""

import contextlib
import importlib.util
import io
import json
import pathlib
import sys
import types
import warnings

import torch
from torch.nn import functional as F
from torch.optim.optimizer import register_optimizer_step_post_hook

# torchvision asks for operators that its compiled part defines, which is not built for every PyTorch.
LIBRARY = torch.library.Library("torchvision", "FRAGMENT")
for operator in ("nms", "qnms"):
    with contextlib.suppress(RuntimeError):
        LIBRARY.define(operator + "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
RATES = 60
LOSSES = {"cross-entropy": F.cross_entropy, "nll": F.nll_loss, "mse": F.mse_loss}


class Stopped(BaseException):
    """Ends a program after its second update."""


def tensors_of(value):
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [tensor for item in value for tensor in tensors_of(item)]
    return []


def shapes_of(value):
    return [list(tensor.shape) for tensor in tensors_of(value)]


def called_by_directive(path, directive):
    """Builds and calls the model that the comment names."""
    text = path.read_text()
    given = directive.parse(directive.find(text)[0])
    namespace = types.ModuleType("directive").__dict__
    exec(compile(text, str(path), "exec"), namespace)
    model = eval(given.model, namespace)
    calls = []
    for name, module in model.named_modules():
        if not list(module.children()):
            module.register_forward_hook(
                lambda module, inputs, output, name=name: calls.append(
                    [name, type(module).__name__, shapes_of(output)]
                )
            )
    inputs = []
    for item in given.inputs:
        shape = [given.batch if size == "batch" else size for size in item.shape]
        inputs.append(torch.randint(0, item.below, shape) if item.below else torch.randn(shape))
    output = model(*inputs)
    if given.loss:
        logits = tensors_of(output)[0]
        if given.loss in ("cross-entropy", "nll"):
            target = torch.zeros((logits.shape[0], *logits.shape[2:]), dtype=torch.int64)
        else:
            target = torch.zeros_like(logits)
        LOSSES[given.loss](logits, target).backward()
    return {
        "parameters": [
            [name, list(parameter.shape), parameter.requires_grad, str(parameter.dtype)]
            for name, parameter in model.named_parameters()
        ],
        "buffers": [
            [name, list(buffer.shape), str(buffer.dtype)] for name, buffer in model.named_buffers()
        ],
        "calls": calls,
        "outputs": [[list(tensor.shape), str(tensor.dtype)] for tensor in tensors_of(output)],
        "withGradient": (
            [name for name, parameter in model.named_parameters() if parameter.grad is not None]
            if given.loss
            else None
        ),
    }


def plain(value):
    if isinstance(value, torch.Tensor):
        return value.item()
    return list(value) if isinstance(value, tuple) else value


def trained(path):
    """Runs the file as a script until its second update."""
    optimizers, schedules, steps = [], [], {}
    plain_init = torch.optim.Optimizer.__init__
    plain_schedule = torch.optim.lr_scheduler.LRScheduler.__init__

    def init(self, *positional, **named):
        plain_init(self, *positional, **named)
        optimizers.append(
            {
                "name": type(self).__name__,
                "groups": [
                    {
                        "shapes": [list(parameter.shape) for parameter in group["params"]],
                        "options": {
                            key: plain(value) for key, value in group.items() if key != "params"
                        },
                    }
                    for group in self.param_groups
                ],
            }
        )

    def init_schedule(self, optimizer, *positional, **named):
        plain_schedule(self, optimizer, *positional, **named)
        rates = [[group["lr"] for group in optimizer.param_groups]]
        step = self.step

        def recorded(*positional, **named):
            step(*positional, **named)
            rates.append([group["lr"] for group in optimizer.param_groups])

        self.step = recorded
        schedules.append({"name": type(self).__name__, "rates": rates, "step": recorded})

    def after_step(optimizer, *rest):
        steps[id(optimizer)] = steps.get(id(optimizer), 0) + 1
        if steps[id(optimizer)] >= 2:
            raise Stopped

    torch.optim.Optimizer.__init__ = init
    torch.optim.lr_scheduler.LRScheduler.__init__ = init_schedule
    hook = register_optimizer_step_post_hook(after_step)
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    try:
        exec(compile(path.read_text(), str(path), "exec"), module.__dict__)
    except Stopped:
        pass
    finally:
        hook.remove()
        torch.optim.Optimizer.__init__ = plain_init
        torch.optim.lr_scheduler.LRScheduler.__init__ = plain_schedule
    for schedule in schedules:
        step = schedule.pop("step")
        with contextlib.suppress(ValueError):
            while len(schedule["rates"]) < RATES:
                step()
    return {"optimizers": optimizers, "schedules": schedules}


def main(folder, parser):
    warnings.simplefilter("ignore")
    spec = importlib.util.spec_from_file_location("directive", parser)
    directive = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(directive)
    results = {}
    for path in sorted(pathlib.Path(folder).glob("*.py")):
        torch.manual_seed(0)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            result = {"called": called_by_directive(path, directive)}
            result["trained"] = trained(path) if "__main__" in path.read_text() else None
        results[path.name] = result
    print(json.dumps(results))


if __name__ == "__main__":
    main(*sys.argv[1:])
