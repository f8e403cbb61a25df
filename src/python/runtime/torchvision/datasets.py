"""Data sets by name, with the number, shape and classes of their items."""

import torch
from gradient_health.recording import recorder
from gradient_health.tensor import Tensor


class VisionDataset(torch.utils.data.Dataset):
    shape = (3, 224, 224)
    count = 1000
    classes_count = 1000

    def __init__(self, root=None, *positional, transform=None, target_transform=None, **named):
        self.root = root
        self.train = named.get(
            "train", positional[0] if positional and isinstance(positional[0], bool) else True
        )
        self.transform = transform or next(
            (item for item in positional if callable(item) and not isinstance(item, type)), None
        )
        self.target_transform = target_transform
        self.classes = [str(number) for number in range(self.classes_count)]
        self.class_to_idx = {name: number for number, name in enumerate(self.classes)}
        recorder.event(
            "dataset", name=type(self).__name__, shape=list(self.shape), classes=self.classes_count
        )

    def __len__(self):
        return self.count if self.train else max(1, self.count // 6)

    @property
    def data(self):
        return Tensor((len(self), *self._stored_shape()), torch.uint8, role="data")

    @property
    def targets(self):
        return Tensor((len(self),), torch.int64, role="data")

    train_data = test_data = data
    train_labels = test_labels = labels = targets

    def _stored_shape(self):
        channels, *sides = self.shape
        return sides if channels == 1 else (*sides, channels)

    def __getitem__(self, index):
        image = Picture(self.shape)
        value = self.transform(image) if self.transform is not None else image
        target = 0
        if self.target_transform is not None:
            target = self.target_transform(target)
        return value, target


class Picture:
    """A picture of a size, before it is made a tensor."""

    def __init__(self, shape):
        self.shape = tuple(shape)
        self.mode = "L" if shape[0] == 1 else "RGB"

    @property
    def size(self):
        return (self.shape[-1], self.shape[-2])

    def resized(self, height, width):
        return Picture((self.shape[0], height, width))

    def convert(self, mode):
        return Picture((1 if mode == "L" else 3, *self.shape[1:]))


def _dataset(name, shape, count, classes):
    made = type(name, (VisionDataset,), {"shape": shape, "count": count, "classes_count": classes})
    made.__module__ = __name__
    return made


MNIST = _dataset("MNIST", (1, 28, 28), 60000, 10)
FashionMNIST = _dataset("FashionMNIST", (1, 28, 28), 60000, 10)
KMNIST = _dataset("KMNIST", (1, 28, 28), 60000, 10)
EMNIST = _dataset("EMNIST", (1, 28, 28), 112800, 47)
USPS = _dataset("USPS", (1, 16, 16), 7291, 10)
CIFAR10 = _dataset("CIFAR10", (3, 32, 32), 50000, 10)
CIFAR100 = _dataset("CIFAR100", (3, 32, 32), 50000, 100)
SVHN = _dataset("SVHN", (3, 32, 32), 73257, 10)
STL10 = _dataset("STL10", (3, 96, 96), 5000, 10)
CelebA = _dataset("CelebA", (3, 218, 178), 162770, 40)
ImageNet = _dataset("ImageNet", (3, 224, 224), 1281167, 1000)
Flowers102 = _dataset("Flowers102", (3, 224, 224), 1020, 102)
Food101 = _dataset("Food101", (3, 224, 224), 75750, 101)
OxfordIIITPet = _dataset("OxfordIIITPet", (3, 224, 224), 3680, 37)


class ImageFolder(VisionDataset):
    """Pictures of a folder that is not there: their number and classes are assumed."""

    def __init__(self, *positional, **named):
        super().__init__(*positional, **named)
        recorder.note(
            "unknown-file", "A folder of pictures is taken to have 1000 pictures of 1000 classes."
        )


DatasetFolder = ImageFolder


class FakeData(VisionDataset):
    def __init__(
        self, size=1000, image_size=(3, 224, 224), num_classes=10, transform=None, **named
    ):
        super().__init__(transform=transform)
        self.shape, self.count = image_size, size
