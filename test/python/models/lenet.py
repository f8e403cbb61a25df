import torch
import torch.nn as nn
import torch.nn.functional as F

# gradient-health: model LeNet(), input [1, 28, 28], loss nll


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), (2, 2))
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(-1, self.num_flat_features(x))
        x = F.relu(self.fc1(x))
        x = F.dropout(x, training=self.training)
        x = F.relu(self.fc2(x))
        return F.log_softmax(self.fc3(x), dim=1)

    def num_flat_features(self, x):
        num_features = 1
        for s in x.size()[1:]:
            num_features *= s
        return num_features


def main():
    net = LeNet()
    optimizer = torch.optim.Adadelta(net.parameters(), lr=1.0)
    for i in range(10):
        optimizer.zero_grad()
        F.nll_loss(net(torch.randn(8, 1, 28, 28)), torch.randint(10, (8,))).backward()
        optimizer.step()


if __name__ == "__main__":
    main()
