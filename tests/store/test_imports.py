"""Imports: what was read and what became of it, page by page, done and undone once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.enums import Noun
from matcher.errors import DuplicateId, EditConflict, NotFound
from matcher.store import imports
from matcher.store.imports import ImportRow, ImportRun, ImportState, RowAction

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)
RUN = ImportRun(
    id="I1",
    noun=Noun.NEED,
    file="需求.xlsx",
    sha256="ab" * 32,
    actor="A1",
    started_at=NOON,
    mapping={"columns": {"标题": "title"}, "unit": 10000},
    namespace="north",
)
ROWS = [
    ImportRow(3, "N1", RowAction.CREATED, (), {"标题": "石墨烯", "预算": 3.5, "备注": None}),
    ImportRow(4, "", RowAction.REFUSED, ({"field": "budget", "message": "no amount"},), {"a": "b"}),
    ImportRow(5, "N2", RowAction.UPDATED),
    ImportRow(9, "N3", RowAction.CREATED),
]


@pytest.fixture
def session(database):
    with database.writing() as session:
        imports.start(session, RUN)
        imports.add_rows(session, "I1", ROWS)
        yield session


def test_an_import_comes_back_as_it_was_started(session):
    assert imports.get(session, "I1") == RUN
    assert imports.get(session, "I9") is None
    assert imports.get(session, "\0") is None


def test_an_import_is_done_with_its_counts_then_undone(session):
    imports.finish(session, "I1", LATER, {"created": 2, "refused": 1})
    done = replace(
        RUN, state=ImportState.DONE, finished_at=LATER, counts={"created": 2, "refused": 1}
    )
    assert imports.get(session, "I1") == done
    imports.undo(session, "I1", {"undone": {"left": ["o1"]}})
    told = {**RUN.mapping, "undone": {"left": ["o1"]}}
    assert imports.get(session, "I1") == replace(done, state=ImportState.UNDONE, mapping=told)


def test_an_import_that_begins_is_not_done_whatever_it_says(session):
    claimed = replace(RUN, id="I2", state=ImportState.DONE, finished_at=LATER)
    imports.start(session, claimed)
    assert imports.get(session, "I2") == replace(RUN, id="I2")


def test_nothing_is_done_or_undone_twice_or_out_of_order(session):
    with pytest.raises(EditConflict):
        imports.undo(session, "I1")
    imports.finish(session, "I1", LATER, {})
    with pytest.raises(EditConflict):
        imports.finish(session, "I1", LATER, {"created": 9})
    imports.undo(session, "I1")
    with pytest.raises(EditConflict):
        imports.undo(session, "I1")


def test_an_import_that_is_not_there_is_not_found(session):
    with pytest.raises(NotFound):
        imports.undo(session, "I9")
    with pytest.raises(NotFound):
        imports.finish(session, "I9", NOON, {})


def test_an_id_is_used_once(session):
    with pytest.raises(DuplicateId):
        imports.start(session, replace(RUN, file="other.csv"))


def test_rows_come_in_the_order_of_the_file_by_pages(session):
    assert imports.rows(session, "I1") == tuple(ROWS)
    assert imports.rows(session, "I1", limit=2) == tuple(ROWS[:2])
    assert imports.rows(session, "I1", after=4, limit=1) == (ROWS[2],)
    assert imports.rows(session, "I1", after=9) == ()
    assert imports.rows(session, "I9") == ()


def test_rows_are_found_by_what_became_of_them(session):
    assert imports.rows(session, "I1", actions=[RowAction.CREATED]) == (ROWS[0], ROWS[3])
    refused_or_updated = (RowAction.REFUSED, RowAction.UPDATED)
    assert imports.rows(session, "I1", actions=refused_or_updated) == (ROWS[1], ROWS[2])


def test_a_damaged_cell_does_not_stop_the_report(session):
    damaged = ImportRow(10, "", RowAction.REFUSED, ({"cell": "a\0b"},), {"k\0": ["\ud800c", "中"]})
    imports.add_rows(session, "I1", [damaged])
    imports.start(session, replace(RUN, id="I2", file="\udcff.csv"))
    kept = imports.rows(session, "I1", after=9)
    assert kept == (ImportRow(10, "", RowAction.REFUSED, ({"cell": "a�b"},), {"k�": ["�c", "中"]}),)
    assert imports.get(session, "I2") == replace(RUN, id="I2", file="�.csv")


def test_the_import_started_last_comes_first_though_the_clock_went_back(session):
    for id, hours in (("I0", 1), ("I5", 2), ("I3", 3)):
        imports.start(session, replace(RUN, id=id, started_at=NOON - timedelta(hours=hours)))
    assert [run.id for run in imports.recent(session)] == ["I3", "I5", "I0", "I1"]
    assert [run.id for run in imports.recent(session, limit=2, offset=1)] == ["I5", "I0"]


def test_a_file_of_many_rows_is_kept_whole(session):
    many = [ImportRow(n, f"N{n}", RowAction.CREATED) for n in range(100, 1600)]
    imports.add_rows(session, "I1", iter(many))
    assert imports.rows(session, "I1", after=99, limit=2000) == tuple(many)
