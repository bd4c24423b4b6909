"""A small world and its history, made once."""

import pytest

from training.simulation.history import make_history
from training.simulation.reactions import Reactions
from training.simulation.size import Size
from training.simulation.world import World


@pytest.fixture(scope="session")
def world() -> World:
    """600 outcomes, 200 needs, 20 managers, 10 topics, three months."""
    return World.make(Size(600, 200, 20, topics=10, months=3), seed=5)


@pytest.fixture(scope="session")
def history(world: World) -> Reactions:
    """3,000 pairs shown in that world."""
    return make_history(world, 3000)
