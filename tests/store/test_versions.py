"""The step to the next version."""

import pytest

from matcher.domain import Need, Noun, Outcome
from matcher.errors import EditConflict, NotFound, UsageError
from matcher.store import rows, versions
from matcher.store.database import Database
from matcher.store.stored import Author, Effect, Written
from matcher.store.tables import kind_of
from tests.store.some_records import LATER, NOW

KIND = kind_of(Noun.OUTCOME)
BY, BY_OTHER = Author("a1", NOW), Author("a2", LATER, "i2")


def test_a_first_version_is_followed_by_one_with_the_next_number(database: Database) -> None:
    with database.writing() as session:
        first = versions.written(KIND, Outcome(id="a", title="A b"), None, BY)
        assert versions.apply(session, KIND, {}, [first], BY) == [Written("a", Effect.CREATED, 1)]
        there = versions.current(session, KIND, ["a"], {"a": 1})
        second = versions.changed(there["a"], Effect.DELETED, deleted_at=LATER)
        assert versions.apply(session, KIND, there, [second], BY_OTHER) == [
            Written("a", Effect.DELETED, 2)
        ]
        row = rows.fetch(session, KIND.table, ["a"])["a"]
    assert (row["title_key"], row["created_at"], row["changed_at"]) == ("ab", NOW, LATER)
    assert (row["changed_by"], row["import_id"]) == ("a2", "i2")


def test_a_title_key_follows_the_title(database: Database) -> None:
    first = versions.written(KIND, Outcome(id="a", title="One"), None, BY)
    second = versions.written(KIND, Outcome(id="a"), {**first.columns, "version": 1}, BY)
    assert (first.columns["title_key"], second.columns["title_key"]) == ("one", None)


def test_a_version_equal_to_what_is_there_is_not_written(database: Database) -> None:
    with database.writing() as session:
        first = versions.written(KIND, Outcome(id="a"), None, BY)
        versions.apply(session, KIND, {}, [first], BY)
        there = versions.existing(session, KIND, ["a"], {})
        same = versions.written(KIND, Outcome(id="a"), there["a"], BY_OTHER)
        assert versions.apply(session, KIND, there, [same], BY_OTHER) == [
            Written("a", Effect.UNCHANGED, 1)
        ]
        assert rows.fetch(session, KIND.table, ["a"])["a"]["changed_by"] == "a1"


def test_what_must_exist_and_does_not_is_named(database: Database) -> None:
    with database.reading() as session:
        assert versions.current(session, KIND, ["a"], {"a": 0}) == {}
        with pytest.raises(EditConflict):
            versions.current(session, KIND, ["a"], {"a": 1})
        with pytest.raises(NotFound, match="outcome a"):
            versions.existing(session, KIND, ["a"], {})


def test_a_record_must_be_of_its_noun() -> None:
    with pytest.raises(UsageError):
        versions.written(KIND, Need(id="n"), None, BY)
