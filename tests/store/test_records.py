"""Records in versions: nothing lost, nothing written twice, conflicts told."""

import dataclasses
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from matcher.domain import Noun, Outcome
from matcher.errors import DuplicateId, EditConflict, InvalidValue, NotFound, UsageError
from matcher.store import feed, records
from matcher.store.database import Database
from matcher.store.revisions import revisions
from matcher.store.stored import Effect, Stored, Written
from tests.store.some_records import EXAMPLES, LATER, NEED, NOW, OUTCOME, any_record

each_noun = pytest.mark.parametrize("noun", EXAMPLES)
CLASSES = {noun: type(record) for noun, record in EXAMPLES.items()}
BY = {"actor": "a1", "at": NOW}
BY_OTHER = {"actor": "a2", "at": LATER}


def put(database: Database, noun: Noun, *new: Any, **how: Any) -> list[Written]:
    with database.writing() as session:
        return records.put(session, noun, new, **(BY | how))


def get(database: Database, noun: Noun, id: str) -> Stored[Any]:
    with database.reading() as session:
        stored = records.get(session, noun, id)
    assert stored is not None
    return stored


def changed_ids(database: Database) -> list[str]:
    with database.reading() as session:
        return [change.id for change in feed.since(session, 0)]


def titled(id: str, title: str = "") -> Outcome:
    return Outcome(id=id, title=title)


@each_noun
def test_a_new_record_comes_back_as_it_was(database: Database, noun: Noun) -> None:
    record = EXAMPLES[noun]
    assert put(database, noun, record, import_id="i1") == [Written(record.id, Effect.CREATED, 1)]
    assert get(database, noun, record.id) == Stored(
        record=record,
        version=1,
        created_at=NOW,
        changed_at=NOW,
        changed_by="a1",
        deleted_at=None,
        merged_into="",
        import_id="i1",
    )


@each_noun
def test_any_record_comes_back_as_it_was(database: Database, noun: Noun) -> None:
    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(any_record(CLASSES[noun]), unique_by=lambda one: one.id, min_size=1))
    def check(drawn: list[Any]) -> None:
        put(database, noun, *drawn)
        assert {one.effect for one in put(database, noun, *drawn)} == {Effect.UNCHANGED}
        with database.reading() as session:
            found = records.get_many(session, noun, [one.id for one in drawn])
        assert [stored.record for stored in found.values()] == drawn

    check()


@each_noun
def test_an_update_keeps_the_old_version(database: Database, noun: Noun) -> None:
    old = EXAMPLES[noun]
    new = dataclasses.replace(old, source="elsewhere", external_id="")
    put(database, noun, old, import_id="i1")
    assert put(database, noun, new, **BY_OTHER) == [Written(old.id, Effect.UPDATED, 2)]
    stored = get(database, noun, old.id)
    assert (stored.record, stored.version, stored.import_id) == (new, 2, "")
    assert (stored.created_at, stored.changed_at, stored.changed_by) == (NOW, LATER, "a2")
    with database.reading() as session:
        (first,) = revisions(session, noun, old.id)
    assert (first.record, first.version, first.actor) == (old, 1, "a1")
    assert (first.at, first.import_id) == (NOW, "i1")


@each_noun
def test_writing_the_same_again_does_nothing(database: Database, noun: Noun) -> None:
    record = EXAMPLES[noun]
    put(database, noun, record)
    assert put(database, noun, record, **BY_OTHER) == [Written(record.id, Effect.UNCHANGED, 1)]
    assert get(database, noun, record.id).changed_at == NOW
    assert changed_ids(database) == [record.id]


def test_one_call_tells_of_each_record_in_its_order(database: Database) -> None:
    put(database, Noun.OUTCOME, titled("a", "x"), titled("b", "x"))
    written = put(database, Noun.OUTCOME, titled("c"), titled("b", "y"), titled("a", "x"))
    assert [(one.id, one.effect) for one in written] == [
        ("c", Effect.CREATED),
        ("b", Effect.UPDATED),
        ("a", Effect.UNCHANGED),
    ]
    assert changed_ids(database)[:2] == ["a", "b"]
    assert sorted(changed_ids(database)[2:]) == ["b", "c"]


