"""Schedules of the learning rate, computed as PyTorch computes them."""

import math
from bisect import bisect_right
from collections import Counter

from gradient_health.recording import plain, recorder

from .optimizer import Optimizer, recorder_of_rates


class LRScheduler:
    """The base of all schedules but `ReduceLROnPlateau`."""

    def __init__(self, optimizer, last_epoch=-1, verbose=None):
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")
        self.optimizer = optimizer
        for group in optimizer.param_groups:
            dict.setdefault(group, "initial_lr", group["lr"])
        self.base_lrs = [group["initial_lr"] for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        self._step_count = 0
        self._register()
        self._advance()

    def _register(self):
        schedules = optimizer_schedules(self.optimizer)
        self._stack = recorder.positions.stack()
        schedules.append(self)

    def _options(self):
        skipped = ("optimizer", "base_lrs", "last_epoch")
        return {
            key: plain(value)
            for key, value in self.__dict__.items()
            if key not in skipped and not key.startswith("_")
        }

    def get_lr(self):
        raise NotImplementedError

    def step(self, epoch=None):
        recorder.event("schedule-step", optimizer=self.optimizer.number)
        self._advance(epoch)

    def _advance(self, epoch=None):
        self._step_count += 1
        self.last_epoch = self.last_epoch + 1 if epoch is None else epoch
        closed = getattr(self, "_get_closed_form_lr", None)
        rates = closed() if epoch is not None and closed is not None else self.get_lr()
        set_rates(self.optimizer, rates)
        self._last_lr = [group["lr"] for group in self.optimizer.param_groups]

    def get_last_lr(self):
        return self._last_lr

    def state_dict(self):
        return {"last_epoch": self.last_epoch}

    def load_state_dict(self, state):
        pass

    def _rates(self):
        return [group["lr"] for group in self.optimizer.param_groups]


_LRScheduler = LRScheduler


def optimizer_schedules(optimizer):
    return optimizer.__dict__.setdefault("schedules", [])


def set_rates(optimizer, rates):
    recorder_of_rates.is_scheduled = True
    try:
        for group, rate in zip(optimizer.param_groups, rates):
            group["lr"] = rate
    finally:
        recorder_of_rates.is_scheduled = False


class LambdaLR(LRScheduler):
    def __init__(self, optimizer, lr_lambda, last_epoch=-1, verbose=None):
        count = len(optimizer.param_groups)
        is_list = isinstance(lr_lambda, (list, tuple))
        self.lr_lambdas = list(lr_lambda) if is_list else [lr_lambda] * count
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        return [
            base * factor(self.last_epoch) for factor, base in zip(self.lr_lambdas, self.base_lrs)
        ]


class MultiplicativeLR(LambdaLR):
    def get_lr(self):
        if self.last_epoch <= 0:
            return self._rates()
        return [
            rate * factor(self.last_epoch) for rate, factor in zip(self._rates(), self.lr_lambdas)
        ]


class StepLR(LRScheduler):
    def __init__(self, optimizer, step_size, gamma=0.1, last_epoch=-1, verbose=None):
        self.step_size = step_size
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        if self.last_epoch == 0 or self.last_epoch % self.step_size != 0:
            return self._rates()
        return [rate * self.gamma for rate in self._rates()]

    def _get_closed_form_lr(self):
        return [base * self.gamma ** (self.last_epoch // self.step_size) for base in self.base_lrs]


class MultiStepLR(LRScheduler):
    def __init__(self, optimizer, milestones, gamma=0.1, last_epoch=-1, verbose=None):
        self.milestones = list(milestones)
        self._counts = Counter(self.milestones)
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        return [rate * self.gamma ** self._counts.get(self.last_epoch, 0) for rate in self._rates()]

    def _get_closed_form_lr(self):
        passed = bisect_right(sorted(self.milestones), self.last_epoch)
        return [base * self.gamma**passed for base in self.base_lrs]


class ConstantLR(LRScheduler):
    def __init__(self, optimizer, factor=1.0 / 3, total_iters=5, last_epoch=-1, verbose=None):
        self.factor = factor
        self.total_iters = total_iters
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        return [
            base * (self.factor if self.last_epoch < self.total_iters else 1)
            for base in self.base_lrs
        ]


class LinearLR(LRScheduler):
    def __init__(
        self,
        optimizer,
        start_factor=1.0 / 3,
        end_factor=1.0,
        total_iters=5,
        last_epoch=-1,
        verbose=None,
    ):
        self.start_factor = start_factor
        self.end_factor = end_factor
        self.total_iters = total_iters
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        share = min(self.total_iters, self.last_epoch) / self.total_iters
        factor = self.start_factor + (self.end_factor - self.start_factor) * share
        return [base * factor for base in self.base_lrs]


class ExponentialLR(LRScheduler):
    def __init__(self, optimizer, gamma, last_epoch=-1, verbose=None):
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        if self.last_epoch == 0:
            return self._rates()
        return [rate * self.gamma for rate in self._rates()]

    def _get_closed_form_lr(self):
        return [base * self.gamma**self.last_epoch for base in self.base_lrs]


class PolynomialLR(LRScheduler):
    def __init__(self, optimizer, total_iters=5, power=1.0, last_epoch=-1, verbose=None):
        self.total_iters = total_iters
        self.power = power
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        share = 1 - min(self.total_iters, self.last_epoch) / self.total_iters
        return [base * share**self.power for base in self.base_lrs]


class CosineAnnealingLR(LRScheduler):
    def __init__(self, optimizer, T_max, eta_min=0.0, last_epoch=-1, verbose=None):
        self.T_max = T_max
        self.eta_min = eta_min
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        share = (1 + math.cos(math.pi * self.last_epoch / self.T_max)) / 2
        return [self.eta_min + (base - self.eta_min) * share for base in self.base_lrs]


class CosineAnnealingWarmRestarts(LRScheduler):
    def __init__(self, optimizer, T_0, T_mult=1, eta_min=0.0, last_epoch=-1, verbose=None):
        self.T_0 = T_0
        self.T_mult = T_mult
        self.eta_min = eta_min
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        period, place = self.T_0, self.last_epoch
        while place >= period:
            place -= period
            period *= self.T_mult
        share = (1 + math.cos(math.pi * place / period)) / 2
        return [self.eta_min + (base - self.eta_min) * share for base in self.base_lrs]


class OneCycleLR(LRScheduler):
    def __init__(
        self,
        optimizer,
        max_lr,
        total_steps=None,
        epochs=None,
        steps_per_epoch=None,
        pct_start=0.3,
        anneal_strategy="cos",
        cycle_momentum=True,
        base_momentum=0.85,
        max_momentum=0.95,
        div_factor=25.0,
        final_div_factor=1e4,
        three_phase=False,
        last_epoch=-1,
        verbose=None,
    ):
        if total_steps is None:
            if epochs is None or steps_per_epoch is None:
                raise ValueError(
                    "You must define either total_steps OR (epochs AND steps_per_epoch)"
                )
            total_steps = epochs * steps_per_epoch
        self.total_steps = int(total_steps)
        self.pct_start = pct_start
        self.anneal_strategy = anneal_strategy
        self.div_factor = div_factor
        self.final_div_factor = final_div_factor
        self.three_phase = three_phase
        groups = optimizer.param_groups
        self.max_lr = list(max_lr) if isinstance(max_lr, (list, tuple)) else [max_lr] * len(groups)
        for group, highest in zip(groups, self.max_lr):
            dict.__setitem__(group, "initial_lr", highest / div_factor)
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        if self.last_epoch > self.total_steps:
            raise ValueError(
                f"Tried to step {self.last_epoch} times. The specified number of total steps is "
                f"{self.total_steps}"
            )
        rates = []
        for highest in self.max_lr:
            lowest = highest / self.div_factor
            ends = [(float(self.pct_start * self.total_steps) - 1, lowest, highest)]
            if self.three_phase:
                ends.append((2 * float(self.pct_start * self.total_steps) - 2, highest, lowest))
            ends.append((self.total_steps - 1, ends[-1][2], lowest / self.final_div_factor))
            rates.append(self._rate(ends))
        return rates

    def _rate(self, phases):
        start = 0.0
        for place, (end, first, last) in enumerate(phases):
            if self.last_epoch <= end or place == len(phases) - 1:
                share = (self.last_epoch - start) / (end - start)
                if self.anneal_strategy == "linear":
                    return first + (last - first) * share
                return last + (first - last) / 2 * (math.cos(math.pi * share) + 1)
            start = end
        return phases[-1][2]


class CyclicLR(LRScheduler):
    def __init__(
        self,
        optimizer,
        base_lr,
        max_lr,
        step_size_up=2000,
        step_size_down=None,
        mode="triangular",
        gamma=1.0,
        scale_fn=None,
        scale_mode="cycle",
        cycle_momentum=True,
        base_momentum=0.8,
        max_momentum=0.9,
        last_epoch=-1,
        verbose=None,
    ):
        self.base_lr = base_lr
        self.max_lr = max_lr
        self.step_size_up = step_size_up
        self.step_size_down = step_size_up if step_size_down is None else step_size_down
        self.mode = mode
        self.gamma = gamma
        self.scale_fn = scale_fn
        self.scale_mode = scale_mode
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        total = self.step_size_up + self.step_size_down
        cycle = math.floor(1 + self.last_epoch / total)
        x = 1 + self.last_epoch / total - cycle
        ratio = self.step_size_up / total
        share = x / ratio if x <= ratio else (x - 1) / (ratio - 1)
        scale = {"triangular": 1.0, "triangular2": 1 / 2.0 ** (cycle - 1)}.get(
            self.mode, self.gamma**self.last_epoch
        )
        if self.scale_fn is not None:
            scale = self.scale_fn(cycle if self.scale_mode == "cycle" else self.last_epoch)
        low, high = self.base_lr, self.max_lr
        lows = low if isinstance(low, list) else [low] * len(self.base_lrs)
        highs = high if isinstance(high, list) else [high] * len(self.base_lrs)
        return [a + (b - a) * share * scale for a, b in zip(lows, highs)]


class SequentialLR(LRScheduler):
    def __init__(self, optimizer, schedulers, milestones, last_epoch=-1, verbose=None):
        self._schedulers = list(schedulers)
        self.milestones = list(milestones)
        self.optimizer = optimizer
        self.last_epoch = last_epoch + 1
        set_rates(optimizer, [group["initial_lr"] for group in optimizer.param_groups])
        for schedule in self._schedulers:
            optimizer_schedules(optimizer).remove(schedule)
            schedule.last_epoch = -1
        self._schedulers[0]._advance()
        self._last_lr = self._schedulers[0].get_last_lr()
        self._register()

    def _advance(self, epoch=None):
        self.last_epoch += 1
        place = bisect_right(self.milestones, self.last_epoch)
        schedule = self._schedulers[place]
        if place > 0 and self.milestones[place - 1] == self.last_epoch:
            set_rates(
                self.optimizer, [group["initial_lr"] for group in self.optimizer.param_groups]
            )
            schedule._advance(0)
        else:
            schedule._advance()
        self._last_lr = schedule.get_last_lr()


class ChainedScheduler(LRScheduler):
    def __init__(self, schedulers, optimizer=None):
        self._schedulers = list(schedulers)
        self.optimizer = self._schedulers[0].optimizer
        self.last_epoch = 0
        for schedule in self._schedulers:
            optimizer_schedules(self.optimizer).remove(schedule)
        self._last_lr = self._rates()
        self._register()

    def _advance(self, epoch=None):
        self.last_epoch += 1
        for schedule in self._schedulers:
            schedule._advance()
        self._last_lr = self._rates()


class ReduceLROnPlateau(LRScheduler):
    """Depends on the loss, so that no table of rates tells it; its options do."""

    def __init__(
        self,
        optimizer,
        mode="min",
        factor=0.1,
        patience=10,
        threshold=1e-4,
        threshold_mode="rel",
        cooldown=0,
        min_lr=0,
        eps=1e-8,
        verbose=None,
    ):
        if factor >= 1.0:
            raise ValueError("Factor should be < 1.0.")
        self.optimizer = optimizer
        self.mode = mode
        self.factor = factor
        self.patience = patience
        self.threshold = threshold
        self.threshold_mode = threshold_mode
        self.cooldown = cooldown
        self.min_lr = min_lr
        self.eps = eps
        self.last_epoch = 0
        self._last_lr = self._rates()
        self._register()

    def step(self, metrics=None, epoch=None):
        recorder.event("schedule-step", optimizer=self.optimizer.number)


_STEPS_OF_A_TABLE = 1024


def written_schedule(schedule):
    """A schedule's options, and the rate of each group at its first steps."""
    table = None
    if not isinstance(schedule, ReduceLROnPlateau):
        table = []
        try:
            set_rates(
                schedule.optimizer,
                [group["initial_lr"] for group in schedule.optimizer.param_groups],
            )
            _rewind(schedule)
            for step in range(_STEPS_OF_A_TABLE):
                if step:
                    schedule._advance()
                table.append([_finite(group["lr"]) for group in schedule.optimizer.param_groups])
        except Exception as error:
            recorder.note("schedule", f"The rates of a schedule end at step {len(table)}: {error}")
    return {
        "name": type(schedule).__name__,
        "options": schedule._options(),
        "rates": table,
        "stack": schedule._stack,
    }


def _finite(rate):
    number = float(rate)
    if not math.isfinite(number):
        raise ValueError(f"the rate is {number}")
    return number


def _rewind(schedule):
    """Takes a schedule back to its first step."""
    inner = getattr(schedule, "_schedulers", None)
    if inner is None:
        schedule.last_epoch = -1
        schedule._advance()
        return
    schedule.last_epoch = 0
    for each in inner if isinstance(schedule, ChainedScheduler) else inner[:1]:
        _rewind(each)
