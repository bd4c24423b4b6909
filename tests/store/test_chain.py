"""Seals: the same on both databases, another one for another row, and one chain over all."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.store import chain, events
from matcher.store.chain import START, Head, sealed
from matcher.store.schema.base import Base

EVENTS = Base.metadata.tables["event"]
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
SHOWN = Event(
    actor="A1",
    verb="shown",
    at=NOON,
    subjects=(Subject(noun=Noun.NEED, id="需求1"), Subject(noun=Noun.OUTCOME, id="o1")),
    position=3,
    propensity=0.1 + 0.2,
    model_version="0001-5e5ca3c9",
)
BARE = Event(actor="operator", verb="backed_up", at=NOON + timedelta(microseconds=1))
ROW = {
    "seq": 7,
    "actor": "A1",
    "verb": "shown",
    "at": NOON,
    "subjects": [{"noun": "need", "id": "n1"}],
    "position": 1,
    "propensity": 0.5,
    "model_version": "",
}

WRITTEN = "d58b392ee05bd770548cd2485e828044e0807e26d6435d6af6561bcb2521e7d0"
"""The seal behind SHOWN and BARE: what was sealed once has to be found whole for ever."""


def test_a_seal_is_the_digest_of_the_seal_before_and_of_every_column():
    written = [
        "ab",
        *(7, "A1", "shown", "2026-11-01T12:00:00.000000+00:00"),
        *([{"id": "n1", "noun": "need"}], 1, 0.5, ""),
    ]
    told = json.dumps(written, separators=(",", ":"))
    assert sealed("ab", ROW) == blake2b(told.encode(), digest_size=32).hexdigest()


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("seq", 8),
        ("actor", "A2"),
        ("verb", "explored"),
        ("at", NOON + timedelta(microseconds=1)),
        ("subjects", [{"noun": "need", "id": "n2"}]),
        ("subjects", []),
        ("position", None),
        ("propensity", 0.5000000000000001),
        ("model_version", "0001"),
    ],
)
def test_every_column_counts(name, other):
    assert sealed("", ROW | {name: other}) != sealed("", ROW)


def test_the_seal_before_counts():
    assert sealed("a", ROW) != sealed("b", ROW)


def test_what_means_the_same_has_the_same_seal():
    there = NOON.astimezone(timezone(timedelta(hours=8)))
    assert sealed("", ROW | {"at": there}) == sealed("", ROW)
    assert sealed("", ROW | {"at": NOON.replace(tzinfo=None)}) == sealed("", ROW)
    turned = [{"id": "n1", "noun": "need"}]
    assert sealed("", ROW | {"subjects": turned}) == sealed("", ROW)
    whole = ROW | {"propensity": 1}
    assert sealed("", whole) == sealed("", ROW | {"propensity": 1.0})


@given(st.lists(st.text(max_size=4), min_size=2, max_size=2, unique=True))
def test_texts_do_not_run_into_each_other(pair):
    one, other = pair
    rows = ({"actor": one, "verb": other}, {"actor": other, "verb": one}, {"actor": one + other})
    assert len({sealed("", ROW | row) for row in rows}) == len(rows)


def test_there_is_no_head_before_the_first_event(database):
    with database.reading() as session:
        assert chain.head(session) is None


def test_one_chain_goes_through_batches_and_transactions(database):
    with database.writing() as session:
        events.append(session, [SHOWN, BARE])
        events.append(session, [replace(SHOWN, propensity=1)])
    with database.writing() as session:
        events.append(session, [BARE])
    seal = START
    with database.reading() as session:
        for row in session.execute(select(EVENTS).order_by(EVENTS.c.seq)).mappings():
            assert row["seal"] == (seal := sealed(seal, row))
        assert chain.head(session) == Head(4, seal, 4)


def failing(database):
    with database.writing() as session:
        events.append(session, [BARE, BARE])
        raise ZeroDivisionError


def test_what_is_rolled_back_leaves_the_head_where_it_was(database):
    with database.writing() as session:
        events.append(session, [SHOWN])
        before = chain.head(session)
    with pytest.raises(ZeroDivisionError):
        failing(database)
    with database.writing() as session:
        assert chain.head(session) == before
        events.append(session, [BARE])
        after = chain.head(session)
    assert after.events == 2
    assert after.seq >= 2


def test_both_databases_give_the_same_seals(database):
    """The seal of these rows, whichever database keeps them."""
    with database.writing() as session:
        events.append(session, [SHOWN, BARE])
        assert chain.head(session).seal == WRITTEN
