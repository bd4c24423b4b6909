"""From when to when a record is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from matcher.actions.platform import OPERATOR, Platform
from matcher.domain.enums import Noun
from matcher.domain.item import Facts, Item
from matcher.evaluate.splits import NO_END, Lifetimes
from matcher.recommend.candidates import Candidates
from matcher.recommend.feedback import Feedback, no_feedback
from matcher.store import records
from tests.platforms import NOW, outcome, remove
from tests.training.some_training import DAY, accepted
from training.lifetimes import ALWAYS, lifetimes_of, read_created

FIRST = DAY - 100


def item(id_: str, **facts: date) -> Item:
    return Item(id_, facts=Facts(**facts))  # type: ignore[arg-type]


def found(
    items: Sequence[Item], created: Mapping[str, int], feedback: Feedback | None = None
) -> Lifetimes:
    candidates = Candidates.of(items)
    return lifetimes_of(Noun.OUTCOME, candidates, created, feedback or no_feedback())


def test_what_the_store_began_with_was_always_there_and_the_rest_came_when_written() -> None:
    made = found([item("a"), item("b"), item("c")], {"a": FIRST, "b": FIRST, "c": DAY})
    assert made.created.tolist() == [ALWAYS, ALWAYS, DAY]
    assert made.valid_until.tolist() == [NO_END] * 3


def test_what_its_source_updated_earlier_was_there_earlier() -> None:
    items = [item("a"), item("b", updated_at=date.fromordinal(DAY - 9))]
    assert found(items, {"a": FIRST, "b": DAY}).created.tolist() == [ALWAYS, DAY - 9]
    assert found(items, {"a": FIRST, "b": DAY - 20}).created.tolist() == [ALWAYS, DAY - 20]


def test_what_was_judged_earlier_was_there_earlier() -> None:
    judged = accepted([(0, 0), (1, 0), (2, 1)], [DAY - 5, DAY - 7, DAY - 3])
    items = [item("o00"), item("o01"), item("o02"), item("z")]
    created = {"o00": DAY, "o01": DAY, "o02": DAY, "z": FIRST}
    assert found(items, created, judged).created.tolist() == [DAY - 7, DAY - 3, DAY, ALWAYS]


def test_what_was_taken_up_earlier_was_there_earlier() -> None:
    judged = accepted([(0, 0)], [DAY - 5])
    rows = replace(judged.judgements, first_days=judged.judgements.days - np.int32(4))
    items = [item("o00"), item("z")]
    made = found(items, {"o00": DAY, "z": FIRST}, replace(judged, judgements=rows))
    assert made.created.tolist() == [DAY - 9, ALWAYS]


def test_a_record_that_nothing_is_known_of_was_always_there() -> None:
    assert found([item("a"), item("b")], {"a": DAY}).created.tolist() == [ALWAYS, ALWAYS]


def test_a_listing_ends_on_the_day_it_states() -> None:
    last = date.fromordinal(DAY + 3)
    assert found([item("a", valid_until=last)], {}).valid_until.tolist() == [DAY + 3]


def test_without_records_there_are_no_lifetimes() -> None:
    assert found([], {}).ids == ()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)
def test_the_store_tells_when_each_live_record_was_first_written(platform: Platform) -> None:
    later = NOW + timedelta(days=3)
    with platform.database.writing() as session:
        renamed = [outcome("o1", "Renamed"), outcome("x", "New")]
        records.put(session, Noun.OUTCOME, renamed, actor=OPERATOR, at=later)
    remove(platform, Noun.OUTCOME, ["o2"])
    with platform.database.reading() as session:
        created = read_created(session, Noun.OUTCOME)
    assert created["x"] == later.date().toordinal()
    assert created["o1"] < created["x"]
    assert "o2" not in created
