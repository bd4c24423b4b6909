"""What was shown, found by whom it was shown to, and by what it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.domain.manager import Manager
from matcher.store import events, records
from matcher.store.database import Database
from matcher.store.feedback import EXPLORED, SHOWN
from matcher.store.shown import Place, exposures, last_shown, pair_of, places, shown_since

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def impression(need: str, outcome: str, manager: str, hours: int = 0, verb: str = SHOWN) -> Event:
    """Hours after noon."""
    parties = {Noun.NEED: need, Noun.OUTCOME: outcome, Noun.MANAGER: manager}
    return Event(
        actor="A1",
        verb=verb,
        at=NOON + hours * HOUR,
        subjects=tuple(Subject(noun=noun, id=id_) for noun, id_ in parties.items()),
        position=1 + abs(hours),
        propensity=0.5,
    )


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        events.append(
            session,
            [
                impression("N1", "O1", "M1", -30),
                impression("N1", "O1", "M1"),
                impression("N2", "O1", "M1", 1, EXPLORED),
                impression("N1", "O1", "M2", 2),
                impression("N1", "O2", "M1", 3, "accepted"),
            ],
        )
        yield session


def test_what_a_manager_was_shown_from_a_time_on(session: Session) -> None:
    assert shown_since(session, "M1", NOON) == {("N1", "O1"), ("N2", "O1")}
    assert shown_since(session, "M1", NOON + HOUR) == {("N2", "O1")}
    assert shown_since(session, "M9", NOON) == frozenset()


def test_the_last_time_that_a_pair_was_shown(session: Session) -> None:
    found = last_shown(session, "M1", "N1", "O1")
    assert found is not None
    assert (found.at, found.position) == (NOON, 1)
    assert pair_of(found) == ("N1", "O1")
    assert last_shown(session, "M1", "N1", "O2") is None
    assert last_shown(session, "M3", "N1", "O1") is None


def test_how_often_an_outcome_was_shown_to_whomever(session: Session) -> None:
    counts = exposures(session, ["O1", "O2", "O\0"], NOON + 2 * HOUR)
    assert (counts["O1"], counts["O2"]) == (3, 0)
    assert exposures(session, ["O1"], NOON)["O1"] == 1
    assert not exposures(session, [], NOON)


def test_places_are_counted_over_the_lists_of_managers_of_the_nodes(session: Session) -> None:
    who = [Manager(id="M1", node="n1"), Manager(id="M2", node="n2")]
    records.put(session, Noun.MANAGER, who, actor="A1", at=NOON)
    both = set(places(session, Noun.OUTCOME, NOON, ["n1", "n2"]))
    assert both == {Place("O1", 1, 1), Place("O1", 2, 1), Place("O1", 3, 1)}
    assert list(places(session, Noun.OUTCOME, NOON, ["n2"])) == [Place("O1", 3, 1)]
    assert list(places(session, Noun.NEED, NOON + HOUR, ["n1"])) == [Place("N2", 2, 1)]
    assert list(places(session, Noun.OUTCOME, NOON, ["n3"])) == []
