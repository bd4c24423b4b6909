"""What a world has to show."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.domain.enums import Noun
from training.simulation import capacity as module
from training.simulation.capacity import capacity, left
from training.simulation.size import Size
from training.simulation.world import World

SIZES = [(Size(3, 2, 1), 0), (Size(40, 20, 5), 0), (Size(60, 12, 8, months=1), 3)]


def pairs_by_day(world: World) -> set[tuple[int, int]]:
    """Needs and outcomes that are there on one day, day by day."""
    found = set()
    for day in range(world.start.toordinal(), world.end.toordinal()):
        needs, outcomes = (
            np.flatnonzero(world.alive(noun, day)).tolist() for noun in (Noun.NEED, Noun.OUTCOME)
        )
        found |= {(need, outcome) for need in needs for outcome in outcomes}
    return found


@pytest.mark.parametrize(("size", "seed"), SIZES)
def test_it_is_what_is_counted_day_by_day(size: Size, seed: int) -> None:
    world = World.make(size, seed)
    assert capacity(world) == len(pairs_by_day(world)) * size.managers


@pytest.mark.parametrize("block", [7, 1 << 20])
def test_what_is_left_is_all_that_was_not_shown(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BLOCK", block)
    world = World.make(Size(40, 20, 5), 0)
    every = {(m, *pair) for m in range(5) for pair in pairs_by_day(world)}
    shown = np.array(sorted(every)[::3])
    rest = left(world, np.random.default_rng(0), *shown.T, len(every))
    found = [*zip(rest.managers.tolist(), rest.needs.tolist(), rest.outcomes.tolist(), strict=True)]
    assert len(found) == len(set(found))
    assert set(found) == every - {*map(tuple, shown.tolist())}
    assert world.alive_rows(Noun.NEED, rest.needs, rest.days).all()
    assert world.alive_rows(Noun.OUTCOME, rest.outcomes, rest.days).all()


@pytest.mark.parametrize("count", [0, 1, 50])
def test_no_more_are_drawn_than_are_wanted(count: int) -> None:
    world, nothing = World.make(Size(40, 20, 5), 0), np.zeros(0, np.int64)
    rest = left(world, np.random.default_rng(0), nothing, nothing, nothing, count)
    assert {len(column) for column in rest} == {count}


def test_what_is_drawn_is_drawn_from_everywhere() -> None:
    world, nothing = World.make(Size(60, 30, 8), 0), np.zeros(0, np.int64)
    rest = left(world, np.random.default_rng(1), nothing, nothing, nothing, 2000)
    assert np.bincount(rest.managers, minlength=8).min() > 150
    assert np.unique(rest.outcomes).size == 60