def test_an_unexpected_version_is_a_conflict_and_nothing_is_written(database: Database) -> None:
    put(database, Noun.OUTCOME, titled("a", "x"), titled("b", "x"))
    put(database, Noun.OUTCOME, titled("b", "other"))
    with pytest.raises(EditConflict) as caught:
        put(database, Noun.OUTCOME, titled("a", "y"), titled("b", "y"), expected={"b": 1})
    assert caught.value.values == {"id": "b", "version": 2}
    assert get(database, Noun.OUTCOME, "a").record.title == "x"
    put(database, Noun.OUTCOME, titled("b", "y"), expected={"b": 2})


def test_a_record_that_must_be_new_but_is_there_is_a_conflict(database: Database) -> None:
    put(database, Noun.OUTCOME, titled("a"), expected={"a": 0})
    with pytest.raises(EditConflict):
        put(database, Noun.OUTCOME, titled("a"), expected={"a": 0})


def test_of_two_who_edit_the_same_version_one_wins(database: Database) -> None:
    put(database, Noun.OUTCOME, titled("a", "0"))

    def edit(title: str) -> bool:
        try:
            put(database, Noun.OUTCOME, titled("a", title), expected={"a": 1})
        except EditConflict:
            return False
        return True

    with ThreadPoolExecutor() as pool:
        won = list(pool.map(edit, map(str, range(1, 9))))
    assert won.count(True) == 1
    assert get(database, Noun.OUTCOME, "a").version == 2


def test_one_id_twice_in_a_call_is_refused_whole(database: Database) -> None:
    many = [titled(f"{number:04}") for number in range(1200)]
    with pytest.raises(DuplicateId, match="0003"):
        put(database, Noun.OUTCOME, *many, titled("0003", "again"))
    with database.reading() as session:
        assert records.count(session, Noun.OUTCOME) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "a\0b"},
        {"keywords": ("fine", "half \ud83d")},
        {"id": "x" * 501},
        {"reg_no": "x" * 501},
        {"holder": "单位" * 300},
    ],
)
def test_what_not_every_database_can_hold_is_refused(
    database: Database, fields: dict[str, Any]
) -> None:
    with pytest.raises(InvalidValue) as caught:
        put(database, Noun.OUTCOME, Outcome(**({"id": "a"} | fields)))
    assert caught.value.where["field"] in fields
    with database.reading() as session:
        assert records.count(session, Noun.OUTCOME) == 0


def test_the_longest_that_may_be_indexed_is_held(database: Database) -> None:
    wide = "\U00020000\U0002a6df" * 250
    put(database, Noun.OUTCOME, Outcome(id=wide, external_id=wide, holder=wide, title=wide * 9))
    assert get(database, Noun.OUTCOME, wide).record.title == wide * 9


def test_a_record_of_another_noun_is_refused(database: Database) -> None:
    with pytest.raises(UsageError, match="Need n1 is no outcome"):
        put(database, Noun.OUTCOME, NEED)
    with pytest.raises(UsageError, match="account"), database.reading() as session:
        records.get(session, Noun.ACCOUNT, "a1")


def test_a_deleted_record_stays_readable_and_leaves_the_lists(database: Database) -> None:
    put(database, Noun.OUTCOME, titled("a"), titled("b"))
    with database.writing() as session:
        written = records.delete(session, Noun.OUTCOME, ["a"], **BY_OTHER)
    assert written == [Written("a", Effect.DELETED, 2)]
    stored = get(database, Noun.OUTCOME, "a")
    assert (stored.live, stored.deleted_at, stored.changed_by) == (False, LATER, "a2")
    with database.reading() as session:
        assert [one.record.id for one in records.every(session, Noun.OUTCOME)] == ["b"]
        everything = list(records.every(session, Noun.OUTCOME, live_only=False))
        assert [one.record.id for one in everything] == ["a", "b"]
        assert records.count(session, Noun.OUTCOME) == 1
        assert records.count(session, Noun.OUTCOME, live_only=False) == 2
    assert changed_ids(database) == ["a", "b", "a"]


def test_deleting_twice_is_deleting_once(database: Database) -> None:
    put(database, Noun.OUTCOME, titled("a"))
    with database.writing() as session:
        records.delete(session, Noun.OUTCOME, ["a"], **BY)
        again = records.delete(session, Noun.OUTCOME, ["a", "a"], **BY_OTHER)
    assert again == [Written("a", Effect.UNCHANGED, 2)]


def test_deleting_what_is_not_there_deletes_nothing(database: Database) -> None:
    put(database, Noun.OUTCOME, titled("a"))
    with pytest.raises(NotFound, match="outcome b"), database.writing() as session:
        records.delete(session, Noun.OUTCOME, ["a", "b"], **BY)
    assert get(database, Noun.OUTCOME, "a").live


