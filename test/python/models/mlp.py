"""A classifier of digits with a training loop."""

import torch
import torch.nn as nn
import torch.optim as optim
from torch.utils.data import DataLoader, TensorDataset

# gradient-health: model MLP(), input [1, 28, 28], loss cross-entropy


class MLP(nn.Module):
    def __init__(self, sizes=(784, 256, 128, 10), p=0.2):
        super(MLP, self).__init__()
        layers = []
        for n_in, n_out in zip(sizes[:-2], sizes[1:-1]):
            layers += [
                nn.Linear(n_in, n_out),
                nn.BatchNorm1d(n_out),
                nn.LeakyReLU(0.1),
                nn.Dropout(p),
            ]
        layers.append(nn.Linear(sizes[-2], sizes[-1]))
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x.view(x.size(0), -1))


if __name__ == "__main__":
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = MLP().to(device)
    data = TensorDataset(torch.randn(256, 1, 28, 28), torch.randint(0, 10, (256,)))
    loader = DataLoader(data, batch_size=64, shuffle=True, drop_last=True)
    optimizer = optim.SGD(
        model.parameters(), lr=0.05, momentum=0.9, weight_decay=5e-4, nesterov=True
    )
    scheduler = optim.lr_scheduler.MultiStepLR(optimizer, milestones=[30, 60], gamma=0.2)
    criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
    for epoch in range(90):
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
        scheduler.step()
