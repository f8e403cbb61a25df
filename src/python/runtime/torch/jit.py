"""The stand-in for `torch.jit`: functions and modules as they are."""


def script(value=None, *positional, **named):
    return value if value is not None else lambda inner: inner


def trace(function, *positional, **named):
    return function


script_method = ignore = unused = export = freeze = optimize_for_inference = script


def save(*positional, **named):
    pass


def is_scripting():
    return False


is_tracing = is_scripting


def annotate(kind, value):
    return value


Final = Attribute = list
ScriptModule = object