def test_writing_a_deleted_record_brings_it_back(database: Database) -> None:
    put(database, Noun.OUTCOME, OUTCOME)
    with database.writing() as session:
        records.delete(session, Noun.OUTCOME, [OUTCOME.id], **BY)
    assert put(database, Noun.OUTCOME, OUTCOME)[0].effect is Effect.RESTORED
    stored = get(database, Noun.OUTCOME, OUTCOME.id)
    assert (stored.live, stored.version, stored.record) == (True, 3, OUTCOME)
    with database.reading() as session:
        history = revisions(session, Noun.OUTCOME, OUTCOME.id)
    assert [one.deleted_at for one in history] == [None, NOW]


def restore(database: Database, id: str, version: int, **how: Any) -> Written:
    with database.writing() as session:
        return records.restore(session, Noun.OUTCOME, id, version, **(BY | how))


def test_an_old_version_becomes_the_newest(database: Database) -> None:
    changed = dataclasses.replace(OUTCOME, title="x", transfer_modes=(), valid_until=None)
    put(database, Noun.OUTCOME, OUTCOME)
    put(database, Noun.OUTCOME, changed)
    assert restore(database, OUTCOME.id, 1) == Written(OUTCOME.id, Effect.RESTORED, 3)
    assert get(database, Noun.OUTCOME, OUTCOME.id).record == OUTCOME
    assert restore(database, OUTCOME.id, 2).version == 4
    assert get(database, Noun.OUTCOME, OUTCOME.id).record == changed


def test_a_deletion_is_taken_back_by_restoring_the_current_version(database: Database) -> None:
    put(database, Noun.OUTCOME, OUTCOME)
    assert restore(database, OUTCOME.id, 1).effect is Effect.UNCHANGED
    with database.writing() as session:
        records.delete(session, Noun.OUTCOME, [OUTCOME.id], **BY)
    assert restore(database, OUTCOME.id, 2) == Written(OUTCOME.id, Effect.RESTORED, 3)
    assert get(database, Noun.OUTCOME, OUTCOME.id).live


@pytest.mark.parametrize(("id", "version"), [("b", 1), ("a", 2), ("a", 0)])
def test_a_version_that_never_was_is_not_found(database: Database, id: str, version: int) -> None:
    put(database, Noun.OUTCOME, titled("a"))
    with pytest.raises(NotFound):
        restore(database, id, version)


def test_restoring_over_somebody_elses_edit_is_a_conflict(database: Database) -> None:
    put(database, Noun.OUTCOME, titled("a", "1"))
    put(database, Noun.OUTCOME, titled("a", "2"))
    with pytest.raises(EditConflict):
        restore(database, "a", 1, expected={"a": 1})


def merge(database: Database, id: str, into: str) -> Written:
    with database.writing() as session:
        return records.set_merged(session, Noun.OUTCOME, id, into, **BY_OTHER)


def test_a_merged_record_leaves_the_lists_until_it_is_taken_back(database: Database) -> None:
    put(database, Noun.OUTCOME, titled("a"), titled("b"))
    assert merge(database, "a", "b") == Written("a", Effect.MERGED, 2)
    assert merge(database, "a", "b") == Written("a", Effect.UNCHANGED, 2)
    stored = get(database, Noun.OUTCOME, "a")
    assert (stored.live, stored.merged_into) == (False, "b")
    put(database, Noun.OUTCOME, titled("a", "new"))
    assert get(database, Noun.OUTCOME, "a").merged_into == "b"
    with database.reading() as session:
        assert [one.record.id for one in records.every(session, Noun.OUTCOME)] == ["b"]
    assert merge(database, "a", "") == Written("a", Effect.UNMERGED, 4)
    assert get(database, Noun.OUTCOME, "a").live


@pytest.mark.parametrize("into", ["a", "merged", "deleted"])
def test_a_record_is_merged_only_into_a_live_other_one(database: Database, into: str) -> None:
    put(database, Noun.OUTCOME, *map(titled, ("a", "b", "merged", "deleted")))
    merge(database, "merged", "b")
    with database.writing() as session:
        records.delete(session, Noun.OUTCOME, ["deleted"], **BY)
    with pytest.raises(UsageError):
        merge(database, "a", into)
    with pytest.raises(NotFound):
        merge(database, "a", "nowhere")
    assert get(database, Noun.OUTCOME, "a").live


