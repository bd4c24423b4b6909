"""A chain of events is whole, or it is told where it breaks: whatever is done by hand is found."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

import matcher.actions.audit_check as module
from matcher.actions.audit_check import (
    Broken,
    Fault,
    Verdict,
    audit_finding,
    verify,
    verify_in,
)
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.errors import UsageError
from matcher.settings import Settings
from matcher.store import chain, events
from matcher.store.chain import START, sealed
from matcher.store.database import Database
from matcher.store.schema.append_only import no_triggers
from matcher.store.schema.base import Base

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
EVENTS, LINKS, HEADS = (
    Base.metadata.tables[name] for name in ("event", "event_subject", "event_head")
)
COUNT = 7
OTHERWISE = {
    "actor": "somebody",
    "verb": "never",
    "at": NOON - timedelta(days=1),
    "subjects": [{"noun": "need", "id": "another"}],
    "position": 99,
    "propensity": 0.25,
    "model_version": "0009",
    "seal": "0" * 64,
}
SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def event(n: int) -> Event:
    subjects = (Subject(noun=Noun.NEED, id=f"n{n % 3}"), Subject(noun=Noun.OUTCOME, id=f"o{n}"))
    return Event(
        actor=f"A{n}",
        verb="shown" if n % 2 else "accepted",
        at=NOON,
        subjects=subjects[: n % 3],
        position=n + 1 if n % 2 else None,
        propensity=1.0 if n % 2 else None,
    )


@pytest.fixture
def written(database: Database) -> Database:
    """With a chain of several batches."""
    with database.writing() as session:
        events.append(session, [event(n) for n in range(3)])
        events.append(session, [event(n) for n in range(3, COUNT)])
    return database


class Untouched(Exception):
    """Takes what was done by hand back."""


def after(database: Database, tamper: Callable[[Session], object], expect: str = "") -> Verdict:
    """What is found once somebody who may drop the triggers has been there."""
    found: list[Verdict] = []
    with suppress(Untouched), database.writing() as session:
        for table in ("event", "event_subject"):
            for statement in no_triggers(table)["sqlite" if database.is_sqlite else "postgresql"]:
                session.execute(text(statement))
        tamper(session)
        found.append(verify_in(session, expect=expect))
        raise Untouched
    return found[0]


def row(session: Session, seq: int) -> dict[str, object]:
    found = session.execute(select(EVENTS).where(EVENTS.c.seq == seq)).mappings().one()
    return dict(found)


def seal_of(session: Session, seq: int) -> str:
    return str(row(session, seq)["seal"]) if seq else START


def change(session: Session, seq: int, column: str, reseal: bool) -> None:
    changed = row(session, seq) | {column: OTHERWISE[column]}
    if reseal and column != "seal":
        changed["seal"] = sealed(seal_of(session, seq - 1), changed)
    session.execute(update(EVENTS).where(EVENTS.c.seq == seq).values(**changed))


def take_out(session: Session, first: int, last: int) -> None:
    session.execute(delete(LINKS).where(LINKS.c.event.between(first, last)))
    session.execute(delete(EVENTS).where(EVENTS.c.seq.between(first, last)))


def put_in(session: Session, place: int, reseal: bool) -> None:
    """A row before the first (0), or in the place of a number that is made free, or behind all."""
    for seq in range(COUNT, place, -1):
        moved = row(session, seq) | {"seq": seq + 1}
        links = session.execute(select(LINKS).where(LINKS.c.event == seq)).mappings().all()
        take_out(session, seq, seq)
        session.execute(insert(EVENTS).values(**moved))
        for link in links:
            session.execute(insert(LINKS).values({**link, "event": seq + 1}))
    new = {"seq": place + 1, "actor": "A1", "verb": "accepted", "at": NOON, "subjects": []}
    new |= {"position": None, "propensity": None, "model_version": ""}
    seal = sealed(seal_of(session, place), new) if reseal else ""
    session.execute(insert(EVENTS).values(**new, seal=seal))


def swap(session: Session, one: int, other: int, with_seals: bool) -> None:
    first, second = row(session, one), row(session, other)
    names = [name for name in first if name != "seq" and (with_seals or name != "seal")]
    for seq, source in ((one, second), (other, first)):
        values = {name: source[name] for name in names}
        session.execute(update(EVENTS).where(EVENTS.c.seq == seq).values(**values))


numbers = st.integers(1, COUNT)
tampers = st.one_of(
    st.tuples(st.just(change), numbers, st.sampled_from(sorted(OTHERWISE)), st.booleans()),
    st.tuples(st.just(take_out), numbers, numbers).filter(lambda one: one[1] <= one[2]),
    st.tuples(st.just(put_in), st.integers(0, COUNT), st.booleans()),
    st.tuples(st.just(swap), numbers, numbers, st.booleans()).filter(lambda one: one[1] < one[2]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(tampers)
def test_any_one_thing_that_is_done_to_the_rows_is_found(written, tamper) -> None:
    do, *how = tamper
    assert after(written, lambda session: do(session, *how)).broken is not None


def test_a_chain_that_nobody_touched_is_whole(written: Database) -> None:
    told: list[int] = []
    found = verify(written, progress=told.append)
    with written.reading() as session:
        assert found == Verdict(COUNT, chain.head(session).seal)  # type: ignore[union-attr]
    assert told == [COUNT]


def test_a_long_chain_is_read_in_parts(written: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ROWS_AT_ONCE", 3)
    told: list[int] = []
    assert verify(written, progress=told.append).broken is None
    assert told == [3, 6, 7]


def test_without_events_there_is_nothing_wrong(database: Database) -> None:
    assert verify(database) == Verdict(0, START)


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        (lambda session: change(session, 3, "actor", False), Broken(Fault.ROW, 3)),
        (lambda session: change(session, 3, "actor", True), Broken(Fault.ROW, 4)),
        (lambda session: take_out(session, 2, 2), Broken(Fault.ROW, 3)),
        (lambda session: take_out(session, 6, 7), Broken(Fault.END, 5)),
        (lambda session: take_out(session, 1, 7), Broken(Fault.END, 0)),
        (lambda session: put_in(session, COUNT, True), Broken(Fault.END, 8)),
        (lambda session: swap(session, 2, 5, True), Broken(Fault.ROW, 2)),
        (lambda session: session.execute(delete(HEADS)), Broken(Fault.END, 7)),
        (lambda session: session.execute(update(HEADS).values(events=8)), Broken(Fault.END, 7)),
        (
            lambda session: session.execute(delete(LINKS).where(LINKS.c.event == 3)),
            Broken(Fault.SUBJECTS),
        ),
        (
            lambda session: session.execute(update(LINKS).values(id="x").where(LINKS.c.event == 2)),
            Broken(Fault.SUBJECTS),
        ),
    ],
)
def test_what_is_wrong_is_told(written, tamper, broken) -> None:
    found = after(written, tamper)
    assert found.broken == broken
    assert str(broken.seq or "") in str(found.broken)


def test_what_is_written_behind_a_break_does_not_mend_it(written: Database) -> None:
    def cut(session: Session) -> None:
        take_out(session, COUNT, COUNT)
        events.append(session, [event(1)])

    broken = after(written, cut).broken
    assert broken is not None
    assert broken.fault is Fault.ROW


def made_anew(session: Session) -> None:
    """With another event, and all seals and the head as they would have been with it."""
    session.execute(update(EVENTS).where(EVENTS.c.seq == 2).values(actor="somebody"))
    seal = START
    for seq in range(1, COUNT + 1):
        seal = sealed(seal, row(session, seq))
        session.execute(update(EVENTS).where(EVENTS.c.seq == seq).values(seal=seal))
    session.execute(update(HEADS).values(seal=seal))


def test_a_chain_made_anew_is_told_by_a_seal_that_was_kept_elsewhere(written: Database) -> None:
    kept = verify(written).seal
    assert after(written, made_anew).broken is None
    assert after(written, made_anew, kept).broken == Broken(Fault.EXPECTED)


def test_a_seal_that_was_kept_is_found_however_the_chain_went_on(written: Database) -> None:
    kept = verify(written).seal
    with written.writing() as session:
        events.append(session, [event(1)])
    assert verify(written, expect=f" {kept.upper()}\n").broken is None
    assert verify(written, expect="0" * 64).broken == Broken(Fault.EXPECTED)


@SQLITE
@pytest.mark.parametrize(
    "setting",
    [
        "at = 'long ago'",
        "at = 5",
        "subjects = 'nonsense'",
        "propensity = 'much'",
        "actor = x'ff00'",
    ],
)
def test_a_column_that_holds_anything_is_told_not_tripped_over(written, setting) -> None:
    """SQLite takes any value into any column."""
    statement = text(f"UPDATE event SET {setting} WHERE seq = 4")  # noqa: S608
    broken = after(written, lambda session: session.execute(statement)).broken
    assert broken is not None
    assert broken.seq == 4


@SQLITE
def test_text_that_is_no_text_is_told_too(written: Database) -> None:
    statement = text("UPDATE event SET actor = CAST(x'ff00' AS TEXT) WHERE seq = 4")
    broken = after(written, lambda session: session.execute(statement)).broken
    assert broken == Broken(Fault.UNREADABLE, 4)


@SQLITE
def test_the_platform_of_some_settings_is_told_on_a_line(platform: Platform) -> None:
    put_event(platform)
    seal = verify(platform.database).seal
    found = audit_finding(platform.settings)
    assert found.ok
    assert found.line().endswith(f"the last seal is {seal}")
    assert not audit_finding(platform.settings, "0" * 64).ok


def test_where_there_is_no_platform_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no platform"):
        audit_finding(Settings(home=tmp_path / "none"))


def put_event(platform: Platform) -> None:
    with platform.database.writing() as session:
        events.append(session, [event(1)])
