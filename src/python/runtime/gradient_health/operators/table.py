"""The one table of operators: how each is called, recorded, and gives tensors to its callers."""

from ..in_place import change
from ..recording import plain, recorder
from ..tensor import METHODS, GradientFunction, Tensor
from ..unknown import Unknown, UnknownValueError

OPERATORS = {}
_ALIASES = {
    "axis": "dim",
    "keepdims": "keepdim",
    "x": "input",
    "self": "input",
    "axes": "dim",
    "split_size": "split_size_or_sections",
    "tensor": "input",
}
_WITHOUT_MEANING = frozenset(
    (
        "device",
        "layout",
        "pin_memory",
        "memory_format",
        "non_blocking",
        "generator",
        "copy",
        "inplace",
    )
)


def operator(*names, gathers=False, adopts=None, in_functional=True, is_view=False, records=None):
    """Enters a function that computes the result's shape into the table.

    `gathers` puts separate numbers into one tuple for the parameter after the first, as `view(2, 3)`.
    `adopts(arguments)` gives the shapes of tensors of which nothing is known.
    `is_view` says that the result shares the memory of the first argument.
    """

    def decorate(function):
        name = names[0] if names else function.__name__.strip("_")
        call = Operator(name, function, gathers, adopts, is_view, records)
        for each in names or (name,):
            OPERATORS[each] = METHODS[each] = call
        return call

    return decorate


