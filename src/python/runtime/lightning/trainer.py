"""The trainer: the order of calls in a step of Lightning."""

import inspect

import torch
from gradient_health.backward import backward
from gradient_health.recording import plain, recorder
from gradient_health.unknown import Unknown

from .module import LightningDataModule, record_clip


class Callback:
    pass


def found_in(value, kind, keys):
    """Optimizers or schedules in what `configure_optimizers` returned."""
    if isinstance(value, kind):
        return [value]
    if isinstance(value, dict):
        return [item for key in keys if key in value for item in found_in(value[key], kind, keys)]
    if isinstance(value, (list, tuple)):
        return [item for part in value for item in found_in(part, kind, keys)]
    return []


class Trainer:
    is_global_zero = True
    current_epoch = global_step = 0

    def __init__(self, *positional, **options):
        self.options = options
        self.max_epochs = options.get("max_epochs", 1000)
        self.max_steps = options.get("max_steps", -1)
        self.callback_metrics = {}
        self.source = recorder.positions.here()
        recorder.event("trainer", options=plain(options))

    def fit(self, model, train_dataloaders=None, val_dataloaders=None, datamodule=None, **named):
        if isinstance(train_dataloaders, LightningDataModule):
            datamodule, train_dataloaders = train_dataloaders, None
        model.__dict__["_trainer"] = self
        source = datamodule if datamodule is not None else model
        self.datamodule = datamodule
        for name, arguments in (("prepare_data", ()), ("setup", ("fit",))):
            if hasattr(source, name):
                getattr(source, name)(*arguments)
        configured = model.configure_optimizers()
        optimizers = found_in(configured, torch.optim.Optimizer, ("optimizer",))
        keys = ("lr_scheduler", "scheduler")
        schedules = found_in(configured, torch.optim.lr_scheduler.LRScheduler, keys)
        model.__dict__["_optimizers"], model.__dict__["_schedulers"] = optimizers, schedules
        model.train()
        loader = train_dataloaders if train_dataloaders is not None else source.train_dataloader()
        for number, batch in enumerate(loader):
            self._step(model, batch, number, optimizers)

    def _step(self, model, batch, number, optimizers):
        arguments = (batch, number, 0)[: len(inspect.signature(model.training_step).parameters)]
        output = model.training_step(*arguments)
        if not model.automatic_optimization:
            return
        loss = output["loss"] if isinstance(output, dict) else output
        for optimizer in optimizers:
            optimizer.zero_grad()
            backward([loss], source=self.source)
            limit = self.options.get("gradient_clip_val")
            if limit:
                record_clip(limit, self.options.get("gradient_clip_algorithm"), [optimizer])
            optimizer.step()

    def test(self, *positional, **named):
        return []

    validate = predict = save_checkpoint = test

    @property
    def estimated_stepping_batches(self):
        recorder.note("unknown-length", "trainer.estimated_stepping_batches is taken to be 1000.")
        return 1000

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Unknown(f"trainer.{name}")
