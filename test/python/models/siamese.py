import torch
import torch.nn as nn
import torch.nn.functional as F

# gradient-health: model SiameseNetwork(), input [1, 40, 40], [1, 40, 40]


class SiameseNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.cnn = nn.Sequential(
            nn.ReflectionPad2d(1),
            nn.Conv2d(1, 4, kernel_size=3),
            nn.ReLU(inplace=True),
            nn.BatchNorm2d(4),
            nn.Dropout2d(p=0.2),
            nn.ReplicationPad2d(1),
            nn.Conv2d(4, 8, kernel_size=3),
            nn.ReLU(inplace=True),
            nn.AdaptiveMaxPool2d((5, 5)),
        )
        self.fc = nn.Sequential(nn.Linear(8 * 5 * 5, 50), nn.ReLU(inplace=True), nn.Linear(50, 5))

    def forward_once(self, x):
        output = self.cnn(x)
        output = output.view(output.size()[0], -1)
        return F.normalize(self.fc(output), p=2, dim=1)

    def forward(self, input1, input2):
        return self.forward_once(input1), self.forward_once(input2)


class ContrastiveLoss(torch.nn.Module):
    def __init__(self, margin=2.0):
        super().__init__()
        self.margin = margin

    def forward(self, output1, output2, label):
        distance = F.pairwise_distance(output1, output2)
        return torch.mean(
            (1 - label) * torch.pow(distance, 2)
            + label * torch.pow(torch.clamp(self.margin - distance, min=0.0), 2)
        )


if __name__ == "__main__":
    net = SiameseNetwork()
    criterion = ContrastiveLoss()
    optimizer = torch.optim.Adagrad(net.parameters(), lr=0.01, lr_decay=1e-4)
    for i in range(3):
        a, b = torch.randn(6, 1, 40, 40), torch.randn(6, 1, 40, 40)
        optimizer.zero_grad()
        loss = criterion(*net(a, b), torch.randint(0, 2, (6,)).float())
        loss.backward()
        optimizer.step()