def test_every_record_comes_once_in_the_order_of_code_points(database: Database) -> None:
    ids = ["B", "a", "_", "é", "Z", "成果", "0", "-", "\U00020000", "\uffff", "a b", "aB"]
    put(database, Noun.OUTCOME, *map(titled, ids))
    with database.reading() as session:
        for batch in (1, 3, 100):
            found = records.every(session, Noun.OUTCOME, batch=batch)
            assert [one.record.id for one in found] == sorted(ids)


def test_many_are_got_at_once_in_the_order_asked_for(database: Database) -> None:
    ids = [f"{number:04}" for number in range(1234)]
    put(database, Noun.OUTCOME, *map(titled, ids))
    wanted = ["0007", "missing", "0003", *reversed(ids[100:]), "0003", "nul\0", "half \ud83d"]
    with database.reading() as session:
        found = records.get_many(session, Noun.OUTCOME, wanted)
    assert list(found) == ["0007", "0003", *reversed(ids[100:])]
    assert all(id == stored.record.id for id, stored in found.items())


def test_what_is_read_back_in_the_same_transaction_is_new(database: Database) -> None:
    def title(session: Session) -> str:
        stored = records.get(session, Noun.OUTCOME, "a")
        assert stored is not None
        return str(stored.record.title)

    with database.writing() as session:
        records.put(session, Noun.OUTCOME, [titled("a", "1")], **BY)
        assert title(session) == "1"
        records.put(session, Noun.OUTCOME, [titled("a", "2")], **BY)
        assert title(session) == "2"


def test_no_update_of_many_writers_is_lost(database: Database) -> None:
    def write(writer: int) -> None:
        for number in range(10):
            put(database, Noun.OUTCOME, titled("a", f"{writer}-{number}"), titled(f"{writer}"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert get(database, Noun.OUTCOME, "a").version == 40
    with database.reading() as session:
        history = revisions(session, Noun.OUTCOME, "a")
        assert feed.latest(session) >= 44
    assert [one.version for one in history] == list(range(1, 40))
    titles = {one.record.title for one in history} | {get(database, Noun.OUTCOME, "a").record.title}
    assert len(titles) == 40


@pytest.mark.slow
def test_a_catalogue_of_sixteen_thousand_is_stored_in_seconds(database: Database) -> None:
    many = [
        Outcome(id=f"o{number}", title=f"成果{number}", summary="转化" * 350, ipc=("A01B 1/00",))
        for number in range(16_000)
    ]
    start = time.process_time()
    put(database, Noun.OUTCOME, *many)
    assert time.process_time() - start < 10
    start = time.process_time()
    with database.reading() as session:
        assert sum(1 for _ in records.every(session, Noun.OUTCOME)) == 16_000
    assert time.process_time() - start < 10


def test_of_some_nodes_only_the_fields_that_are_named_are_read(database: Database) -> None:
    here = Outcome(id="a", title="A", summary="long", node="n1")
    put(database, Noun.OUTCOME, here, Outcome(id="b", title="B", node="n2"), titled("c"))
    with database.writing() as session:
        records.put(session, Noun.OUTCOME, [Outcome(id="d", title="D", node="n1")], **BY)
        records.delete(session, Noun.OUTCOME, ["d"], **BY)
    with database.reading() as session:
        names = ("id", "title", "node")
        found = list(records.brief(session, Noun.OUTCOME, {"n1", "n9"}, names))
    assert found == [dataclasses.replace(here, summary="")]


def test_heads_have_the_version_and_no_other_fields_than_those_named(database: Database) -> None:
    whole = Outcome(id="a", title="A", summary="long", node="n1")
    put(database, Noun.OUTCOME, whole, titled("b"))
    with database.reading() as session:
        found = records.heads(session, Noun.OUTCOME, ["a", "x"], frozenset({"id", "title"}))
        stored = records.get(session, Noun.OUTCOME, "a")
    assert stored is not None
    assert found == {"a": dataclasses.replace(stored, record=Outcome(id="a", title="A"))}


def test_an_id_stays_taken_when_its_record_is_deleted(database: Database) -> None:
    put(database, Noun.OUTCOME, titled("a"))
    with database.writing() as session:
        records.delete(session, Noun.OUTCOME, ["a"], **BY)
    with database.reading() as session:
        assert records.is_taken(session, Noun.OUTCOME, "a")
        assert not records.is_taken(session, Noun.OUTCOME, "b")
        assert not records.is_taken(session, Noun.NEED, "a")
