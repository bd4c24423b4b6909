"""A docking plan as an Excel sheet for a broker: who carries which pair, then what found nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from matcher.domain.enums import Language, Noun
from matcher.domain.plan import Plan, PlanLine, Unassigned
from matcher.errors import UsageError
from matcher.files.atomic import check_writable, replacing
from matcher.files.sheets import GENERAL, SheetColumn, SheetValue, write_sheet

Titles = Mapping[tuple[Noun, str], str]
"""Of the records that are there, by noun and id."""

SUFFIX = ".xlsx"


@dataclass(frozen=True, slots=True)
class _Column:
    zh: str
    en: str
    width: float
    number_format: str = GENERAL

    def in_language(self, language: Language) -> SheetColumn:
        heading = self.zh if language is Language.ZH else self.en
        return SheetColumn(heading, self.width, self.width >= _WIDE, self.number_format)


_WIDE = 30
_COLUMNS: Mapping[str, _Column] = MappingProxyType(
    {
        "manager": _Column("技术经理人", "Manager", 24),
        "need": _Column("需求", "Need", 40),
        "outcome": _Column("成果", "Outcome", 40),
        "value": _Column("对接值", "Value", 9, "0.000"),
        "state": _Column("状态", "State", 12),
        "why": _Column("未分配原因", "Why nobody", 36),
        "manager_id": _Column("经理人编号", "Manager id", 16),
        "need_id": _Column("需求编号", "Need id", 16),
        "outcome_id": _Column("成果编号", "Outcome id", 16),
    }
)
_INSTEAD = "Use --json, or plan fewer needs at once."


def check_plan_sheet(path: str | Path) -> None:
    """Raise UsageError for another suffix than .xlsx, UnwritableOutput for a bad place."""
    suffix = Path(path).suffix.lower()
    if suffix != SUFFIX:
        message = f"plans aren't written as {suffix or 'a file without a suffix'}."
        raise UsageError(message, file=str(path), hint=f"Use {SUFFIX}.")
    check_writable(path)


def write_plan_sheet(
    path: str | Path, plan: Plan, titles: Titles, language: Language, *, instead: str = _INSTEAD
) -> int:
    """Write the plan's pairs by manager, the best first, then the pairs that found nobody and why.

    Lines that were taken out stay, with their state. Returns how many rows there were. The same
    plan gives the same bytes; the file appears whole or not at all. Raises UsageError, and
    UnwritableOutput, with `instead` as the way out where these are more than a sheet holds.
    """
    check_plan_sheet(path)
    columns = [column.in_language(language) for column in _COLUMNS.values()]
    rows = ([row.get(key) for key in _COLUMNS] for row in _rows(plan, titles, language))
    with replacing(path) as stream:
        return write_sheet(stream, "plan", columns, rows, name=str(path), instead=instead)


def _rows(plan: Plan, titles: Titles, language: Language) -> Iterator[dict[str, SheetValue]]:
    for line in _by_manager(plan.lines):
        yield {
            **_pair(line, titles),
            "manager": titles.get((Noun.MANAGER, line.manager)) or line.manager,
            "manager_id": line.manager,
            "value": float(line.value),
            "state": line.state.label(language),
        }
    for left in plan.unassigned:
        yield {**_pair(left, titles), "why": left.rule.label(language)}


def _by_manager(lines: Iterable[PlanLine]) -> list[PlanLine]:
    return sorted(lines, key=lambda one: (one.manager, not one.counts, -one.value))


def _pair(pair: PlanLine | Unassigned, titles: Titles) -> dict[str, SheetValue]:
    """Both titles, or else the ids, which come once more in columns of their own."""
    return {
        "need": titles.get((Noun.NEED, pair.need)) or pair.need,
        "outcome": titles.get((Noun.OUTCOME, pair.outcome)) or pair.outcome,
        "need_id": pair.need,
        "outcome_id": pair.outcome,
    }
