"""What was merged into a record is found through it, with the follow-ups on either."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.domain.followup import FollowUp
from matcher.domain.outcome import Outcome
from matcher.store import followups, records
from matcher.store.database import Database
from matcher.store.merged import absorbed, followups_of

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        made = [Outcome(id=id_) for id_ in "abcd"]
        records.put(session, Noun.OUTCOME, made, actor="a1", at=NOON)
        yield session


def merge(session: Session, dropped: str, kept: str) -> None:
    records.set_merged(session, Noun.OUTCOME, dropped, kept, actor="a1", at=NOON)


def test_nothing_is_merged_into_a_record_at_first(session: Session) -> None:
    assert absorbed(session, Noun.OUTCOME, "a") == absorbed(session, Noun.OUTCOME, "?") == ()


def test_what_came_by_way_of_another_is_found_too(session: Session) -> None:
    merge(session, "a", "b")
    merge(session, "b", "c")
    assert absorbed(session, Noun.OUTCOME, "c") == ("a", "b")
    assert absorbed(session, Noun.OUTCOME, "b") == ("a",)
    assert absorbed(session, Noun.NEED, "c") == ()


def test_an_undone_merge_is_none(session: Session) -> None:
    merge(session, "a", "b")
    merge(session, "a", "")
    assert absorbed(session, Noun.OUTCOME, "b") == ()


def test_follow_ups_are_found_by_any_of_their_three(session: Session) -> None:
    for number, (need, outcome, manager) in enumerate([("n", "a", "m"), ("n", "b", "k")]):
        one = FollowUp(id=f"f{number}", need=need, outcome=outcome, manager=manager)
        followups.add(session, one)
    assert [kept.followup.id for kept in followups_of(session, ["a"])] == ["f0"]
    assert [kept.followup.id for kept in followups_of(session, ["b", "m"])] == ["f0", "f1"]
    assert followups_of(session, ["c"]) == followups_of(session, []) == ()
