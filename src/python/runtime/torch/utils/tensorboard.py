"""The stand-in for `torch.utils.tensorboard`: nothing is written."""


class SummaryWriter:
    log_dir = "runs"

    def __init__(self, *positional, **named):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *positional, **named: None

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False
