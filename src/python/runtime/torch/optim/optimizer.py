"""The optimizer: groups of parameters with options, and updates that are counted."""

from collections import defaultdict

from gradient_health.recording import Stopped, plain, recorder
from gradient_health.tensor import Handle, Tensor
from gradient_health.unknown import Unknown


class Group(dict):
    """A group of parameters; a rate that is set by hand is recorded."""

    def __setitem__(self, key, value):
        dict.__setitem__(self, key, value)
        if key == "lr" and not recorder_of_rates.is_scheduled:
            recorder.event(
                "set-rate",
                optimizer=dict.get(self, "_optimizer", -1),
                group=dict.get(self, "_place", -1),
                rate=plain(value.item() if isinstance(value, Tensor) else value),
            )


class _Rates:
    """True while a scheduler sets a rate."""

    is_scheduled = False


recorder_of_rates = _Rates()


class Optimizer:
    """The base of all optimizers."""

    def __init__(self, params, defaults):
        self.defaults = defaults
        self.state = defaultdict(dict)
        self.param_groups = []
        self.number = len(recorder.optimizers)
        self.steps = 0
        self.stack = recorder.positions.stack()
        self._check(params)
        if isinstance(params, Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or dicts, "
                "but got torch.FloatTensor"
            )
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        recorder.optimizers.append(self)
        self.written_groups = []
        for group in groups:
            self.add_param_group(group)

    def _check(self, params):
        if isinstance(params, Unknown):
            raise TypeError(f"The parameters of {params} are not known.")
        for name in ("lr", "eps", "weight_decay", "momentum"):
            value = self.defaults.get(name)
            if isinstance(value, (int, float)) and value < 0:
                word = {"lr": "learning rate", "eps": "epsilon value"}.get(name, f"{name} value")
                raise ValueError(f"Invalid {word}: {value}")

    def add_param_group(self, param_group):
        given = param_group["params"]
        parameters = [given] if isinstance(given, Tensor) else list(given)
        parameters = [item[1] if isinstance(item, tuple) else item for item in parameters]
        for parameter in parameters:
            if not isinstance(parameter, Tensor):
                raise TypeError(
                    f"optimizer can only optimize Tensors, but one of the params is {type(parameter).__name__}"
                )
            if not parameter.is_leaf:
                raise ValueError("can't optimize a non-leaf Tensor")
        known = {id(parameter) for group in self.param_groups for parameter in group["params"]}
        if known & {id(parameter) for parameter in parameters}:
            raise ValueError("some parameters appear in more than one parameter group")
        group = Group(self.defaults)
        for key, value in param_group.items():
            dict.__setitem__(group, key, value)
        dict.__setitem__(group, "params", parameters)
        dict.__setitem__(group, "_optimizer", self.number)
        dict.__setitem__(group, "_place", len(self.param_groups))
        self.param_groups.append(group)
        self.written_groups.append(
            {
                "parameters": [parameter.identity for parameter in parameters],
                "options": {
                    key: plain(value.item() if isinstance(value, Tensor) else value)
                    for key, value in group.items()
                    if key != "params" and not key.startswith("_")
                },
            }
        )

    def zero_grad(self, set_to_none=True):
        recorder.event("zero-grad", optimizer=self.number)
        for group in self.param_groups:
            for parameter in group["params"]:
                parameter.grad = None

    def step(self, closure=None):
        result = closure() if closure is not None else None
        self.steps += 1
        recorder.event("step", optimizer=self.number)
        if self.steps >= recorder.steps_wanted:
            raise Stopped("steps")
        return result

    def state_dict(self):
        return {"state": {}, "param_groups": [dict(group) for group in self.param_groups]}

    def load_state_dict(self, state):
        pass

    def register_step_post_hook(self, hook):
        return Handle()

    register_step_pre_hook = register_step_post_hook

    def __repr__(self):
        lines = [f"    {key}: {value}" for key, value in self.defaults.items()]
        return f"{type(self).__name__} (\n" + "\n".join(lines) + "\n)"
