"""How large a synthetic platform may be."""

import pytest

from matcher.errors import UsageError
from training.simulation.size import Size


def test_there_is_an_organisation_for_every_forty_records_and_some_of_each_kind() -> None:
    assert Size(3000, 900, 100).organisations == 100
    assert Size(1, 1, 1).organisations == 6


def test_months_have_thirty_days() -> None:
    assert Size(1, 1, 1, months=4).days == 120


@pytest.mark.parametrize(
    ("name", "value"),
    [("outcomes", 0), ("needs", -1), ("managers", 10**6), ("topics", 2), ("months", 0)],
)
def test_what_is_out_of_range_is_named(name: str, value: int) -> None:
    given = {"outcomes": 1, "needs": 1, "managers": 1, name: value}
    with pytest.raises(UsageError, match=f"{value} {name}") as error:
        Size(**given)
    assert error.value.where == {"field": name}
