"""Prompts: what is due by the day, to whom, in which order, and nobody twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.actions import prompts as actions
from matcher.actions.platform import Platform
from matcher.actions.prompts import PromptReason
from matcher.actions.reading import get
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.event import Subject
from matcher.domain.visibility import ANONYMOUS, SYSTEM, Viewer
from matcher.errors import EditConflict, NotAllowed, StoreUnavailable
from matcher.store import events
from matcher.store.prompts import PROMPTED
from tests.actions.job_cases import signed_up
from tests.platforms import NOW, need, outcome, put

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
TODAY = NOW.date()


def days(count: int) -> dict[str, object]:
    return {"valid_until": TODAY + timedelta(count)}


def untouched(count: int) -> dict[str, object]:
    return {"updated_at": TODAY - timedelta(count)}


@pytest.fixture
def holder(platform: Platform) -> Viewer:
    return signed_up(platform, "holder", Role.HOLDER, Role.ENTERPRISE)


@pytest.fixture
def ageing(platform: Platform, holder: Viewer) -> Platform:
    """Of the holder's: one expired, two that expire, two stale, three that are well."""
    owner = {"owner": holder.account.id}  # type: ignore[union-attr]
    put(
        platform,
        Noun.OUTCOME,
        outcome("stale", "t", **untouched(366), **owner),
        outcome("expired", "t", **days(-1), **untouched(900), **owner),
        outcome("last day", "t", **days(0), **owner),
        outcome("fresh", "t", **days(31), **untouched(365), **owner),
        outcome("unknown", "t", **owner),
        outcome("other's", "t", **days(-3)),
    )
    put(
        platform,
        Noun.NEED,
        need("soon", "t", **days(30), **owner),
        need("staler", "t", **untouched(367), **owner),
        need("hidden", "t", visibility=Visibility.NAMED, node="n3", **days(-9)),
    )
    return platform


def told(platform: Platform, viewer: Viewer) -> list[tuple[str, str, int]]:
    found = actions.prompts(platform, viewer)
    return [(one.id, one.reason.value, one.days) for one in found]


def test_a_listing_says_by_itself_why_it_wants_a_look(ageing: Platform, holder: Viewer) -> None:
    due = {one.id: one.reason for one in actions.prompts(ageing, SYSTEM)}
    for noun, ids in ((Noun.OUTCOME, ("stale", "expired", "fresh")), (Noun.NEED, ("soon",))):
        for id_ in ids:
            record = get(ageing, SYSTEM, noun, id_).record
            assert actions.reason_of(record, TODAY) == due.get(id_)


def test_the_most_urgent_comes_first_and_only_what_one_may_change(
    ageing: Platform, holder: Viewer
) -> None:
    own = [
        ("expired", "expired", 1),
        ("last day", "expiring", 0),
        ("soon", "expiring", -30),
        ("staler", "stale", 367),
        ("stale", "stale", 366),
    ]
    assert told(ageing, holder) == own
    boss = signed_up(ageing, "boss")
    assert told(ageing, boss) == [("other's", "expired", 3), *own]
    assert told(ageing, SYSTEM)[0][0] == "hidden"
    assert told(ageing, signed_up(ageing, "zhang", Role.MANAGER)) == []
    assert told(ageing, ANONYMOUS) == []


def test_nobody_is_told_twice_within_a_month(ageing: Platform, holder: Viewer) -> None:
    owner = holder.account.id  # type: ignore[union-attr]
    first = actions.prompt_owners(ageing, "schedule")
    assert (first.due, first.new) == (7, {owner: 5, "": 2})
    assert actions.prompt_owners(ageing, "schedule").new == {}
    with ageing.database.reading() as session:
        subject = Subject(noun=Noun.ACCOUNT, id=owner)
        found = [one for _, one in events.read(session, verbs=[PROMPTED], subject=subject)]
    assert [one.subjects[0].id for one in found] == [id_ for id_, _, _ in told(ageing, holder)]
    later = replace(ageing, now=lambda: NOW + timedelta(days=31))
    assert actions.prompt_owners(later, "schedule").new[owner] > 5


def test_a_round_that_was_broken_off_is_gone_on_with_and_holds_nobody_up(
    ageing: Platform, holder: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two of its transactions another round may tell of what is left."""
    monkeypatch.setattr(actions, "BATCH", 3)
    noted: list[int] = []

    def break_off(count: int) -> None:
        noted.append(count)
        raise StoreUnavailable("gone")

    with pytest.raises(StoreUnavailable):
        actions.prompt_owners(ageing, "schedule", break_off)

    def meanwhile(count: int) -> None:
        noted.append(count)
        if len(noted) == 2:
            assert sum(actions.prompt_owners(ageing, "another").new.values()) == 1

    rest = actions.prompt_owners(ageing, "schedule", meanwhile)
    assert (sum(rest.new.values()), noted) == (3, [3, 3, 3])
    with ageing.database.reading() as session:
        told = [one.subjects[0].id for _, one in events.read(session, verbs=[PROMPTED])]
    assert len(told) == len(set(told)) == 7


def test_what_is_confirmed_is_fresh_again(ageing: Platform, holder: Viewer) -> None:
    [stale] = [one for one in actions.prompts(ageing, holder) if one.id == "stale"]
    stored = actions.confirm(ageing, holder, Noun.OUTCOME, "stale", stale.version)
    assert (stored.record.updated_at, stored.version) == (TODAY, stale.version + 1)
    assert PromptReason.STALE.value not in [told[1] for told in told(ageing, holder)][4:]
    with pytest.raises(EditConflict):
        actions.confirm(ageing, holder, Noun.OUTCOME, "stale", stale.version)
    with pytest.raises(NotAllowed):
        actions.confirm(ageing, holder, Noun.OUTCOME, "other's", 1)
