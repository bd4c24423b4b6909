"""An import that was made, in words."""

from __future__ import annotations

from dataclasses import replace

from matcher.actions.import_undo import UndoReport
from matcher.actions.subject_names import SubjectName
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.store.imports import ImportRow, ImportRun, ImportState, RowAction
from matcher.store.leaning import Leaning
from matcher.web.import_run import kept_row, run_shown, subject_of, undo_losses, undo_steps
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
    shown = kept_row(RUN, row, {}, EN)
    assert (shown.row, shown.said, shown.refused) == (3, "changed", False)
    assert (shown.title, shown.href) == ("n1", "")
    [problem] = shown.problems
    assert (problem.column, problem.found, problem.detail) == ("名称", "t", "")


def test_a_row_is_called_by_the_title_of_its_record() -> None:
    run = replace(RUN, mapping={"kind": "need"})
    row = ImportRow(3, "n1", RowAction.UPDATED, ())
    subject = subject_of(run, row)
    assert subject == Subject(noun=Noun.NEED, id="n1")
    gone = kept_row(run, row, {subject: SubjectName("Pump", there=False)}, EN)
    assert (gone.title, gone.href) == ("Pump", "")
    assert subject_of(RUN, row) is None
    assert subject_of(run, replace(row, record_id="")) is None


def test_a_row_that_was_passed_over_isnt_called_unchanged() -> None:
    said = {"code": "duplicate_row", "message": "is the same as row 2."}
    row = ImportRow(3, "", RowAction.UNCHANGED, (said,))
    assert kept_row(RUN, row, {}, ZH).said == "跳过"
    assert kept_row(RUN, replace(row, problems=()), {}, ZH).said == "未变"


def test_what_loses_a_record_is_told_before() -> None:
    will = UndoReport(id="i1", noun="need", counts={}, losing=Leaning(2, 0))
    assert undo_losses(will, ZH) == ("2 条在办的跟进会失去它们的需求",)
    both = replace(will, noun="outcome", losing=Leaning(1, 3))
    assert undo_losses(both, EN) == (
        "1 open follow-ups lose their outcome",
        "3 waiting interests lose their outcome",
    )
    assert undo_losses(replace(will, losing=Leaning()), EN) == ()


def test_what_undoing_will_do_is_told_before() -> None:
    counts = {"deleted": 2, "restored": 0, "withdrawn": 0, "left": 1}
    will = UndoReport(id="i1", noun="need", counts=counts, left=("n9",))
    assert undo_steps(will, EN) == (
        ("2", "that it made will be deleted", False),
        ("1", "were changed since, and stay as they are", True),
    )
