"""Whether what runs is differentiated."""

import functools

from gradient_health.recording import recorder


class Switch:
    """A context and decorator that sets the mode; `value` None leaves it."""

    value = False

    def __init__(self, function=None):
        self._before = []

    def __new__(cls, function=None):
        switch = object.__new__(cls)
        if callable(function):
            switch._before = []
            return Switch.__call__(switch, function)
        return switch

    def __call__(self, function):
        @functools.wraps(function)
        def run(*positional, **named):
            with self:
                return function(*positional, **named)

        return run

    def __enter__(self):
        self._before.append(recorder.grad_enabled)
        if self.value is not None:
            recorder.grad_enabled = self.value
        return self

    def __exit__(self, *details):
        recorder.grad_enabled = self._before.pop()
        return False

    def clone(self):
        return type(self)()


class no_grad(Switch):
    value = False


class enable_grad(Switch):
    value = True


class inference_mode(Switch):
    def __init__(self, mode=True):
        super().__init__()
        self.value = not mode


class set_grad_enabled(Switch):
    def __init__(self, mode):
        super().__init__()
        self._initial = recorder.grad_enabled
        self.value = bool(mode)
        recorder.grad_enabled = self.value

    def __enter__(self):
        self._before.append(self._initial)
        recorder.grad_enabled = self.value
        return self

    def __call__(self, function):
        recorder.grad_enabled = self._initial
        return super().__call__(function)
