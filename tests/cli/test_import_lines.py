from __future__ import annotations

from datetime import UTC, datetime

from matcher.actions.import_report import Action, ImportReport, Problem, RowResult
from matcher.actions.import_runs import Shown
from matcher.actions.import_undo import UndoReport
from matcher.cli.import_lines import (
    report_lines,
    report_mapping,
    run_line,
    run_mapping,
    shown_lines,
    undo_line,
    undo_mapping,
)
from matcher.domain import Noun
from matcher.files.notices import Code, Notice
from matcher.files.row_report import RowCode
from matcher.store.imports import ImportRow, ImportRun, ImportState, RowAction
from matcher.store.leaning import Leaning

NOW = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
SAID = Problem(RowCode.REPAIRED, "was repaired.", "题", "title", "Look.")
RUN = ImportRun(
    id="i1",
    noun=Noun.NEED,
    file="a.csv",
    sha256="00",
    actor="operator",
    started_at=NOW,
    state=ImportState.DONE,
    counts={"created": 2, "updated": 0},
)


def report(*results: RowResult, id_: str = "i1", **more: object) -> ImportReport:
    return ImportReport(
        id=id_,
        noun=Noun.NEED,
        file="a.csv",
        node="core",
        results=results,
        **more,  # type: ignore[arg-type]
    )


def test_the_first_of_each_kind_then_the_counts() -> None:
    rows = [RowResult(n, f"n{n}", Action.CREATED, (), (SAID,)) for n in range(2, 7)]
    notice = Notice(Code.LEGACY_ENCODING, "was read as gb18030.", "a.csv")
    skipped = RowResult(7, "", Action.SKIPPED)
    told = report(*rows, skipped, notices=(notice,), unresolved={"甲": 1, "乙": 2})
    assert list(report_lines(told)) == [
        "Note: was read as gb18030.",
        "Note: row 2 (n2): column 题: was repaired. Look.",
        "Note: row 3 (n3): column 题: was repaired. Look.",
        "Note: row 4 (n4): column 题: was repaired. Look.",
        "Note: 2 more like this.",
        "Note: 3 rows name organisations that nobody knows yet: 乙, 甲.",
        "a.csv: 6 rows: 5 created, 1 left out.",
        "This is the import i1.",
    ]


def test_without_an_import_it_is_said_so() -> None:
    assert list(report_lines(report(id_="")))[-2:] == [
        "a.csv: 0 rows: none.",
        "Nothing was imported.",
    ]


def test_scripts_get_the_rows_that_say_something() -> None:
    rows = (RowResult(2, "a", Action.CREATED), RowResult(3, "b", Action.CREATED, (), (SAID,)))
    told = report_mapping(report(*rows), dry_run=False)
    assert (told["rows"], told["imported"], told["counts"]["created"]) == (2, True, 2)
    assert [one["row"] for one in told["problems"]] == [3]


def test_an_import_on_one_line() -> None:
    line = "i1  2026-11-01 09:30  need  a.csv: 2 created by operator"
    assert run_line(RUN) == line
    told = run_mapping(RUN)
    assert (told["started_at"], told["finished_at"]) == ("2026-11-01T09:30:00+00:00", None)


def test_the_rows_of_an_import() -> None:
    row = ImportRow(3, "b", RowAction.CREATED, (SAID.to_mapping(),))
    assert list(shown_lines(Shown(RUN, (row,))))[1:] == [
        "sha256 00",
        "row 3 (b), created: column 题: was repaired. Look.",
    ]


def test_an_undo_in_words() -> None:
    counts = {"deleted": 1000, "restored": 1, "withdrawn": 0, "left": 1}
    told = UndoReport(id="i1", noun=Noun.NEED, counts=counts, left=("x",))
    words = "1,000 deleted, 1 as before the import, 1 left alone, changed since"
    assert undo_line(told) == f"The import i1 is undone: {words}."
    assert undo_mapping(told)["left"] == ["x"]
    assert "losing" not in undo_mapping(told)
    would = UndoReport(
        id="i1", noun="need", counts={"deleted": 1}, dry_run=True, losing=Leaning(2, 1)
    )
    line = "The import i1 would be undone: 1 deleted. 2 open follow-ups and 1 open interests"
    assert undo_line(would) == f"{line} would lose a record they name."
    assert undo_mapping(would)["losing"] == {"followups": 2, "interests": 1}
    nothing = UndoReport(id="i1", noun=Noun.NEED, counts={}, dry_run=True)
    assert undo_line(nothing) == "The import i1 would be undone: it had changed nothing."
