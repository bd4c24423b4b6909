"""How far follow-ups came, whatever became of them, and when their pairs were first shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from matcher.domain.enums import FollowUpState as State
from matcher.store import events, followups
from matcher.store.database import Database
from matcher.store.feedback import EXPLORED
from matcher.store.progress import Progress, first_shown, progress
from tests.store.test_shown import impression
from tests.store.test_standing import HOUR, NOON, walked


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """F1 was contacted and then declined, F2 is suggested, F3 of another node was accepted."""
    steps = (State.ACCEPTED, State.CONTACTED, State.DECLINED)
    found = (walked(1, *steps), walked(2), replace(walked(3, State.ACCEPTED), node="n2"))
    with database.writing() as session:
        for one in found:
            followups.add(session, replace(one, node=one.node or "n1"))
        yield session


def test_the_furthest_state_stays_where_the_follow_up_does_not(session: Session) -> None:
    assert list(progress(session, ["n1"])) == [
        Progress("F1", "N1", State.DECLINED, State.CONTACTED, NOON, NOON + HOUR),
        Progress("F2", "N1", State.SUGGESTED, State.SUGGESTED, None, None),
    ]
    [third] = progress(session, ["n2", "n3"])
    assert (third.id, third.furthest, third.accepted) == ("F3", State.ACCEPTED, NOON)
    assert list(progress(session, [])) == []


def test_what_came_in_further_on_is_as_far_as_it_stands(session: Session) -> None:
    followups.add(session, replace(walked(4, begin=State.NEGOTIATING), node="n3"))
    [one] = progress(session, ["n3"])
    assert (one.state, one.furthest, one.touched) == (State.NEGOTIATING, State.NEGOTIATING, None)


def test_a_pair_was_first_shown_when_its_manager_saw_it_first(session: Session) -> None:
    events.append(
        session,
        [
            impression("N1", "O1", "M2", -9),
            impression("N1", "O1", "M1", -2, EXPLORED),
            impression("N1", "O1", "M1", -1),
            impression("N2", "O2", "M1", -3),
            impression("N1", "O2", "M1", -4, "accepted"),
        ],
    )
    assert first_shown(session, ["n1"]) == {"F1": NOON - 2 * HOUR}
    assert first_shown(session, ["n2"]) == {}