class Operator:
    """An operator as `torch.name`, `Tensor.name`, and in place as `Tensor.name_`."""

    def __init__(
        self,
        name,
        function,
        gathers=False,
        adopts=None,
        is_view=False,
        records=None,
        signature=None,
    ):
        signature = signature or function
        code = signature.__code__
        self.__name__ = self.__qualname__ = name
        self.__doc__ = function.__doc__
        self.__module__ = "torch"
        self.function = function
        self.parameters = code.co_varnames[: code.co_argcount]
        defaults = signature.__defaults__ or ()
        self.defaults = dict(zip(self.parameters[len(self.parameters) - len(defaults) :], defaults))
        self.gathers = gathers
        self.adopts = adopts
        self.is_view = is_view
        self.records = records

    def __call__(self, *positional, **named):
        if recorder.depth:
            return self.function(**self.bind(positional, named))
        out = named.pop("out", None)
        arguments = self.bind(positional, named)
        result = self.run(arguments)
        if isinstance(result, Unknown):
            return result
        outputs = tensors_of(result)
        if out is not None and isinstance(out, Tensor):
            return change(out, self.__name__, self.written(arguments), outputs[0])
        recorder.record(self.__name__, self.written(arguments), outputs)
        if self.is_view:
            self._note_view(arguments, outputs)
        return result

    def in_place(self, *positional, **named):
        arguments = self.bind(positional, named)
        target = arguments[self.parameters[0]]
        _refuse_leaf(target)
        result = self.run(arguments)
        if isinstance(result, Unknown):
            return target
        if result.shape != target.shape:
            if self.is_view or self.__name__ in ("squeeze", "unsqueeze", "transpose", "t"):
                target.shape = result.shape
            else:
                raise RuntimeError(
                    f"output with shape {list(target.shape)} doesn't match the broadcast shape "
                    f"{list(result.shape)}"
                )
        result.dtype = target.dtype
        return change(target, self.__name__, self.written(arguments), result)

    def bind(self, positional, named):
        """Arguments by name, defaults included."""
        parameters = self.parameters
        if self.gathers and len(positional) > 1 and _is_number(positional[1]):
            positional = (positional[0], tuple(positional[1:]))
        if len(positional) > len(parameters):
            raise TypeError(
                f"{self.__name__}() takes {len(parameters)} positional arguments but "
                f"{len(positional)} were given"
            )
        arguments = dict(zip(parameters, positional))
        for key, value in named.items():
            if key not in parameters:
                alias = _ALIASES.get(key)
                if alias in parameters:
                    key = alias
                elif key in _WITHOUT_MEANING or key == "requires_grad":
                    continue
                elif key == "input" and parameters[0] not in arguments:
                    key = parameters[0]
                else:
                    raise TypeError(f"{self.__name__}() got an unexpected keyword argument '{key}'")
            arguments[key] = value
        for key in parameters:
            if key not in arguments:
                if key not in self.defaults:
                    raise TypeError(
                        f'{self.__name__}() missing 1 required positional arguments: "{key}"'
                    )
                arguments[key] = self.defaults[key]
        return arguments

    def run(self, arguments):
        """Computes without recording what is computed on the way."""
        if _has_foreign(arguments):
            if self._adopt(arguments):
                return self._unknown_result(arguments)
        recorder.depth += 1
        try:
            result = self.function(**arguments)
        finally:
            recorder.depth -= 1
        inputs = []
        for value in arguments.values():
            collect(value, inputs)
        role = recorder.role_of(inputs)
        needs_gradient = recorder.grad_enabled and any(tensor.requires_grad for tensor in inputs)
        gradient = None
        for output in tensors_of(result):
            if any(output is tensor for tensor in inputs):
                continue
            if recorder.roles[output.identity] == "constant":
                recorder.roles[output.identity] = role
            if needs_gradient and (output.dtype.is_floating_point or output.dtype.is_complex):
                if gradient is None:
                    name = self.__name__.title().replace("_", "") + "Backward0"
                    gradient = GradientFunction(name, [t for t in inputs if t.requires_grad])
                output.requires_grad = True
                output.grad_fn = gradient
        return result

    def written(self, arguments):
        if self.records is not None:
            arguments = self.records(arguments)
        return {key: plain(value) for key, value in arguments.items()}

    def _adopt(self, arguments):
        """Replaces what is no tensor yet; true where nothing can be known of the result."""
        for key, value in arguments.items():
            if hasattr(value, "_tensor"):
                arguments[key] = value._tensor
            elif isinstance(value, (list, tuple)) and any(
                hasattr(item, "_tensor") for item in value
            ):
                arguments[key] = type(value)(getattr(item, "_tensor", item) for item in value)
        unknown = [key for key, value in arguments.items() if isinstance(value, Unknown)]
        if not unknown:
            return any(
                isinstance(item, Unknown)
                for value in arguments.values()
                if isinstance(value, (list, tuple))
                for item in value
            )
        shapes = self.adopts(arguments) if self.adopts else {}
        for key in unknown:
            if key in shapes:
                shape, kind = shapes[key]
                recorder.note(
                    "assumed-shape",
                    f"{arguments[key]} is taken to be a tensor of shape {list(shape)}.",
                )
                arguments[key] = Tensor(shape, kind, role="data")
        return any(isinstance(value, Unknown) for value in arguments.values())

    def _unknown_result(self, arguments):
        unknown = next(value for value in arguments.values() if contains_unknown(value))
        name = unknown if isinstance(unknown, Unknown) else "one of several tensors"
        if (
            recorder.is_in_forward
            and self.parameters
            and not isinstance(arguments[self.parameters[0]], (Unknown, list, tuple))
        ):
            raise UnknownValueError(f"{self.__name__}: the shape of {name} is not known.")
        return Unknown(str(name))

    def _note_view(self, arguments, outputs):
        base = arguments[self.parameters[0]]
        if not isinstance(base, Tensor):
            return
        written = self.written(arguments)
        for place, output in enumerate(outputs):
            if output is base:
                continue
            if len(outputs) > 1:
                written = {**written, "output": place}
            output._view = (base, self.__name__, written, getattr(output, "_places", None))


def _is_number(value):
    return isinstance(value, (int, Tensor)) or hasattr(value, "__index__")


def _has_foreign(arguments):
    for value in arguments.values():
        kind = type(value)
        if kind is Unknown or hasattr(value, "_tensor"):
            return True
        if kind is list or kind is tuple:
            for item in value:
                if type(item) is Unknown or hasattr(item, "_tensor"):
                    return True
    return False


def contains_unknown(value):
    if isinstance(value, (list, tuple)):
        return any(contains_unknown(item) for item in value)
    return isinstance(value, Unknown)


def _refuse_leaf(target):
    if target.requires_grad and target.grad_fn is None and recorder.grad_enabled:
        if target._view is None and target._target is None:
            raise RuntimeError(
                "a leaf Variable that requires grad is being used in an in-place operation."
            )


def collect(value, found):
    """Appends the tensors in a value."""
    if isinstance(value, Tensor):
        found.append(value)
    elif isinstance(value, (list, tuple)):
        for item in value:
            collect(item, found)
    elif isinstance(value, dict):
        for item in value.values():
            collect(item, found)


def tensors_of(value):
    found = []
    collect(value, found)
    return found
