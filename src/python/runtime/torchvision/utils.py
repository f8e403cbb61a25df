"""The stand-in for `torchvision.utils`: pictures that nobody sees."""

import torch


def make_grid(tensor, *positional, **named):
    return torch.zeros(3, 8, 8)


def save_image(*positional, **named):
    pass


draw_bounding_boxes = make_grid
