"""Names of constraints, which are not checked."""

real = positive = simplex = unit_interval = nonnegative_integer = boolean = positive_definite = None
