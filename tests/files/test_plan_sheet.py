"""A docking plan as a sheet that a broker opens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from matcher.domain.enums import Language, Noun
from matcher.domain.plan import LineState, Plan, PlanLine, Quota, Unassigned, Unmet
from matcher.errors import UnwritableOutput, UsageError
from matcher.files.plan_sheet import check_plan_sheet, write_plan_sheet


def line(need: str, manager: str, value: float, **more: LineState) -> PlanLine:
    return PlanLine(need=need, outcome="o1", manager=manager, value=value, **more)


PLAN = Plan(
    id="P1",
    made_at=datetime(2026, 11, 1, tzinfo=UTC),
    by="a1",
    quota=Quota(most=3),
    lines=(
        line("n1", "m2", 0.25),
        line("n2", "m1", 0.5),
        line("n3", "m1", 0.75),
        line("n4", "m1", 0.9, state=LineState.REMOVED),
    ),
    unassigned=(Unassigned(need="n5", outcome="o1", rule=Unmet.QUOTA),),
)
TITLES = {
    (Noun.NEED, "n3"): "=HYPERLINK(1)",
    (Noun.OUTCOME, "o1"): "石墨烯\x00涂层",
    (Noun.MANAGER, "m1"): "某甲",
}


def rows(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))


def test_pairs_stand_by_manager_the_best_first_then_what_found_nobody(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    assert write_plan_sheet(path, PLAN, TITLES, Language.EN) == 5
    outcome = "石墨烯涂层"
    assert rows(path) == [
        (
            *("Manager", "Need", "Outcome", "Value", "State", "Why nobody"),
            *("Manager id", "Need id", "Outcome id"),
        ),
        ("某甲", "=HYPERLINK(1)", outcome, 0.75, "proposed", None, "m1", "n3", "o1"),
        ("某甲", "n2", outcome, 0.5, "proposed", None, "m1", "n2", "o1"),
        ("某甲", "n4", outcome, 0.9, "removed", None, "m1", "n4", "o1"),
        ("m2", "n1", outcome, 0.25, "proposed", None, "m2", "n1", "o1"),
        (None, "n5", outcome, None, None, "those who fit best are full", None, "n5", "o1"),
    ]


def test_the_plan_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "对接计划.XLSX"
    write_plan_sheet(path, PLAN, TITLES, Language.ZH)
    heading, first, *_, last = rows(path)
    assert heading[:6] == ("技术经理人", "需求", "成果", "对接值", "状态", "未分配原因")
    assert (first[4], last[5]) == ("建议", "最合适的经理人均已满额")


def test_a_title_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_plan_sheet(path, PLAN, TITLES, Language.EN)
    cell = openpyxl.load_workbook(path).active["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    for path in (one, other):
        write_plan_sheet(path, PLAN, TITLES, Language.EN)
    assert one.read_bytes() == other.read_bytes()


def test_an_empty_plan_is_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    empty = Plan(id="P2", made_at=PLAN.made_at, by="a1", quota=Quota(most=1))
    assert write_plan_sheet(path, empty, {}, Language.EN) == 0
    assert len(rows(path)) == 1


@pytest.mark.parametrize("name", ["plan.csv", "plan", "plan.xlsx.exe"])
def test_another_suffix_is_refused_and_nothing_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        write_plan_sheet(tmp_path / name, PLAN, TITLES, Language.EN)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_isnt_there_is_said_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput):
        check_plan_sheet(tmp_path / "none" / "plan.xlsx")
