import torch
import torch.nn as nn
from torchvision import models

# gradient-health: model FineTune(5), input [3, 64, 64], loss cross-entropy


class FineTune(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.backbone = models.resnet18()
        for param in self.backbone.parameters():
            param.requires_grad = False
        for param in self.backbone.layer4.parameters():
            param.requires_grad_(True)
        num_ftrs = self.backbone.fc.in_features
        self.backbone.fc = nn.Linear(num_ftrs, classes)

    def forward(self, x):
        return self.backbone(x)


if __name__ == "__main__":
    model = FineTune(5)
    head = list(map(id, model.backbone.fc.parameters()))
    base = [p for p in model.parameters() if id(p) not in head and p.requires_grad]
    optimizer = torch.optim.SGD(
        [{"params": base}, {"params": model.backbone.fc.parameters(), "lr": 1e-2, "momentum": 0.5}],
        lr=1e-3,
        momentum=0.9,
    )
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=[0.01, 0.1], total_steps=50)
    for i in range(3):
        loss = nn.CrossEntropyLoss()(model(torch.randn(2, 3, 64, 64)), torch.tensor([0, 4]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()
