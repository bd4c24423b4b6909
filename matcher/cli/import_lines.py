"""An import in words: how many rows met with what, and the first of each kind of problem."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from matcher.actions.import_report import Action, ImportReport
from matcher.actions.import_runs import Shown, noun_of, problems_of
from matcher.actions.import_undo import UndoReport
from matcher.actions.imports import counted
from matcher.actions.taking_back import Fate
from matcher.files.notices import Notice
from matcher.store.imports import ImportRun

SHOWN = 3
"""Of one kind; the others are counted."""
_ACTIONS = {Action.SKIPPED: "left out", Action.RESTORED: "restored after a deletion"}
_FATES = {Fate.RESTORED: "as before the import", Fate.LEFT: "left alone, changed since"}


def report_lines(report: ImportReport) -> Iterator[str]:
    """What a person reads after an import or a dry run; refused rows are told by the error."""
    yield from _first(("", notice.code, _noticed(notice)) for notice in report.notices)
    yield from _first(_problems(report))
    yield from _unresolved(report.unresolved)
    told = ", ".join(
        f"{number:,} {_ACTIONS.get(action, action)}" for action, number in counted(report)
    )
    yield f"{report.file}: {len(report.results):,} rows: {told or 'none'}."
    if report.id:
        yield f"This is the import {report.id}."
    else:
        yield "Nothing was imported."


def report_mapping(report: ImportReport, dry_run: bool) -> dict[str, Any]:
    """The same for scripts: counts, and all rows with something to say."""
    told = (result for result in report.results if result.problems)
    return {
        "id": report.id,
        "noun": report.noun,
        "file": report.file,
        "node": report.node,
        "dry_run": dry_run,
        "imported": bool(report.id),
        "rows": len(report.results),
        "counts": report.counts,
        "notices": [str(notice) for notice in report.notices],
        "unresolved": dict(report.unresolved),
        "problems": [result.to_mapping() for result in told],
    }


def run_line(run: ImportRun) -> str:
    """An import on one line."""
    counts = ", ".join(f"{number} {name}" for name, number in run.counts.items() if number)
    undone = f" ({run.state.value})" if run.state.value != "done" else ""
    when = f"{run.started_at:%Y-%m-%d %H:%M}"
    return f"{run.id}  {when}  {noun_of(run)}  {run.file}: {counts} by {run.actor}{undone}"


def run_mapping(run: ImportRun) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "id": run.id,
        "noun": noun_of(run),
        "file": run.file,
        "sha256": run.sha256,
        "source": run.namespace,
        "mapping": dict(run.mapping),
        "actor": run.actor,
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "state": run.state.value,
        "counts": dict(run.counts),
    }


def shown_lines(shown: Shown) -> Iterator[str]:
    """An import and its rows with something to say."""
    yield run_line(shown.run)
    yield f"sha256 {shown.run.sha256}"
    for row in shown.rows:
        for said in problems_of(row):
            name = f" ({row.record_id})" if row.record_id else ""
            yield f"row {row.row}{name}, {row.action.value}: {_sentence(said)}"


def shown_mapping(shown: Shown) -> dict[str, Any]:
    """The same for scripts."""
    rows = [
        {
            "row": row.row,
            "id": row.record_id,
            "action": row.action.value,
            "problems": problems_of(row),
            "original": dict(row.original),
        }
        for row in shown.rows
    ]
    return {**run_mapping(shown.run), "problems": rows}


def undo_line(report: UndoReport) -> str:
    """What was undone."""
    fates = ((Fate(name), number) for name, number in report.counts.items() if number)
    told = ", ".join(f"{number:,} {_FATES.get(fate, fate)}" for fate, number in fates)
    verb = "would be undone" if report.dry_run else "is undone"
    return f"The import {report.id} {verb}: {told or 'it had changed nothing'}.{_losing(report)}"


def undo_mapping(report: UndoReport) -> dict[str, Any]:
    """The same for scripts."""
    names = {"id": report.id, "noun": report.noun, "dry_run": report.dry_run}
    counts, losing = dict(report.counts), dataclasses.asdict(report.losing)
    told = {**names, "counts": counts, "left": list(report.left)}
    return {**told, "losing": losing} if report.dry_run else told


def _losing(report: UndoReport) -> str:
    """What loses a record that would be deleted."""
    numbers = {"follow-ups": report.losing.followups, "interests": report.losing.interests}
    told = " and ".join(f"{number:,} open {name}" for name, number in numbers.items() if number)
    return f" {told} would lose a record they name." if told else ""


def _problems(report: ImportReport) -> Iterator[tuple[str, str, str]]:
    for result in report.results:
        for said in result.problems:
            name = f" ({result.id})" if result.id else ""
            line = f"row {result.row}{name}: {_sentence(said.to_mapping())}"
            yield result.action.value, said.code, line


def _first(told: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """The first few of each kind, then how many more there are."""
    kept: dict[tuple[str, str], list[str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for action, code, line in told:
        kind = (action, code)
        counts[kind] += 1
        if counts[kind] <= SHOWN:
            kept.setdefault(kind, []).append(line)
    for kind, lines in kept.items():
        yield from (f"Note: {line}" for line in lines)
        if counts[kind] > SHOWN:
            yield f"Note: {counts[kind] - SHOWN:,} more like this."


def _sentence(said: Mapping[str, str]) -> str:
    column = f"column {said['column']}: " if said.get("column") else ""
    return " ".join(filter(None, (f"{column}{said['message']}", said.get("hint", ""))))


def _noticed(notice: Notice) -> str:
    row = "" if notice.row is None else f"row {notice.row}: "
    column = "" if notice.column is None else f"column {notice.column}: "
    return f"{row}{column}{notice.message}"


def _unresolved(named: Mapping[str, int]) -> Iterator[str]:
    if named:
        first = ", ".join(sorted(named, key=lambda name: (-named[name], name))[:SHOWN])
        more = f" and {len(named) - SHOWN:,} more" if len(named) > SHOWN else ""
        number = sum(named.values())
        yield f"Note: {number:,} rows name organisations that nobody knows yet: {first}{more}."
