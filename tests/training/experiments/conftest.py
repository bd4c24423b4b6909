"""A platform small enough for tests, and its months, made once a process."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.recommend.recipe import Recipe, read_recipe
from matcher.resources import data_path
from training.experiments.monthly import Story, story
from training.experiments.stage import Stage
from training.simulation.size import Size

MONTHS = 2


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    """The shipped one with factors of a size that a test has time for."""
    usual = read_recipe(data_path("recipes", "default.toml"))
    return replace(usual, factors=replace(usual.factors, dimension=8, iterations=3))


@pytest.fixture(scope="session")
def stage(recipe: Recipe) -> Stage:
    return Stage.make(Size(60, 30, 8, topics=6, months=MONTHS + 1), 1, recipe)


@pytest.fixture(scope="session")
def told(stage: Stage) -> Story:
    """Two months of the small platform."""
    return story(stage, MONTHS, lambda _: None)
