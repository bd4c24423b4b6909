"""The rows of a dry run are counted, found again by what is said of them, and told with cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.actions.import_findings import Group, find, findings, groups_of, write_findings
from matcher.actions.import_report import Action, ImportReport, Problem, RowResult
from matcher.files.notices import Code, Notice
from matcher.files.row_report import RowCode

REPAIRED = Problem(RowCode.REPAIRED, "was repaired.", "名称", "title")
SAME_ID = Problem(RowCode.DUPLICATE_ID, "the id is in two rows.", None, "id", "Keep one.")
REPEATED = Problem(RowCode.DUPLICATE_ROW, "is the same.")
RESULTS = (
    RowResult(2, "a", Action.CREATED),
    RowResult(3, "b", Action.UPDATED, ("title",), (REPAIRED,), {"title": "t(ù)"}),
    RowResult(5, "", Action.REFUSED, (), (SAME_ID,)),
    RowResult(6, "", Action.SKIPPED, (), (REPEATED,)),
    RowResult(9, "c", Action.UNCHANGED),
)
CELLS = [(row, {"名称": f"n{row}" * 40, "b": "1", "c": "2", "d": "3"}) for row in (2, 3, 4, 5, 6)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    report = ImportReport(
        noun="need",
        file="f.csv",
        node="n1",
        results=RESULTS,
        notices=(Notice(Code.LEGACY_ENCODING, "was read as Big5.", "f.csv"),),
        unresolved={"某大学": 2},
    )
    write_findings(tmp_path / "f.jsonl", report, iter(CELLS), {9})
    return tmp_path / "f.jsonl"


def rows(path: Path, group: Group | None = None, code: str = "", after: int = 0) -> list[int]:
    return [one.row for one in find(path, group, code, after)]


def test_they_are_counted(path: Path) -> None:
    found = findings(path)
    assert found.rows == 5
    assert {group.value: count for group, count in found.counts.items()} == {
        "new": 1,
        "changed": 1,
        "unchanged": 1,
        "noted": 1,
        "refused": 1,
        "duplicate": 2,
        "corrected": 1,
    }
    assert found.codes[Group.DUPLICATE] == {"duplicate_id": 1, "duplicate_row": 1}
    assert found.notices == (("legacy_encoding", "was read as Big5.", ()),)
    assert found.unresolved == {"某大学": 2}


def test_they_are_found_by_group_and_code_behind_a_row(path: Path) -> None:
    assert rows(path) == [2, 3, 5, 6, 9]
    assert rows(path, after=3) == [5, 6, 9]
    assert rows(path, Group.DUPLICATE) == [5, 6]
    assert rows(path, Group.DUPLICATE, "duplicate_row") == [6]
    assert rows(path, Group.NEW, "duplicate_row") == []
    assert rows(path, Group.CORRECTED) == [9]


def test_a_row_is_told_with_its_cells_whole_where_there_is_something_to_say(path: Path) -> None:
    new, changed, refused, *_, same = find(path)
    assert (new.whole, list(new.cells), len(new.cells["名称"])) == (False, ["名称", "b", "c"], 60)
    assert (changed.whole, changed.cells) == (True, CELLS[1][1])
    assert changed.problems == (
        {
            "code": "repaired",
            "message": "was repaired.",
            "column": "名称",
            "field": "title",
            "found": "t(ù)",
        },
    )
    assert (changed.action, changed.fields, changed.id) == (Action.UPDATED, ("title",), "b")
    assert refused.cells == CELLS[3][1]
    assert (same.cells, same.whole) == ({}, True)


def test_a_refused_row_isnt_noted_besides() -> None:
    refused = RowResult(1, "", Action.REFUSED, (), (REPAIRED,))
    assert groups_of(refused) == (Group.REFUSED,)
    assert groups_of(RESULTS[1], {3}) == (Group.CHANGED, Group.NOTED, Group.CORRECTED)
