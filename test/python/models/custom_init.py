import math

import numpy as np
import torch
from torch import nn
from torch.nn import init
from torch.nn.parameter import Parameter

# gradient-health: model Network(), input [40, 6], loss mse


class NoisyLinear(nn.Module):
    def __init__(self, in_features, out_features, std_init=0.5):
        super().__init__()
        self.in_features, self.out_features, self.std_init = in_features, out_features, std_init
        self.weight_mu = Parameter(torch.Tensor(out_features, in_features))
        self.weight_sigma = Parameter(torch.Tensor(out_features, in_features))
        self.register_buffer("weight_epsilon", torch.Tensor(out_features, in_features))
        self.bias = Parameter(torch.FloatTensor(out_features))
        self.register_parameter("unused", None)
        self.reset_parameters()

    def reset_parameters(self):
        mu_range = 1.0 / math.sqrt(self.weight_mu.size(1))
        self.weight_mu.data.uniform_(-mu_range, mu_range)
        self.weight_sigma.data.fill_(self.std_init / math.sqrt(self.weight_sigma.size(1)))
        with torch.no_grad():
            self.bias.zero_()
        self.weight_epsilon.normal_()

    def forward(self, x):
        if self.training:
            return nn.functional.linear(
                x, self.weight_mu + self.weight_sigma * self.weight_epsilon, self.bias
            )
        return nn.functional.linear(x, self.weight_mu, self.bias)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv1d(6, 12, 5, stride=2, dilation=2, padding="valid"), nn.GLU(dim=1)
        )
        self.norm = nn.LayerNorm([6, 16])
        self.lstm = nn.LSTM(6, 10, num_layers=1, batch_first=True)
        for name, param in self.lstm.named_parameters():
            if "bias" in name:
                n = param.size(0)
                param.data[n // 4 : n // 2].fill_(1.0)
            elif "weight_hh" in name:
                init.orthogonal_(param)
        self.scale = nn.Parameter(torch.ones(10) * 0.5)
        mask = np.triu(np.ones((16, 16)), k=1).astype("uint8")
        self.register_buffer("mask", torch.from_numpy(mask) == 0, persistent=False)
        self.bilinear = nn.Bilinear(10, 10, 4)
        self.out = NoisyLinear(4, 2)
        self.cell = nn.LSTMCell(4, 4)

    def forward(self, x):
        h = self.norm(self.conv(x.transpose(1, 2)))
        h, (hn, cn) = self.lstm(h.permute(0, 2, 1))
        h = h * self.scale
        scores = torch.einsum("bik,bjk->bij", h, h).masked_fill(~self.mask, -1e9)
        h = scores.softmax(-1) @ h
        h = self.bilinear(h, h)
        state = (h.new_zeros(h.size(0), 4), torch.zeros(h.size(0), 4))
        for t in range(3):
            state = self.cell(h[:, t], state)
        last = torch.zeros_like(h)
        last[:, 0] = state[0]
        h = h + last
        return self.out(h).sum(dim=1)


if __name__ == "__main__":
    net = Network()
    optimizer = torch.optim.RMSprop(net.parameters(), lr=1e-3, centered=True)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=20, eta_min=1e-5)
    for step in range(3):
        loss = nn.functional.mse_loss(net(torch.randn(5, 40, 6)), torch.randn(5, 2))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()
