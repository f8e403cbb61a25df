"""`nn.Module`: parameters, buffers and submodules by name, and a call that is recorded."""

import copy
import functools
from collections import OrderedDict, namedtuple

from gradient_health.module_calls import call_module
from gradient_health.recording import recorder
from gradient_health.tensor import Handle, Parameter, Tensor

IncompatibleKeys = namedtuple("IncompatibleKeys", ("missing_keys", "unexpected_keys"))
_KINDS = ("_parameters", "_buffers", "_modules")


class Module:
    """The stand-in for `torch.nn.Module`."""

    training = True
    dump_patches = False
    call_super_init = False

    def __new__(cls, *positional, **named):
        module = object.__new__(cls)
        facts = module.__dict__
        facts["_number"] = len(recorder.modules)
        facts["_stack"] = recorder.positions.stack()
        recorder.modules.append(module)
        return module

    def __init__(self, *positional, **named):
        facts = self.__dict__
        facts["training"] = True
        for kind in _KINDS:
            facts[kind] = {}
        facts["_non_persistent_buffers_set"] = set()
        facts["_forward_hooks"] = OrderedDict()
        facts["_forward_pre_hooks"] = OrderedDict()

    def __setattr__(self, name, value):
        facts = self.__dict__
        if isinstance(value, Parameter):
            if "_parameters" not in facts:
                raise AttributeError("cannot assign parameters before Module.__init__() call")
            self._forget(name, "_parameters")
            self.register_parameter(name, value)
        elif isinstance(value, Module):
            if "_modules" not in facts:
                raise AttributeError("cannot assign module before Module.__init__() call")
            self._forget(name, "_modules")
            facts["_modules"][name] = value
        elif name in facts.get("_parameters", ()):
            if value is not None:
                raise TypeError(
                    f"cannot assign '{_type_name(value)}' as parameter '{name}' "
                    "(torch.nn.Parameter or None expected)"
                )
            facts["_parameters"][name] = None
        elif name in facts.get("_modules", ()):
            if value is not None:
                raise TypeError(
                    f"cannot assign '{_type_name(value)}' as child module '{name}' "
                    "(torch.nn.Module or None expected)"
                )
            facts["_modules"][name] = None
        elif name in facts.get("_buffers", ()):
            facts["_buffers"][name] = value
        elif getattr(value, "_is_buffer", False) and isinstance(value, Tensor):
            self.register_buffer(name, value, value._is_persistent)
        else:
            object.__setattr__(self, name, value)

    def _forget(self, name, kept):
        self.__dict__.pop(name, None)
        for kind in _KINDS:
            if kind != kept:
                self.__dict__[kind].pop(name, None)

    def __getattr__(self, name):
        facts = self.__dict__
        for kind in _KINDS:
            if name in facts.get(kind, ()):
                return facts[kind][name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __delattr__(self, name):
        for kind in _KINDS:
            if name in self.__dict__[kind]:
                del self.__dict__[kind][name]
                return
        object.__delattr__(self, name)

    def __dir__(self):
        names = list(object.__dir__(self))
        return names + [name for kind in _KINDS for name in self.__dict__.get(kind, ())]

    def __deepcopy__(self, memo):
        made = type(self).__new__(type(self))
        memo[id(self)] = made
        for name, value in self.__dict__.items():
            if name not in ("_number", "_stack", "_runs"):
                made.__dict__[name] = copy.deepcopy(value, memo)
        return made

    def __call__(self, *positional, **named):
        return call_module(self, positional, named)

    def forward(self, *positional, **named):
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function'
        )

    # Registration

    def register_buffer(self, name, tensor, persistent=True):
        if "_buffers" not in self.__dict__:
            raise AttributeError("cannot assign buffer before Module.__init__() call")
        if name not in self._buffers and hasattr(self, name):
            raise KeyError(f"attribute '{name}' already exists")
        if tensor is not None and not isinstance(tensor, Tensor):
            raise TypeError(
                f"cannot assign '{_type_name(tensor)}' object to buffer '{name}' "
                "(torch Tensor or None required)"
            )
        self._buffers[name] = tensor
        if not persistent:
            self._non_persistent_buffers_set.add(name)
        if tensor is not None:
            self.__dict__.setdefault("_first_buffers", {})[name] = tensor.identity

    def register_parameter(self, name, param):
        if param is not None and not isinstance(param, Parameter):
            raise TypeError(
                f"cannot assign '{_type_name(param)}' object to parameter '{name}' "
                "(torch.nn.Parameter or None required)"
            )
        self._parameters[name] = param

    def add_module(self, name, module):
        if module is not None and not isinstance(module, Module):
            raise TypeError(f"{_type_name(module)} is not a Module subclass")
        self._modules[name] = module

    register_module = add_module

    def register_forward_hook(self, hook, **named):
        self._forward_hooks[len(self._forward_hooks)] = hook
        return Handle()

    def register_forward_pre_hook(self, hook, **named):
        self._forward_pre_hooks[len(self._forward_pre_hooks)] = hook
        return Handle()

    def register_full_backward_hook(self, hook, **named):
        return Handle()

    register_backward_hook = register_full_backward_pre_hook = register_full_backward_hook
    register_state_dict_pre_hook = register_load_state_dict_post_hook = register_full_backward_hook
    _register_load_state_dict_pre_hook = _register_state_dict_hook = register_full_backward_hook

    # Walks

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        memo = set() if memo is None else memo
        if self in memo:
            return
        if remove_duplicate:
            memo.add(self)
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                inner = prefix + ("." if prefix else "") + name
                yield from module.named_modules(memo, inner, remove_duplicate)

    def modules(self):
        for _, module in self.named_modules():
            yield module

    def named_children(self):
        seen = set()
        for name, module in self._modules.items():
            if module is not None and module not in seen:
                seen.add(module)
                yield name, module

    def children(self):
        for _, module in self.named_children():
            yield module

    def _named_members(self, kind, prefix, recurse, remove_duplicate):
        seen = set()
        modules = (
            self.named_modules(prefix=prefix, remove_duplicate=remove_duplicate)
            if recurse
            else [(prefix, self)]
        )
        for module_prefix, module in modules:
            for name, member in module.__dict__[kind].items():
                if member is None or id(member) in seen:
                    continue
                if remove_duplicate:
                    seen.add(id(member))
                yield module_prefix + ("." if module_prefix else "") + name, member

    def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
        yield from self._named_members("_parameters", prefix, recurse, remove_duplicate)

    def parameters(self, recurse=True):
        for _, parameter in self.named_parameters(recurse=recurse):
            yield parameter

    def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
        yield from self._named_members("_buffers", prefix, recurse, remove_duplicate)

    def buffers(self, recurse=True):
        for _, buffer in self.named_buffers(recurse=recurse):
            yield buffer

    def state_dict(self, *positional, destination=None, prefix="", keep_vars=False):
        state = OrderedDict() if destination is None else destination
        for name, parameter in self._parameters.items():
            if parameter is not None:
                state[prefix + name] = parameter if keep_vars else parameter.data
        for name, buffer in self._buffers.items():
            if buffer is not None and name not in self._non_persistent_buffers_set:
                state[prefix + name] = buffer
        for name, module in self._modules.items():
            if module is not None:
                module.state_dict(destination=state, prefix=f"{prefix}{name}.", keep_vars=keep_vars)
        return state

    def load_state_dict(self, state_dict, strict=True, assign=False):
        recorder.event("load-state", module=self._number, keys=_keys_of(state_dict))
        return IncompatibleKeys([], [])

    def get_submodule(self, target):
        module = self
        for name in target.split(".") if target else ():
            module = getattr(module, name)
        return module

    def get_parameter(self, target):
        path, _, name = target.rpartition(".")
        return getattr(self.get_submodule(path), name)

    get_buffer = get_parameter

    # Modes

    def apply(self, function):
        for module in self.children():
            module.apply(function)
        function(self)
        return self

    def train(self, mode=True):
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=True):
        recorder.event("zero-grad", module=self._number)

    def _converted(self, kind):
        for tensor in [*self.parameters(), *self.buffers()]:
            if tensor.dtype.is_floating_point:
                tensor.dtype = kind
                recorder.shapes[tensor.identity] = (tensor.shape, kind)
        return self

    def to(self, *positional, **named):
        from gradient_health.dtypes import dtype

        for value in [*positional, named.get("dtype")]:
            if isinstance(value, dtype):
                return self._converted(value)
        return self

    def _same(self, *positional, **named):
        return self

    cuda = cpu = xpu = ipu = share_memory = to_empty = _same

    def type(self, kind):
        return self.to(kind)

    def float(self):
        import torch

        return self._converted(torch.float32)

    def double(self):
        import torch

        return self._converted(torch.float64)

    def half(self):
        import torch

        return self._converted(torch.float16)

    def bfloat16(self):
        import torch

        return self._converted(torch.bfloat16)

    def compile(self, *positional, **named):
        pass

    # Text

    def extra_repr(self):
        return ""

    def _get_name(self):
        return type(self).__name__

    def __repr__(self):
        lines = []
        for name, module in self._modules.items():
            lines.append(f"({name}): " + repr(module).replace("\n", "\n  "))
        inside = self.extra_repr()
        if not lines:
            return f"{self._get_name()}({inside})"
        return f"{self._get_name()}({inside}\n  " + "\n  ".join(lines) + "\n)"


def _type_name(value):
    kind = type(value)
    return "torch.FloatTensor" if isinstance(value, Tensor) else f"{kind.__name__}"


def _keys_of(state):
    return [str(key) for key in state][:2000] if isinstance(state, dict) else []


def constructs(reset):
    """Marks a method that initializes parameters as PyTorch does by default."""

    @functools.wraps(reset)
    def run(self, *positional, **named):
        before = recorder.initializes_by_default
        recorder.initializes_by_default = True
        try:
            return reset(self, *positional, **named)
        finally:
            recorder.initializes_by_default = before

    return run
