"""Reads patterns such as `b (h w) c -> b c h w`."""


class EinopsError(RuntimeError):
    """A pattern that does not fit its tensor."""


class Group(list):
    """Axes that are one axis of the tensor."""


def parse(side, pattern):
    """One side of a pattern as a list of groups; `...` is a group of its own."""
    groups, group = [], None
    for token in side.replace("(", " ( ").replace(")", " ) ").replace("…", "...").split():
        if token == "(":
            if group is not None:
                raise EinopsError(
                    f"Axis composition is one-level (brackets inside brackets not allowed): {pattern}"
                )
            group = Group()
        elif token == ")":
            if group is None:
                raise EinopsError(f"Brackets are not balanced: {pattern}")
            groups.append(group)
            group = None
        else:
            if not (token == "..." or token.isidentifier() or token.isdecimal()):
                raise EinopsError(
                    f"Invalid axis identifier: {token}\n Error when processing pattern {pattern!r}"
                )
            target = groups if group is None else group
            target.append(Group([token]) if group is None else token)
    if group is not None:
        raise EinopsError(f"Brackets are not balanced: {pattern}")
    return groups


def sides(pattern):
    left, arrow, right = pattern.partition("->")
    if not arrow:
        raise EinopsError(f"There is no -> in the pattern {pattern!r}")
    return parse(left, pattern), parse(right, pattern)


def names_of(groups):
    return [name for group in groups for name in group]


def with_ellipsis(groups, extra):
    """Replaces `...` by names of its axes."""
    replaced = []
    for group in groups:
        if group == ["..."]:
            replaced += [Group([name]) for name in extra]
        else:
            inner = Group()
            for name in group:
                inner += extra if name == "..." else [name]
            replaced.append(inner)
    return replaced


def axis_sizes(groups, shape, given, pattern):
    """The size of every axis of the left side."""
    if len(groups) != len(shape):
        raise EinopsError(
            f" Error while processing pattern {pattern!r}.\n Input tensor shape: {tuple(shape)}. "
            f"Wrong shape: expected {len(groups)} dims. Received {len(shape)}-dim tensor."
        )
    sizes = dict(given)
    for group, size in zip(groups, shape):
        known, unknown = 1, []
        for name in group:
            if name.isdecimal():
                known *= int(name)
            elif name in given:
                known *= given[name]
            else:
                unknown.append(name)
        if len(unknown) > 1:
            raise EinopsError(
                f"Could not infer sizes for {set(unknown)} in the pattern {pattern!r}"
            )
        if unknown:
            if known == 0 or size % known:
                raise EinopsError(
                    f" Error while processing pattern {pattern!r}.\n Input tensor shape: {tuple(shape)}. "
                    f"Additional info: {given}.\n Shape mismatch, can't divide axis of length {size} in "
                    f"chunks of {known}"
                )
            sizes[unknown[0]] = size // known
        elif known != size:
            raise EinopsError(
                f" Error while processing pattern {pattern!r}.\n Input tensor shape: {tuple(shape)}. "
                f"Additional info: {given}.\n Shape mismatch, {size} != {known}"
            )
    return sizes
