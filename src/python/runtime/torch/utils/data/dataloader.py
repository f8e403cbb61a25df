"""The loader: batches of the right size, of few items that are read."""

from gradient_health.recording import plain, recorder
from gradient_health.unknown import Unknown

from .collate import default_collate, repeated
from .sampler import BatchSampler, RandomSampler, SequentialSampler

# The shapes of all batches are those of the first items.
ITEMS_THAT_ARE_READ = 2
MAXIMUM_BATCHES = 64
BATCH_OF_UNKNOWN = 2
_LENGTH_OF_UNKNOWN = 100


class DataLoader:
    def __init__(
        self,
        dataset,
        batch_size=1,
        shuffle=None,
        sampler=None,
        batch_sampler=None,
        num_workers=0,
        collate_fn=None,
        pin_memory=False,
        drop_last=False,
        timeout=0,
        worker_init_fn=None,
        multiprocessing_context=None,
        generator=None,
        *,
        prefetch_factor=None,
        persistent_workers=False,
        pin_memory_device="",
        in_order=True,
    ):
        self.dataset = dataset
        self.batch_size = None if batch_size is None else int(batch_size)
        self.drop_last = drop_last
        self.collate_fn = collate_fn if collate_fn is not None else default_collate
        self.num_workers = num_workers
        self._is_indexed = (
            not isinstance(dataset, Unknown)
            and hasattr(dataset, "__getitem__")
            and ("__iter__" not in type(dataset).__dict__)
        )
        if sampler is None:
            sampler = RandomSampler(dataset) if shuffle else SequentialSampler(dataset)
        self.sampler = sampler
        self._given_batch_sampler = batch_sampler
        self.batch_sampler = batch_sampler or BatchSampler(sampler, self.batch_size or 1, drop_last)
        self._facts = recorder.event(
            "loader",
            batchSize=self.batch_size,
            shuffle=bool(shuffle),
            dropLast=bool(drop_last),
            dataset=type(dataset).__name__,
            length=self._length(),
            transforms=_written(dataset),
        )

    def _length(self):
        if isinstance(self.dataset, Unknown):
            return None
        try:
            return plain(len(self.dataset))
        except (TypeError, NotImplementedError, AttributeError):
            return None

    def __len__(self):
        if self._given_batch_sampler is not None:
            return len(self._given_batch_sampler)
        length = self._length()
        if not isinstance(length, int):
            recorder.note(
                "unknown-length",
                f"A loader of unknown length is taken to have {_LENGTH_OF_UNKNOWN} batches.",
            )
            return _LENGTH_OF_UNKNOWN
        size = self.batch_size or 1
        return length // size if self.drop_last else -(-length // size)

    def __iter__(self):
        first = None
        for number in range(min(MAXIMUM_BATCHES, len(self))):
            recorder.look_at_the_clock()
            batch = self._batch(number)
            if first is None:
                first = batch
            yield batch

    def _batch(self, number):
        if isinstance(self.dataset, Unknown):
            return Unknown(f"{self.dataset}[batch]")
        if not self._is_indexed:
            return self._iterated_batch()
        if self.batch_size is None and self._given_batch_sampler is None:
            return self.dataset[number]
        if self._given_batch_sampler is not None:
            indices = next(iter(self._given_batch_sampler))
        else:
            size = min(self.batch_size, self._length() or self.batch_size)
            indices = range(size)
        return self._collated(
            [self.dataset[int(index)] for index in list(indices)[:ITEMS_THAT_ARE_READ]],
            len(indices),
        )

    def _iterated_batch(self):
        items = []
        for item in self.dataset:
            if self.batch_size is None:
                return item
            items.append(item)
            if len(items) >= ITEMS_THAT_ARE_READ:
                break
        return self._collated(items, self.batch_size)

    def _collated(self, items, count):
        if self.collate_fn is default_collate:
            return repeated(items[0], count)
        return self.collate_fn((items * count)[:count])


def _written(dataset):
    transform = getattr(dataset, "transform", None)
    return None if transform is None else repr(transform)[:1000]


def get_worker_info():
    return None
