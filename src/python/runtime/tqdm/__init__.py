"""The stand-in for `tqdm`: what it goes through, without a bar."""


class tqdm:
    def __init__(self, iterable=None, *positional, **named):
        self.iterable = iterable

    def __iter__(self):
        return iter(self.iterable)

    def __len__(self):
        return len(self.iterable)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *positional, **named: None

    @staticmethod
    def write(*positional, **named):
        pass


def trange(*positional, **named):
    return tqdm(range(*positional))


tqdm_notebook = tqdm
