"""A synthetic platform in a store, on both databases."""

import datetime as dt

import numpy as np
import pytest

from matcher.actions.platform import Platform
from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.errors import UsageError
from matcher.recommend.feedback import Feedback, Impressions, Judgements
from matcher.store import events, feed, followups, records
from matcher.store.database import Database
from tests.platforms import NOW, need
from training.feedback import read_feedback
from training.simulation.feedback import feedback_of
from training.simulation.history import make_history
from training.simulation.journal import events_of, follow_ups_of
from training.simulation.platform import NOUNS, fill
from training.simulation.reactions import Reactions
from training.simulation.records import records_of
from training.simulation.size import Size
from training.simulation.world import World

WORLD = World.make(Size(50, 30, 5, topics=4, months=2), seed=1)
HISTORY = make_history(WORLD, 200)
KNOWN = HISTORY.known(WORLD.end.toordinal())


class Store:
    """Stands for a platform, of which only database and clock are used."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def now(self) -> object:
        return NOW


def filled(database: Database, reactions: Reactions = HISTORY) -> list[str]:
    lines: list[str] = []
    platform: Platform = Store(database)  # type: ignore[assignment]
    fill(platform, WORLD, reactions, lines.append)
    return lines


def test_every_record_is_there_as_it_was_made(database: Database) -> None:
    filled(database)
    with database.reading() as session:
        for noun in NOUNS:
            found = [stored.record for stored in records.every(session, noun)]
            assert found == list(records_of(WORLD, noun, "core"))


def test_records_are_written_on_the_day_of_their_arrival(database: Database) -> None:
    filled(database)
    with database.reading() as session:
        found = [stored.created_at.toordinal() for stored in records.every(session, Noun.OUTCOME)]
        assert found == WORLD.outcomes.created.tolist()
        assert feed.latest(session) >= 50 + 30 + 5


def test_events_and_follow_ups_read_back_as_they_were_made(database: Database) -> None:
    filled(database)
    with database.reading() as session:
        assert [event for _, event in events.read(session)] == list(events_of(KNOWN))
        wanted = {one.id: one for one in follow_ups_of(WORLD, KNOWN, "core")}
        found = {kept.followup.id: kept.followup for kept in followups.every(session)}
        assert found == wanted
        one = Subject(noun=Noun.NEED, id=WORLD.ids(Noun.NEED)[KNOWN.needs[0]])
        about = [event for _, event in events.read(session, subject=one)]
        assert about == [event for event in events_of(KNOWN) if one in event.subjects]


@pytest.mark.parametrize("days", [60, 25])
def test_what_is_read_to_learn_from_is_what_the_arrays_say(database: Database, days: int) -> None:
    """The way through the store and the one past it tell the same."""
    filled(database)
    day = WORLD.start.toordinal() + days
    with database.reading() as session:
        read = read_feedback(session, dt.date.fromordinal(day - 1))
    made = feedback_of(WORLD, HISTORY, day)
    assert sorted(judged(read)) == sorted(judged(made))
    assert shown(read) == shown(made)


def judged(feedback: Feedback) -> list[tuple[object, ...]]:
    """What says something: a grade or at least a reason."""
    rows = feedback.judgements
    rows = rows.where((rows.grades != 0) | (rows.reasons >= 0))
    columns = (rows.days, rows.grades, rows.reasons)
    return [
        (*ids, *values)
        for ids, *values in zip(
            parties(feedback, rows), *(column.tolist() for column in columns), strict=True
        )
    ]


def shown(feedback: Feedback) -> list[tuple[object, ...]]:
    rows = feedback.impressions
    columns = (rows.days, rows.positions, rows.propensities, rows.explored, rows.grades)
    lists = np.cumsum(np.diff(rows.lists, prepend=-1) != 0).tolist()
    return [
        (*ids, *values)
        for ids, *values in zip(
            parties(feedback, rows), lists, *(column.tolist() for column in columns), strict=True
        )
    ]


def parties(feedback: Feedback, rows: Judgements | Impressions) -> list[tuple[str, ...]]:
    names = [
        [feedback.ids[noun][code] for code in rows.party(noun).tolist()]
        for noun in (Noun.NEED, Noun.OUTCOME, Noun.MANAGER)
    ]
    return list(zip(*names, strict=True))


def test_a_follow_up_goes_on_like_any_other(database: Database) -> None:
    filled(database)
    with database.writing() as session:
        kept = next(followups.every(session))
        assert followups.save(session, kept.followup, kept.version).version == 2


def test_the_next_event_comes_after_them(database: Database) -> None:
    filled(database)
    with database.writing() as session:
        events.append(session, [Event(actor="a", verb="signed_in", at=NOW)])
        assert events.latest(session) == len(KNOWN) + 1


def test_progress_is_told_step_by_step(database: Database) -> None:
    lines = filled(database)
    touched = int(KNOWN.touched.sum())
    assert lines[1:] == [
        "5 managers",
        "50 outcomes",
        "30 needs",
        "200 events",
        f"{touched} follow-ups",
    ]


def test_a_platform_with_a_record_is_left_as_it_is(database: Database) -> None:
    with database.writing() as session:
        records.put(session, Noun.NEED, [need("w1", "real")], actor="a", at=NOW)
    with pytest.raises(UsageError, match="isn't empty: it has 1 needs"):
        filled(database)
    with database.reading() as session:
        assert records.count(session, Noun.NEED) == 1
        assert records.count(session, Noun.OUTCOME) == 0


def test_deleted_records_and_lists_that_were_shown_count_too(database: Database) -> None:
    with database.writing() as session:
        events.append(session, list(events_of(KNOWN))[:1])
    with pytest.raises(UsageError, match="it has events"):
        filled(database)
    with database.writing() as session:
        records.put(session, Noun.NEED, [need("w1")], actor="a", at=NOW)
        records.delete(session, Noun.NEED, ["w1"], actor="a", at=NOW)
    with pytest.raises(UsageError, match="1 needs"):
        filled(database)


def test_what_fails_half_way_leaves_nothing(database: Database) -> None:
    def stop(line: str) -> None:
        if "events" in line:
            raise KeyboardInterrupt

    platform: Platform = Store(database)  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        fill(platform, WORLD, HISTORY, stop)
    with database.reading() as session:
        assert all(records.count(session, noun) == 0 for noun in NOUNS)
        assert events.latest(session) == 0
