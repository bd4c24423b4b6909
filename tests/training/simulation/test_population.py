"""Arrays of who and what is there."""

import numpy as np

from training.simulation.population import unit
from training.simulation.world import World


def test_vectors_are_scaled_to_length_one() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, -2.0]])).tolist() == [
        [np.float32(0.6), np.float32(0.8)],
        [0.0, -1.0],
    ]


def test_a_party_is_as_long_as_its_arrays(world: World) -> None:
    assert len(world.outcomes) == len(world.outcomes.price) == 600
    assert len(world.managers) == len(world.managers.capacity) == 20
    assert len(world.organisations) == len(world.organisations.regions)
