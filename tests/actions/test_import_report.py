from __future__ import annotations

from matcher.actions.import_report import (
    Action,
    ImportReport,
    PlanCode,
    Problem,
    RowResult,
    problem,
)
from matcher.domain import Noun
from matcher.files.row_report import RowCode, RowProblem

BAD = Problem(PlanCode.UNKNOWN_NODE, "there is no node.", "节点", "node", "Create it.")


def report(*results: RowResult) -> ImportReport:
    return ImportReport(noun=Noun.NEED, file="a.csv", node="core", results=results)


def test_rows_are_counted_by_action() -> None:
    found = report(RowResult(2, "a", Action.CREATED), RowResult(3, "b", Action.CREATED))
    assert {name: count for name, count in found.counts.items() if count} == {"created": 2}
    assert found.counts["refused"] == 0
    assert [action for action in Action if action.writes] == ["created", "updated", "restored"]


def test_the_refusal_quotes_the_first_rows() -> None:
    rows = [RowResult(n, "", Action.REFUSED, (), (BAD,)) for n in range(2, 7)]
    error = report(RowResult(1, "a", Action.CREATED), *rows).refusal()
    assert str(error) == (
        "a.csv: 5 of 6 rows can't be imported; nothing was. "
        "Row 2, column 节点: there is no node. Create it. "
        "Row 3, column 节点: there is no node. Create it. "
        "Row 4, column 节点: there is no node. Create it. And 2 more. "
        "Correct them, or take the others alone with --accept-partial."
    )
    assert (error.values["refused"], error.code) == (5, "import_refused")


def test_a_result_as_plain_values() -> None:
    row = RowResult(2, "a", Action.UPDATED, ("trl",), (BAD,), {"title": "ＡＢ"})
    assert row.to_mapping() == {
        "row": 2,
        "id": "a",
        "action": "updated",
        "fields": ["trl"],
        "problems": [
            {
                "code": "unknown_node",
                "message": "there is no node.",
                "column": "节点",
                "field": "node",
                "hint": "Create it.",
            }
        ],
        "original": {"title": "ＡＢ"},
    }


def test_what_the_reader_said_is_taken_over() -> None:
    said = problem(RowProblem(RowCode.REPAIRED, "was repaired.", "题", "title"))
    assert said == Problem(RowCode.REPAIRED, "was repaired.", "题", "title")
