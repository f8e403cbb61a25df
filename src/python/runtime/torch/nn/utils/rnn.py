"""The stand-in for `torch.nn.utils.rnn`."""

import torch
from gradient_health.recording import recorder
from gradient_health.tensor import Tensor


class PackedSequence:
    """Sequences of several lengths; all steps are kept, the lengths are only remembered."""

    def __init__(self, data, lengths=None, batch_first=False, batch_size=None):
        self.data = data
        self.lengths = lengths
        self.batch_first = batch_first
        self.batch_size = batch_size
        self.sorted_indices = self.unsorted_indices = None

    def with_data(self, data):
        return PackedSequence(data, self.lengths, self.batch_first, self.batch_size)

    @property
    def batch_sizes(self):
        return torch.full((self.data.shape[0],), self.batch_size, dtype=torch.int64)

    def to(self, *positional, **named):
        return self

    cuda = cpu = to


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    """Keeps the padded sequence, time first, of which the steps after each end do not count."""
    recorder.note("packed-sequence", "The steps after the end of a sequence are computed too.")
    data = input.transpose(0, 1) if batch_first else input
    packed = PackedSequence(data, lengths, batch_first, data.shape[1])
    return packed


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    data = sequence.data
    lengths = sequence.lengths
    if not isinstance(lengths, Tensor):
        known = isinstance(lengths, (list, tuple))
        lengths = (
            torch.tensor(list(lengths)) if known else torch.full((data.shape[1],), data.shape[0])
        )
    return (data.transpose(0, 1) if batch_first else data), lengths


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right"):
    longest = max(sequence.shape[0] for sequence in sequences)
    rows = []
    for sequence in sequences:
        missing = longest - sequence.shape[0]
        if missing:
            filler = torch.full((missing, *sequence.shape[1:]), padding_value, dtype=sequence.dtype)
            sequence = torch.cat([sequence, filler])
        rows.append(sequence)
    return torch.stack(rows, 0 if batch_first else 1)


def pack_sequence(sequences, enforce_sorted=True):
    lengths = [sequence.shape[0] for sequence in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    rows = padded_sequences if batch_first else padded_sequences.transpose(0, 1)
    return [row[: int(length)] for row, length in zip(rows, lengths)]
