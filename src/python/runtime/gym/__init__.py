"""The stand-in for `gym` and `gymnasium`: spaces of the environments that courses use."""

import numpy as np
from gradient_health.unknown import Unknown

_KNOWN = {"CartPole": (4, 2), "MountainCar": (2, 3), "Acrobot": (6, 3), "LunarLander": (8, 4)}
_KNOWN_CONTINUOUS = {
    "Pendulum": (3, 1),
    "MountainCarContinuous": (2, 1),
    "LunarLanderContinuous": (8, 2),
    "BipedalWalker": (24, 4),
    "HalfCheetah": (17, 6),
    "Hopper": (11, 3),
    "Walker2d": (17, 6),
    "Ant": (27, 8),
    "Humanoid": (376, 17),
    "InvertedPendulum": (4, 1),
    "Swimmer": (8, 2),
    "Reacher": (11, 2),
}


class Space:
    dtype = np.float32

    def seed(self, seed=None):
        pass


class Discrete(Space):
    shape = ()
    dtype = np.int64

    def __init__(self, n):
        self.n = n

    def sample(self):
        return 0


class Box(Space):
    def __init__(self, low=-1.0, high=1.0, shape=None, dtype=None):
        self.shape = tuple(shape) if shape is not None else ()
        self.low = np.full(self.shape, float(low) if isinstance(low, (int, float)) else -1.0)
        self.high = np.full(self.shape, float(high) if isinstance(high, (int, float)) else 1.0)

    def sample(self):
        return np.random.uniform(-1.0, 1.0, self.shape)


class spaces:
    Box, Discrete, Space = Box, Discrete, Space


class Env:
    """Episodes of a few steps, in which nothing is computed."""

    steps_of_an_episode = 16

    def __init__(self, observation_space=None, action_space=None):
        self.observation_space = observation_space
        self.action_space = action_space
        self._step = 0
        self.unwrapped = self

    def _observation(self):
        return np.random.randn(*self.observation_space.shape)

    def reset(self, seed=None, options=None):
        self._step = 0
        return self._observed(self._observation())

    def _observed(self, observation):
        return observation

    def step(self, action):
        self._step += 1
        return self._observation(), 1.0, self._step >= self.steps_of_an_episode, {}

    def seed(self, seed=None):
        pass

    def render(self, *positional, **named):
        pass

    close = render


class Wrapper(Env):
    def __init__(self, env):
        self.env = env

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.env, name)


ObservationWrapper = ActionWrapper = RewardWrapper = Wrapper


def make(id, *positional, environment=Env, **named):
    name = str(id).rsplit("/", 1)[-1].partition("-")[0]
    if name in _KNOWN:
        observations, actions = _KNOWN[name]
        return environment(Box(shape=(observations,)), Discrete(actions))
    if name in _KNOWN_CONTINUOUS:
        observations, actions = _KNOWN_CONTINUOUS[name]
        return environment(Box(shape=(observations,)), Box(shape=(actions,)))
    return Unknown(f"gym.make({id!r})")
