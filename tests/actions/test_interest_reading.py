"""Who sees which interest, how much of it, and in which order."""

from __future__ import annotations

import pytest

from matcher.actions.interest_answers import decline_interest
from matcher.actions.interest_reading import MOST, get_interest, list_interests
from matcher.actions.interests import express
from matcher.domain.enums import DeclineReason, Noun, Visibility
from matcher.domain.interest import InterestState
from matcher.domain.visibility import ANONYMOUS, SYSTEM
from matcher.errors import NotFound, UsageError
from tests.actions.interest_cases import People, firm, people
from tests.platforms import outcome, put

__all__ = ["people"]


def test_whose_it_is_who_has_it_and_admins_see_it_and_nobody_else(people: People) -> None:
    seen = express(people.platform, people.firm, "o1", need="w9")
    id_ = seen.kept.interest.id
    for viewer in (people.firm, people.first, people.admin, SYSTEM):
        assert get_interest(people.platform, viewer, id_).kept == seen.kept
        assert [one.kept for one in list_interests(people.platform, viewer).rows] == [seen.kept]
    another = firm(people.platform, "another")
    for viewer in (people.second, people.elsewhere, another, ANONYMOUS):
        with pytest.raises(NotFound) as hidden:
            get_interest(people.platform, viewer, id_)
        with pytest.raises(NotFound) as never_there:
            get_interest(people.platform, viewer, "X-0")
        assert str(hidden.value).replace(id_, "X-0") == str(never_there.value)
        assert list_interests(people.platform, viewer).rows == ()


def test_what_a_manager_carries_and_who_declined_is_not_for_the_enterprise(
    people: People,
) -> None:
    id_ = express(people.platform, people.firm, "o1").kept.interest.id
    decline_interest(people.platform, people.first, id_, DeclineReason.REGION)
    for viewer, tells_room, in_charge in (
        (people.firm, False, False),
        (people.second, True, False),
        (people.admin, True, True),
    ):
        seen = get_interest(people.platform, viewer, id_)
        codes = {reason["code"] for reason in seen.reasons}
        assert "suitability" in codes
        assert ("room" in codes, seen.in_charge) == (tells_room, in_charge)


def test_titles_of_hidden_records_are_not_told(people: People) -> None:
    id_ = express(people.platform, people.firm, "o1", need="w9").kept.interest.id
    put(
        people.platform,
        Noun.OUTCOME,
        outcome("o1", "secret", visibility=Visibility.NAMED, owner="firm"),
    )
    assert get_interest(people.platform, people.firm, id_).outcome_title == "secret"
    seen = get_interest(people.platform, people.first, id_)
    assert (seen.outcome_title, seen.need_title) == ("", "导轨涂层")


def test_pages_go_from_the_newest_to_the_oldest(people: People) -> None:
    ids = {
        express(people.platform, people.firm, wanted).kept.interest.id
        for wanted in ("o1", "o3", "o5")
    }
    found, cursor = [], ""
    for left in (2, 1, 0):
        page = list_interests(people.platform, people.firm, limit=1, cursor=cursor)
        found += [one.kept.interest.id for one in page.rows]
        cursor = page.next
        assert bool(cursor) == bool(left)
    assert found == sorted(ids, reverse=True)


def test_a_list_of_some_states_has_no_others(people: People) -> None:
    here = express(people.platform, people.firm, "o1").kept
    for states, rows in (
        ([InterestState.ROUTED], [here]),
        ([InterestState.UNROUTED, InterestState.ACCEPTED], []),
    ):
        found = list_interests(people.platform, people.firm, states).rows
        assert [one.kept for one in found] == rows


@pytest.mark.parametrize("limit", [0, MOST + 1])
def test_a_list_has_a_sensible_length(people: People, limit: int) -> None:
    with pytest.raises(UsageError):
        list_interests(people.platform, people.firm, limit=limit)
