"""The module and the data module of Lightning."""

import inspect
import sys

import torch
from gradient_health.backward import backward
from gradient_health.recording import recorder
from gradient_health.unknown import Unknown
from torch import nn


class Attributes(dict):
    """Hyperparameters, by name and as attributes."""

    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value


class _Hyperparameters:
    def save_hyperparameters(self, *names, ignore=(), logger=True, frame=None):
        frame = frame or sys._getframe(1)
        given = inspect.getargvalues(frame)
        left_out = {"self", "__class__", *([ignore] if isinstance(ignore, str) else ignore)}
        saved = {name: given.locals[name] for name in given.args if name not in left_out}
        saved.update(given.locals.get(given.keywords, {}) if given.keywords else {})
        if names and all(isinstance(name, str) for name in names):
            saved = {name: saved[name] for name in names}
        elif names:
            saved = dict(names[0]) if isinstance(names[0], dict) else dict(vars(names[0]))
        self.__dict__.setdefault("_hparams", Attributes()).update(saved)

    @property
    def hparams(self):
        return self.__dict__.setdefault("_hparams", Attributes())


class LightningModule(_Hyperparameters, nn.Module):
    automatic_optimization = True
    current_epoch = global_step = 0
    device = torch.device("cpu")
    logger = Unknown("logger")

    def log(self, *positional, **named):
        pass

    log_dict = print = log

    @property
    def trainer(self):
        return self.__dict__.get("_trainer", Unknown("trainer"))

    def optimizers(self, use_pl_optimizer=True):
        made = self.__dict__.get("_optimizers", [])
        return made[0] if len(made) == 1 else made

    def lr_schedulers(self):
        made = self.__dict__.get("_schedulers", [])
        return made[0] if len(made) == 1 else made or None

    def manual_backward(self, loss, *positional, **named):
        backward([loss])

    def toggle_optimizer(self, optimizer, *positional):
        pass

    untoggle_optimizer = toggle_optimizer

    def clip_gradients(self, optimizer, gradient_clip_val=None, gradient_clip_algorithm="norm"):
        record_clip(gradient_clip_val, gradient_clip_algorithm, [optimizer])

    def freeze(self):
        self.requires_grad_(False)

    def configure_optimizers(self):
        return None


def record_clip(limit, algorithm, optimizers):
    tensors = [
        parameter.identity
        for optimizer in optimizers
        for group in optimizer.param_groups
        for parameter in group["params"]
    ]
    recorder.event("clip", by=algorithm or "norm", limit=limit, norm=2.0, tensors=tensors)


class LightningDataModule(_Hyperparameters):
    trainer = Unknown("trainer")

    def __init__(self, *positional, **named):
        pass

    def prepare_data(self):
        pass

    def setup(self, stage=None):
        pass


def seed_everything(seed=0, workers=False, verbose=True):
    recorder.event("seed", value=seed if isinstance(seed, int) else None)
    return seed
