"""What somebody has said of an outcome already."""

from __future__ import annotations

from matcher.actions.interests import express, withdraw
from matcher.actions.own_interest import own_interest
from matcher.domain.visibility import SYSTEM
from tests.actions.interest_cases import People, people

__all__ = ["people"]


def test_it_is_found_by_its_outcome_and_for_nobody_else(people: People) -> None:
    assert own_interest(people.platform, people.firm, "o1") is None
    seen = express(people.platform, people.firm, "o1", need="w9")
    found = own_interest(people.platform, people.firm, "o1")
    assert found is not None
    assert found.kept == seen.kept
    assert (found.outcome_title, found.need_title) == ("石墨烯耐磨涂层", "导轨涂层")
    for viewer in (people.first, people.admin, SYSTEM):
        assert own_interest(people.platform, viewer, "o1") is None
    assert own_interest(people.platform, people.firm, "o2") is None


def test_one_that_was_taken_back_is_over(people: People) -> None:
    id_ = express(people.platform, people.firm, "o1").kept.interest.id
    withdraw(people.platform, people.firm, id_)
    assert own_interest(people.platform, people.firm, "o1") is None
