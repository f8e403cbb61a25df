import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.distributions import Categorical, Normal

# gradient-health: model ActorCritic(8, 3), input [8]


def layer_init(layer, std=np.sqrt(2), bias_const=0.0):
    torch.nn.init.orthogonal_(layer.weight, std)
    torch.nn.init.constant_(layer.bias, bias_const)
    return layer


class ActorCritic(nn.Module):
    def __init__(self, obs_dim, act_dim):
        super().__init__()
        self.affine = layer_init(nn.Linear(obs_dim, 64))
        self.actor_mean = layer_init(nn.Linear(64, act_dim), std=0.01)
        self.actor_logstd = nn.Parameter(torch.zeros(1, act_dim))
        self.critic = layer_init(nn.Linear(64, 1), std=1.0)

    def forward(self, x):
        x = torch.tanh(self.affine(x))
        return self.actor_mean(x), self.actor_logstd.expand(x.size(0), -1), self.critic(x)

    def evaluate(self, x, action):
        mean, logstd, value = self(x)
        probs = Normal(mean, torch.exp(logstd))
        return probs.log_prob(action).sum(1), probs.entropy().sum(1), value.view(-1)


if __name__ == "__main__":
    agent = ActorCritic(8, 3)
    optimizer = optim.Adam(agent.parameters(), lr=3e-4, eps=1e-5)
    for update in range(4):
        obs, advantages, returns = torch.randn(32, 8), torch.randn(32), torch.randn(32)
        with torch.no_grad():
            mean, logstd, _ = agent(obs)
            actions = Normal(mean, logstd.exp()).sample()
            old_log_prob, _, _ = agent.evaluate(obs, actions)
        log_prob, entropy, value = agent.evaluate(obs, actions)
        ratio = (log_prob - old_log_prob).exp()
        advantages = (advantages - advantages.mean()) / (advantages.std() + 1e-8)
        policy_loss = torch.max(
            -advantages * ratio, -advantages * torch.clamp(ratio, 0.8, 1.2)
        ).mean()
        loss = policy_loss - 0.01 * entropy.mean() + 0.5 * F.mse_loss(value, returns)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(agent.parameters(), 0.5)
        optimizer.step()
    Categorical(logits=torch.zeros(2, 3)).sample()
