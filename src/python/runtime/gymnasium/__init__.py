"""The stand-in for `gymnasium`: `gym` with two more values per step."""

from gym import (
    ActionWrapper,
    Box,
    Discrete,
    ObservationWrapper,
    RewardWrapper,
    Space,
    Wrapper,
    spaces,
)
from gym import Env as _Env
from gym import make as _make


class Env(_Env):
    def _observed(self, observation):
        return observation, {}

    def step(self, action):
        observation, reward, is_over, facts = super().step(action)
        return observation, reward, is_over, False, facts


def make(id, *positional, **named):
    return _make(id, environment=Env)
