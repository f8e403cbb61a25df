import copy
import random
from collections import deque, namedtuple

import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

# gradient-health: model DuelingDQN(4, 2), input [4]

Transition = namedtuple("Transition", ("state", "action", "next_state", "reward"))


class ReplayMemory(object):
    def __init__(self, capacity):
        self.memory = deque([], maxlen=capacity)

    def push(self, *args):
        self.memory.append(Transition(*args))

    def sample(self, batch_size):
        return random.sample(self.memory, batch_size)

    def __len__(self):
        return len(self.memory)


class DuelingDQN(nn.Module):
    def __init__(self, n_observations, n_actions):
        super().__init__()
        self.features = nn.Sequential(
            nn.Linear(n_observations, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU()
        )
        self.value = nn.Linear(128, 1)
        self.advantage = nn.Linear(128, n_actions)

    def forward(self, x):
        x = self.features(x)
        a = self.advantage(x)
        return self.value(x) + a - a.mean(dim=1, keepdim=True)


if __name__ == "__main__":
    policy_net = DuelingDQN(4, 2)
    target_net = copy.deepcopy(policy_net)
    target_net.load_state_dict(policy_net.state_dict())
    optimizer = optim.AdamW(policy_net.parameters(), lr=1e-4, amsgrad=True)
    memory = ReplayMemory(1000)
    for step in range(40):
        memory.push(
            torch.randn(1, 4),
            torch.tensor([[random.randrange(2)]]),
            torch.randn(1, 4),
            torch.tensor([1.0]),
        )
        if len(memory) < 8:
            continue
        batch = Transition(*zip(*memory.sample(8)))
        state_batch, action_batch = torch.cat(batch.state), torch.cat(batch.action)
        state_action_values = policy_net(state_batch).gather(1, action_batch)
        next_state_values = torch.zeros(8)
        with torch.no_grad():
            next_state_values[:] = target_net(torch.cat(batch.next_state)).max(1).values
        expected = next_state_values * 0.99 + torch.cat(batch.reward)
        loss = F.smooth_l1_loss(state_action_values, expected.unsqueeze(1))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_value_(policy_net.parameters(), 100)
        optimizer.step()
