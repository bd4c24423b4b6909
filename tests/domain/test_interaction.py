"""Interactions: at least two parties, a weight that can be summed."""

from datetime import UTC, datetime

import pytest

from matcher.domain.interaction import LARGEST_WEIGHT, Interaction
from matcher.errors import InvalidValue


def test_an_interaction_is_read():
    interaction = Interaction.from_mapping(
        {
            "id": "I1",
            "need": "N401",
            "manager": "M401",
            "weight": "2.5",
            "at": "2026-11-01T20:00:00+08:00",
            "source": "江洲技术市场",
        }
    )
    assert interaction.weight == 2.5
    assert interaction.at == datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert interaction.parties == ("N401", "M401")


def test_without_a_weight_it_counts_once():
    assert Interaction(id="I1", need="N1", outcome="O1").weight == 1.0


@pytest.mark.parametrize("weight", [0.0, LARGEST_WEIGHT])
def test_the_limits_of_the_weight_are_taken(weight):
    assert Interaction(id="I1", need="N1", outcome="O1", weight=weight).weight == weight


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"id": ""}, "id"),
        ({"weight": -0.1}, "weight"),
        ({"weight": LARGEST_WEIGHT * 1.01}, "weight"),
        ({"weight": float("nan")}, "weight"),
        ({"weight": float("inf")}, "weight"),
        ({"at": datetime(2026, 11, 1)}, "at"),
        ({"outcome": ""}, "outcome"),
        ({"need": " "}, "need"),
        ({"need": "", "outcome": "", "manager": "M1"}, "need"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(wrong, field):
    with pytest.raises(InvalidValue) as refused:
        Interaction(**{"id": "I1", "need": "N1", "outcome": "O1"} | wrong)
    assert refused.value.where == {"field": field}
    assert refused.value.hint
