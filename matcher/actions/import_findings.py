"""The rows of a dry run as a person looks at them: what each says, and what was found in it.

A file of lines: first the counts, then a line a row, which begins with the words it is found by.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from matcher.actions.import_report import Action, ImportReport, Problem, RowResult
from matcher.files.atomic import replacing
from matcher.files.row_report import RowCode

_TAB = "\t"
_EXCERPT, _LONGEST = 3, 60
"""Cells, and characters of each, that are kept of a row that nobody has to look at."""

_NO_MORE: tuple[int, Mapping[str, str]] = (sys.maxsize, {})


class Group(StrEnum):
    """What rows are counted as. A row that is noted is new, changed or unchanged besides, one whose
    cells a person corrected is anything."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOTED = "noted"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    CORRECTED = "corrected"


_OF_ACTION: Mapping[Action, Group] = {
    Action.CREATED: Group.NEW,
    Action.RESTORED: Group.CHANGED,
    Action.UPDATED: Group.CHANGED,
    Action.UNCHANGED: Group.UNCHANGED,
    Action.SKIPPED: Group.DUPLICATE,
    Action.REFUSED: Group.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A row by its number. cells: by column, as the file has them; whole: whether these are all, as
    they are of a row that was corrected or that there is something to say of.

    problems: see `Problem.to_mapping`; fields: those that change in the record that is there.
    """

    row: int
    id: str
    action: Action
    cells: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Mapping[str, str], ...] = ()
    fields: tuple[str, ...] = ()
    whole: bool = False


class FileNotice(NamedTuple):
    """A notice by its code, exactly, and the columns or fields that it is about."""

    code: str
    message: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What a dry run found. counts: rows by group; codes: by group, then by code of a problem.

    notices: what is to be said of the whole file; unresolved: organisations that nobody knows, with
    the number of rows.
    """

    rows: int
    counts: Mapping[Group, int]
    codes: Mapping[Group, Mapping[str, int]]
    notices: tuple[FileNotice, ...]
    unresolved: Mapping[str, int]


def write_findings(
    path: Path,
    report: ImportReport,
    cells: Iterable[tuple[int, Mapping[str, str]]],
    corrected: Collection[int] = (),
) -> None:
    """Write them; `cells` are those of all rows, in the order of the report, `corrected` are the
    numbers of rows that a person corrected. The file appears whole or not at all. Raises
    UnwritableOutput.
    """
    with replacing(path) as stream:
        stream.write(f"{json.dumps(_head(report, corrected))}\n".encode())
        for result, texts in _beside(report.results, iter(cells)):
            stream.write(f"{_line(result, texts, corrected)}\n".encode())


def findings(path: Path) -> Findings:
    """What was found, in numbers."""
    with path.open(encoding="utf-8") as stream:
        told = json.loads(stream.readline())
    return Findings(
        told["rows"],
        {Group(name): count for name, count in told["counts"].items()},
        {Group(name): codes for name, codes in told["codes"].items()},
        tuple(map(_notice, told["notices"])),
        told["unresolved"],
    )


def find(
    path: Path, group: Group | None = None, code: str = "", after: int = 0
) -> Iterator[Finding]:
    """The rows with a number above `after`, in their order: those of a group, with a problem of
    this code, where these are named."""
    wanted = {f"#{word}" for word in (group, code) if word}
    with path.open(encoding="utf-8") as stream:
        next(stream)
        for line in stream:
            words, number, rest = line.split(_TAB, 2)
            if int(number) > after and wanted <= set(words.split()):
                yield _finding(int(number), json.loads(rest))


def groups_of(result: RowResult, corrected: Collection[int] = ()) -> tuple[Group, ...]:
    """What a row is counted as."""
    found = [_OF_ACTION[result.action]]
    if RowCode.DUPLICATE_ID in (one.code for one in result.problems):
        found.append(Group.DUPLICATE)
    elif result.problems and found[0] in (Group.NEW, Group.CHANGED, Group.UNCHANGED):
        found.append(Group.NOTED)
    return (*found, Group.CORRECTED) if result.row in corrected else tuple(found)


def _head(report: ImportReport, corrected: Collection[int]) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    codes: dict[str, Counter[str]] = {group.value: Counter() for group in Group}
    for result in report.results:
        for group in groups_of(result, corrected):
            counts[group.value] += 1
            codes[group.value].update({one.code.value for one in result.problems})
    return {
        "rows": len(report.results),
        "counts": {group.value: counts[group.value] for group in Group},
        "codes": codes,
        "notices": [(one.code.value, one.message, one.about) for one in report.notices],
        "unresolved": dict(report.unresolved),
    }


def _notice(told: Sequence[Any]) -> FileNotice:
    """One of an earlier release names nothing that it is about."""
    code, message, *about = told
    return FileNotice(code, message, tuple(about[0]) if about else ())


def _beside(
    results: Iterable[RowResult], cells: Iterator[tuple[int, Mapping[str, str]]]
) -> Iterator[tuple[RowResult, Mapping[str, str]]]:
    """Each result with what its row says; both stand in the order of the file."""
    row, texts = next(cells, _NO_MORE)
    for result in results:
        while row < result.row:
            row, texts = next(cells, _NO_MORE)
        yield result, texts if row == result.row else {}


def _line(result: RowResult, texts: Mapping[str, str], corrected: Collection[int]) -> str:
    groups = groups_of(result, corrected)
    whole = bool(result.problems) or result.row in corrected
    words = " ".join(f"#{word}" for word in (*groups, *(one.code.value for one in result.problems)))
    told = {
        "id": result.id,
        "action": result.action.value,
        "fields": result.fields,
        "problems": [_told(one, result) for one in result.problems],
        "cells": dict(texts) if whole else _excerpt(texts),
        "whole": whole,
    }
    return _TAB.join((words, str(result.row), json.dumps(told, ensure_ascii=True)))


def _told(problem: Problem, result: RowResult) -> dict[str, str]:
    """The problem with the text that it is about, where one was kept."""
    found = result.original.get(problem.field or "", "")
    return {**problem.to_mapping(), **({"found": found} if found else {})}


def _excerpt(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text[:_LONGEST] for name, text in list(texts.items())[:_EXCERPT]}


def _finding(row: int, told: Mapping[str, Any]) -> Finding:
    return Finding(
        row,
        told["id"],
        Action(told["action"]),
        told["cells"],
        tuple(told["problems"]),
        tuple(told["fields"]),
        told["whole"],
    )
