"""Exposure of lists over everything alive."""

import math

import numpy as np
import pytest

from matcher.domain.enums import Noun
from tests.training.made_platform import OUTCOMES, made_split
from training.platform_fairness import PLACES, Exposure, exposure, fairness, merged


def ranked(*names: str) -> list[tuple[str, float]]:
    return [(name, 1.0) for name in names]


def test_exposure_is_of_the_places_that_somebody_sees() -> None:
    run = {"n00": ranked(*OUTCOMES[:15]), "n01": ranked("o01")}
    found = exposure(run, Noun.OUTCOME, made_split())
    assert found.ids == OUTCOMES[:31]
    assert found.lists == 2
    assert found.shown[:2] == pytest.approx([1, 1 / math.log2(3) + 1])
    assert np.count_nonzero(found.shown) == PLACES


def test_the_lists_of_all_directions_add_up_by_noun() -> None:
    split = made_split()
    found = merged(
        [
            exposure({"n00": ranked("o00")}, Noun.OUTCOME, split),
            exposure({"m00": ranked("o02", "o00")}, Noun.OUTCOME, split),
        ]
    )
    assert list(found) == [Noun.OUTCOME]
    assert found[Noun.OUTCOME].lists == 2
    assert found[Noun.OUTCOME].shown[:3] == pytest.approx([1 + 1 / math.log2(3), 0, 1])


def test_figures_of_fairness_worked_out_by_hand() -> None:
    found = fairness(
        Exposure(
            Noun.MANAGER,
            ("m0", "m1", "m2", "m3"),
            np.array([1.0, 0, 3, 0]),
            frozenset(["m2", "m3"]),
            4,
        )
    )
    assert {name: figure.value for name, figure in found.items()} == pytest.approx(
        {
            # Shares from the least shown up: 0, 0, 1/4, 3/4.
            "exposure_gini.manager": 1 - (0 + 0 + 1 / 4 + 5 / 4) / 4,
            "coverage.manager": 0.5,
            "fresh_shown.manager": 0.5,
            "fresh_exposure.manager": 0.75,
        }
    )


def test_without_fresh_records_nothing_is_said_of_them() -> None:
    found = fairness(Exposure(Noun.OUTCOME, ("o0",), np.ones(1), frozenset(), 1))
    assert set(found) == {"exposure_gini.outcome", "coverage.outcome"}


def test_where_nobody_was_shown_nothing_is_said() -> None:
    empty = exposure({"n00": []}, Noun.OUTCOME, made_split())
    assert fairness(empty) == {}
    assert fairness(exposure({}, Noun.OUTCOME, made_split())) == {}
