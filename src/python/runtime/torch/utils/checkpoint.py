"""The stand-in for `torch.utils.checkpoint`: what is computed twice there is computed once here."""


def checkpoint(
    function,
    *positional,
    use_reentrant=None,
    preserve_rng_state=True,
    context_fn=None,
    determinism_check=None,
    debug=None,
    **named,
):
    return function(*positional, **named)


def checkpoint_sequential(functions, segments, input, **named):
    for function in functions:
        input = function(input)
    return input
