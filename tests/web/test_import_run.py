"""An import that was made, in words."""

from __future__ import annotations

from matcher.actions.import_undo import UndoReport
from matcher.domain.enums import Noun
from matcher.store.imports import ImportRow, ImportRun, ImportState, RowAction
from matcher.web.import_run import kept_row, run_shown, undo_steps
from tests.web.import_drafted import EN, NOW, ZH

RUN = ImportRun(
    id="i1",
    noun=Noun.FOLLOW_UP,
    file="f.csv",
    sha256="0",
    actor="a1",
    started_at=NOW,
    mapping={"kind": "interaction", "corrected": {"3": {"a": "b"}}},
    state=ImportState.DONE,
    counts={"created": 1200, "refused": 1, "updated": 0},
)


def test_it_says_what_who_and_how_many() -> None:
    shown = run_shown(RUN, {"a1": "Qin"}, EN)
    assert (shown.kind, shown.who, shown.state) == ("Interactions", "Qin", "imported")
    assert (shown.counts, shown.can_undo, shown.corrected) == ("1,200 new, 1 refused", True, 1)
    assert run_shown(RUN, {}, ZH).who == "系统管理员"


def test_a_row_is_told_with_what_its_cell_said() -> None:
    said = {"code": "repaired", "message": "was repaired.", "column": "名称", "field": "title"}
    row = ImportRow(3, "n1", RowAction.UPDATED, (said, {"wrote": "x"}), {"title": "t"})
    shown = kept_row(row, EN)
    assert (shown.row, shown.said, shown.refused) == (3, "changed", False)
    [problem] = shown.problems
    assert (problem.column, problem.found, problem.detail) == ("名称", "t", "was repaired.")


def test_what_undoing_will_do_is_told_before() -> None:
    counts = {"deleted": 2, "restored": 0, "withdrawn": 0, "left": 1}
    will = UndoReport(id="i1", noun="need", counts=counts, left=("n9",))
    assert undo_steps(will, EN) == (
        ("2", "that it made will be deleted", False),
        ("1", "were changed since, and stay as they are", True),
    )
