"""The report of a dry run as a page shows it: numbers, and behind each the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from matcher.actions.import_drafts import ImportDraft
from matcher.actions.import_findings import Finding, Findings, Group
from matcher.actions.import_preparing import mark
from matcher.actions.import_report import Action, PlanCode
from matcher.files.notices import Code
from matcher.files.row_report import RowCode
from matcher.web.import_words import (
    ABOUT_GROUPS,
    ACTIONS,
    GROUPS,
    field_name,
    no_text_told,
    notice_told,
    problem_told,
    problem_words,
)
from matcher.web.say import Say

SIZE = 25
"""Rows of a page."""
BOX = "cell-"
"""What the names of the boxes of a row begin with; the place of the column follows."""
_LONG = 60
"""Characters from which on a cell gets a box of several lines."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that leads to its rows."""

    group: Group
    label: str
    about: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class CodeShown:
    """A problem by its code, and how many rows of the group have it."""

    code: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class ProblemShown:
    """what: what it is; found: the text it is about; act: what to do; detail: exactly, in
    English, "" where that says no more."""

    column: str
    what: str
    found: str
    act: str
    detail: str


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell to be corrected. was: what the file says, where it was corrected."""

    box: str
    column: str
    field: str
    text: str
    was: str | None
    doubtful: bool
    long: bool


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row. title: by what a person knows it; seen: `mark` of its corrections; cells: none where
    there is nothing to correct; changed: what will be different, by field."""

    row: int
    title: str
    action: Action
    said: str
    problems: tuple[ProblemShown, ...]
    changed: tuple[str, ...]
    cells: tuple[CellShown, ...]
    seen: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class Paged:
    """Some rows, and the number behind which the next ones come, None at the end."""

    rows: tuple[RowShown, ...]
    next: int | None


def tiles(found: Findings, group: Group | None, say: Say) -> tuple[Tile, ...]:
    """The numbers of a report."""
    return tuple(
        Tile(one, say(*GROUPS[one]), say(*ABOUT_GROUPS[one]), found.counts[one], one is group)
        for one in Group
        if found.counts[one] or one is not Group.CORRECTED
    )


def codes_shown(found: Findings, group: Group, code: str, say: Say) -> tuple[CodeShown, ...]:
    """The problems that rows of a group have, the most frequent first."""
    counted = sorted(found.codes[group].items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        CodeShown(one, problem_words(one, say)[0], count, one == code) for one, count in counted
    )


def notices_shown(found: Findings, say: Say) -> tuple[tuple[str, str], ...]:
    """What is to be said of the whole file: what it is, and exactly, "" where that is all."""
    told = dict.fromkeys(
        (notice_told(*one, say), "" if one.about else one.message)
        for one in found.notices
        if one.code != Code.NO_TEXT_COLUMN
    )
    return tuple(told)


def text_missing(draft: ImportDraft, found: Findings, say: Say) -> str:
    """That no column is a text, "" where one is: it stands before all else."""
    about = (one.about for one in found.notices if one.code == Code.NO_TEXT_COLUMN and one.about)
    return next((no_text_told(draft.noun, fields[0], say) for fields in about), "")


def others_told(found: Findings, say: Say) -> str:
    """How many records would become something else, "" for none."""
    code = PlanCode.OTHER_TITLE.value
    count = found.codes.get(Group.NOTED, {}).get(code, 0)
    if not count:
        return ""
    return say(
        "{n} 行会把已有的记录换成名称完全不同的一项。",
        "{n} rows would give a record that is here a wholly different title.",
        n=say.number(count),
    )


def rows_shown(draft: ImportDraft, found: Iterable[Finding], say: Say) -> Paged:
    """The first rows of those that were found."""
    some = list(islice(found, SIZE + 1))
    rows = tuple(row_shown(draft, one, say) for one in some[:SIZE])
    return Paged(rows, some[SIZE - 1].row if len(some) > SIZE else None)


def row_shown(draft: ImportDraft, found: Finding, say: Say) -> RowShown:
    """A row with what was found in it, and the cells as they are to be."""
    typed = draft.overlay.corrections.get(str(found.row), {})
    return RowShown(
        row=found.row,
        title=_title(draft, found, typed),
        action=found.action,
        said=say(*ACTIONS[found.action]),
        problems=tuple(_problem(one, found, say) for one in found.problems),
        changed=tuple(field_name(draft.noun, one, say) for one in found.fields),
        cells=_cells(draft, found, typed, say) if found.whole else (),
        seen=mark(draft, found.row),
        corrected=bool(typed),
    )


def cells_typed(draft: ImportDraft, found: Finding, form: Mapping[str, str]) -> dict[str, str]:
    """What a form says otherwise than the file, by column."""
    return {
        one.name: text
        for place, one in enumerate(draft.guesses)
        if (text := _text(form, place)) is not None and text != found.cells.get(one.name, "")
    }


def _text(form: Mapping[str, str], place: int) -> str | None:
    """Line ends as browsers send them are taken for those of a cell."""
    text = form.get(f"{BOX}{place}")
    return None if text is None else text.replace("\r\n", "\n").strip()


def _title(draft: ImportDraft, found: Finding, typed: Mapping[str, str]) -> str:
    naming = [name for name, field in draft.overlay.columns.items() if field in _NAMING]
    texts = (typed.get(name) or found.cells.get(name, "") for name in naming)
    return next(filter(None, texts), "") or found.id


_NAMING = ("title", "name", "title_en", "name_en")


def _problem(told: Mapping[str, str], row: Finding, say: Say) -> ProblemShown:
    column = told.get("column", "")
    found = told.get("found", "")
    if told["code"] == RowCode.UNKNOWN_CODE:
        found = found or row.cells.get(column, "")
    what, act, detail = problem_told(told, row.id, found, say)
    return ProblemShown(column, what, found, act, detail)


def _cells(
    draft: ImportDraft, found: Finding, typed: Mapping[str, str], say: Say
) -> tuple[CellShown, ...]:
    """Those that something is said of first, then the others that are read."""
    doubtful = {one.get("column", "") for one in found.problems}
    shown = [
        _cell(draft, place, found, typed, doubtful, say)
        for place, one in enumerate(draft.guesses)
        if draft.overlay.columns.get(one.name) or one.name in typed
    ]
    return tuple(sorted(shown, key=lambda cell: not cell.doubtful))


def _cell(
    draft: ImportDraft,
    place: int,
    found: Finding,
    typed: Mapping[str, str],
    doubtful: set[str],
    say: Say,
) -> CellShown:
    name = draft.guesses[place].name
    field = draft.overlay.columns.get(name, "")
    was = found.cells.get(name, "")
    text = typed.get(name, was)
    return CellShown(
        box=f"{BOX}{place}",
        column=name,
        field=field_name(draft.noun, field, say) if field else "",
        text=text,
        was=was if name in typed else None,
        doubtful=name in doubtful,
        long=len(text) > _LONG or "\n" in text,
    )
