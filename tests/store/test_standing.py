"""What managers have made of their follow-ups, and which listings were called stale."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from matcher.domain.enums import DeclineReason
from matcher.domain.enums import FollowUpState as State
from matcher.domain.followup import FollowUp, transition
from matcher.domain.track import Track
from matcher.store import followups
from matcher.store.database import Database
from matcher.store.rows import insert
from matcher.store.schema.base import Base
from matcher.store.standing import Standing, stamp, standing

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
S = State


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def walked(
    number: int, *states: State, manager: str = "M1", begin: State = S.SUGGESTED
) -> FollowUp:
    """A follow-up of outcome `O<number>` that took these steps, an hour each."""
    followup = FollowUp(
        id=f"F{number}", need="N1", outcome=f"O{number}", manager=manager, state=begin
    )
    for hours, to in enumerate(states):
        facts = {
            S.DECLINED: {"reason": DeclineReason.STALE_LISTING},
            S.ON_HOLD: {"until": date(2030, 1, 1)},
            S.DUPLICATE: {"of": "F0"},
        }
        followup = transition(
            followup,
            to,
            by="A1",
            at=NOON + hours * HOUR,
            **facts.get(to, {}),  # type: ignore[arg-type]
        )
    return followup


def track(session: Session, *found: FollowUp) -> Track:
    for followup in found:
        followups.add(session, followup)
    return standing(session).tracks["M1"]


def test_without_follow_ups_nothing_stands(session: Session) -> None:
    assert standing(session) == Standing({}, {})
    assert stamp(session) == (0, 0, 0)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), Track()),
        ((S.ACCEPTED,), Track(carrying=1)),
        ((S.ACCEPTED, S.CONTACTED), Track(carrying=1, response_hours=1.0)),
        ((S.ACCEPTED, S.MUTUAL_INTEREST), Track(carrying=1, reached=1, response_hours=1.0)),
        ((S.ACCEPTED, S.ON_HOLD), Track()),
        ((S.ACCEPTED, S.MUTUAL_INTEREST, S.DECLINED), Track(reached=1, response_hours=1.0)),
        ((S.ACCEPTED, S.ON_HOLD, S.DECLINED), Track(ended=1)),
        ((S.ACCEPTED, S.EXPIRED), Track(ended=1)),
        ((S.ACCEPTED, S.DUPLICATE), Track()),
        # Turned down without having been taken up, with and without a second thought.
        ((S.DECLINED,), Track()),
        ((S.ON_HOLD, S.DECLINED), Track()),
        ((S.ACCEPTED, S.WITHDRAWN, S.SUGGESTED, S.DECLINED), Track()),
        ((S.ACCEPTED, S.CONTRACT_SIGNED, S.CLOSED), Track(reached=1, response_hours=1.0)),
    ],
)
def test_what_a_history_counts_for(
    session: Session, states: tuple[State, ...], expected: Track
) -> None:
    assert track(session, walked(1, *states)) == expected


def test_what_came_without_a_history_counts_by_its_state(session: Session) -> None:
    negotiating = walked(1, begin=S.NEGOTIATING)
    gone = walked(2, S.WITHDRAWN, begin=S.CONTACTED)
    assert track(session, negotiating, gone) == Track(carrying=1, reached=1, ended=1)


def test_counts_add_up_and_the_median_is_of_those_that_were_contacted(session: Session) -> None:
    waited = [walked(n, S.ACCEPTED, S.CONTACTED) for n in (1, 2)]
    long = walked(3, S.ACCEPTED, S.ON_HOLD, S.ACCEPTED, S.ON_HOLD, S.ACCEPTED, S.CONTACTED)
    other = walked(4, S.ACCEPTED, manager="M2")
    assert track(session, *waited, long, other) == Track(carrying=3, response_hours=1.0)
    tracks = standing(session).tracks
    assert tracks["M2"] == Track(carrying=1)
    assert standing(session, managers=["M2", "M9"]).tracks == {"M2": tracks["M2"]}
    assert standing(session, managers=[]).tracks == {}


def test_steps_noted_at_one_go_tell_nothing_of_the_response(session: Session) -> None:
    followup = FollowUp(id="F1", need="N1", outcome="O1", manager="M1")
    for to in (S.ACCEPTED, S.CONTACTED):
        followup = transition(followup, to, by="import", at=NOON)
    assert track(session, followup) == Track(carrying=1)


def test_who_calls_a_listing_stale_is_counted_until_they_think_otherwise(session: Session) -> None:
    for number, states in enumerate(
        [(S.DECLINED,), (S.ON_HOLD, S.DECLINED), (S.DECLINED, S.SUGGESTED), (S.ACCEPTED,)]
    ):
        followups.add(session, walked(number, *states))
    again = transition(
        FollowUp(id="F9", need="N2", outcome="O1", manager="M2"),
        S.DECLINED,
        by="A2",
        at=NOON - 48 * HOUR,
        reason=DeclineReason.STALE_LISTING,
    )
    followups.add(session, again)
    price = transition(walked(8), S.DECLINED, by="A1", at=NOON, reason=DeclineReason.PRICE)
    followups.add(session, price)
    day = NOON.date()
    expected = {"O0": (day,), "O1": (day - timedelta(days=2), day)}
    assert standing(session).stale == expected
    assert standing(session, outcomes=["O0", "O2", "O\0"]).stale == {"O0": (day,)}


def test_the_stamp_changes_with_every_write(session: Session) -> None:
    seen = [stamp(session)]
    kept = followups.add(session, walked(1))
    seen.append(stamp(session))
    followups.save(session, walked(1, S.ACCEPTED), kept.version)
    seen.append(stamp(session))
    handed_over = walked(1, S.ACCEPTED, manager="M2")
    followups.save(session, handed_over, 2)
    seen.append(stamp(session))
    assert len(set(seen)) == 4
    assert stamp(session) == seen[-1]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_twenty_thousand_follow_ups_are_counted_in_a_second_or_two(session: Session) -> None:
    tables = Base.metadata.tables
    rows = [
        {
            "id": f"F{n:06}",
            "need": f"N{n % 5000}",
            "outcome": f"O{n % 16000}",
            "manager": f"M{n % 1000}",
            "state": "contacted",
            "version": 1,
            "node": "",
            "next_action": "",
        }
        for n in range(20_000)
    ]
    insert(session, tables["follow_up"], rows)
    steps = [
        {"follow_up": row["id"], "from_state": one, "to_state": other, "by": "A", "at": NOON + wait}
        for row in rows
        for one, other, wait in (
            ("suggested", "accepted", 0 * HOUR),
            ("accepted", "contacted", 2 * HOUR),
        )
    ]
    insert(session, tables["transition"], steps)
    started = time.process_time()
    found = standing(session)
    assert time.process_time() - started < 3
    assert found.tracks["M7"] == Track(carrying=20, response_hours=2.0)
    assert len(found.tracks) == 1000
