"""Whose follow-ups one sees, in which order, with which titles."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.actions.followup_reading import (
    Seen,
    get_followup,
    kept_for,
    list_followups,
    manager_of,
    page_followups,
)
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState, Language, Noun, Role, Visibility
from matcher.domain.followup import FollowUp
from matcher.domain.visibility import SYSTEM
from matcher.errors import InvalidValue, NotAllowed, NotFound, UsageError
from matcher.store import followups
from tests.actions.pursuits import sign_up
from tests.platforms import need, put

FOLLOWUPS = (
    FollowUp(id="F1", need="w1", outcome="o1", manager="m1", node="n1"),
    FollowUp(id="F2", need="w1", outcome="o2", manager="m1", node="n1", due_on=date(2026, 12, 1)),
    FollowUp(
        id="F3", need="w2", outcome="o4", manager="m2", node="n1", state=FollowUpState.CONTACTED
    ),
)


@pytest.fixture
def busy(platform: Platform) -> Platform:
    with platform.database.writing() as session:
        for followup in FOLLOWUPS:
            followups.add(session, followup)
    return platform


def ids(found: tuple[Seen, ...]) -> list[str]:
    return [seen.kept.followup.id for seen in found]


def test_those_of_a_manager_come_with_what_is_due_first(busy: Platform) -> None:
    own = sign_up(busy, "a1", manager="m1")
    assert ids(list_followups(busy, own, "m1")) == ["F2", "F1"]
    assert ids(list_followups(busy, own)) == ["F1", "F2"]
    assert ids(list_followups(busy, SYSTEM)) == ["F1", "F2", "F3"]
    assert ids(list_followups(busy, SYSTEM, limit=2)) == ["F1", "F2"]
    assert ids(list_followups(busy, SYSTEM, states=[FollowUpState.CONTACTED])) == ["F3"]
    assert ids(list_followups(busy, own, "m1", [FollowUpState.CONTACTED])) == []


def test_an_admin_has_those_of_the_nodes_in_their_charge(busy: Platform) -> None:
    core = sign_up(busy, "core", Role.ADMIN, node="n1")
    east = sign_up(busy, "east", Role.ADMIN, manager="m2", node="n2")
    assert ids(list_followups(busy, core)) == ["F1", "F2", "F3"]
    assert ids(list_followups(busy, core, states=[FollowUpState.SUGGESTED])) == ["F1", "F2"]
    # No longer in the role of a manager, so that what they had isn't theirs to see.
    assert ids(list_followups(busy, east)) == []


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
class TestLimits:
    def test_those_of_others_are_refused_or_not_there(self, busy: Platform) -> None:
        own = sign_up(busy, "a1", manager="m1")
        firm = sign_up(busy, "firm", Role.ENTERPRISE)
        with pytest.raises(NotAllowed):
            list_followups(busy, own, "m2")
        assert list_followups(busy, firm) == ()
        with pytest.raises(NotFound):
            get_followup(busy, own, "F3")
        with pytest.raises(NotFound):
            list_followups(busy, SYSTEM, "m9")

    @pytest.mark.parametrize("limit", [0, 501])
    def test_a_limit_that_cannot_be(self, busy: Platform, limit: int) -> None:
        with pytest.raises(UsageError):
            list_followups(busy, SYSTEM, limit=limit)

    def test_titles_are_those_that_the_viewer_may_know(self, busy: Platform) -> None:
        seen = get_followup(busy, SYSTEM, "F1", Language.EN)
        assert (seen.need_title, seen.outcome_title) == (
            "Graphene coating wanted",
            "石墨烯耐磨涂层",
        )
        own = sign_up(busy, "a1", manager="m1")
        put(busy, Noun.NEED, need("w1", "Secret", visibility=Visibility.NAMED, owner="somebody"))
        assert get_followup(busy, own, "F1").need_title == ""

    def test_a_manager_who_was_never_kept_is_nobody_active(self, busy: Platform) -> None:
        with busy.database.reading() as session:
            kept = kept_for(session, SYSTEM, "F1")
            assert manager_of(session, kept.followup).id == "m1"
            stranger = FollowUp(id="F9", need="w1", outcome="o1", manager="m9", node="n2")
            found = manager_of(session, stranger)
        assert (found.id, found.node, found.active) == ("m9", "n2", False)


@pytest.mark.parametrize(("whose", "order"), [("", ["F1", "F2", "F3"]), ("m1", ["F2", "F1"])])
def test_a_cursor_goes_on_where_the_page_before_ended(
    busy: Platform, whose: str, order: list[str]
) -> None:
    found, cursor = [], ""
    for _ in order:
        page = page_followups(busy, SYSTEM, whose, limit=1, cursor=cursor)
        found += ids(page.rows)
        cursor = page.next
    assert (found, cursor) == (order, "")


@pytest.mark.parametrize("cursor", ["x", "石", "e30", "WzEsMl0", "WyIyMDI2LTExLTAxIiwyXQ"])
def test_what_no_page_gave_is_no_cursor(busy: Platform, cursor: str) -> None:
    with pytest.raises(InvalidValue, match="no cursor"):
        page_followups(busy, SYSTEM, cursor=cursor)
