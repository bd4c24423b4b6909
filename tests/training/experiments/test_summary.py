"""The section of figures."""

from __future__ import annotations

import numpy as np

from matcher.recommend.collections import Collections
from training.experiments.bias import Bias
from training.experiments.monthly import Step, Story
from training.experiments.routing import Routing
from training.experiments.summary import Found, as_markdown, over_seeds
from training.simulation.size import Size

EMPTY = Collections({}, None)  # type: ignore[arg-type]
LOW, HIGH = np.array([0.4, 0.5, 0.6, 0.5]), np.array([0.5, 0.6, 0.74, 0.6])


def a_story(seed: int) -> Story:
    better = HIGH + 0.01 * seed
    steps = (
        Step(1, 100, 10, 0.1, LOW, LOW, LOW, (LOW, LOW)),
        Step(2, 200, 22, 0.12, better, LOW, better, (better, LOW)),
    )
    return Story(seed, LOW, steps, EMPTY)


def found(seeds: int) -> Found:
    numbers = range(1, seeds + 1)
    return Found(
        Size(60, 30, 8),
        tuple(map(a_story, numbers)),
        tuple(Bias(seed, 0.9, HIGH + 0.01 * seed, LOW, LOW) for seed in numbers),
        tuple(Routing(seed, 0.6, 0.3, HIGH, 0.99 * HIGH, 0.998, 0) for seed in numbers),
    )


def test_the_section_says_that_it_is_synthetic_and_tells_every_month() -> None:
    text = as_markdown(found(2), "2026-01-02")
    assert text.startswith("SYNTHETIC, measured on 2026-01-02: 2 made-up platforms of 60 outcomes")
    assert "| 1 | 10 | 0.100 | 0.500 | 0.500 |" in text
    # The mean of HIGH is 0.61; of two seeds with 0.01 and 0.02 more it is 0.625.
    assert "| 2 | 22 | 0.120 | 0.625 | 0.500 | +0.125 [" in text
    assert "From month 1 to month 2" in text
    assert "eta is estimated at 0.90" in text
    assert "Gini 0.600 to 0.300, a fall of 50% (least 50%)" in text
    assert "loses 1.0% (most 1.0%)" in text
    assert "99.80% or more" in text


def test_an_interval_over_seeds_is_that_of_student() -> None:
    # Mean 2, standard error 1 / √3, t of 2 degrees of freedom at 97.5 %: 4.303.
    assert over_seeds([1.0, 2.0, 3.0]) == "+2.000 [-0.484, +4.484] over seeds"


def test_one_seed_has_no_interval() -> None:
    assert "one seed, no interval" in as_markdown(found(1), "2026-01-02")
