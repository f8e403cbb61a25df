"""The stand-in for `torch.backends`: settings that change nothing here."""


class _Settings:
    enabled = benchmark = deterministic = allow_tf32 = False

    def is_available(self):
        return False

    is_built = is_available

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = _Settings()
        setattr(self, name, made)
        return made

    def __call__(self, *positional, **named):
        return False


cudnn, cuda, mps, mkl, mkldnn, openmp, opt_einsum = (_Settings() for _ in range(7))
