"""What is kept of each row of an import: to be shown, and to be taken back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from matcher.actions.import_plan import Planned
from matcher.actions.import_report import Action
from matcher.domain.interaction import Interaction
from matcher.domain.record import Record
from matcher.store.imports import ImportRow, RowAction

_WROTE, _BEFORE = "wrote", "before"
_KEPT = {
    Action.CREATED: RowAction.CREATED,
    Action.UPDATED: RowAction.UPDATED,
    Action.RESTORED: RowAction.UPDATED,
    Action.UNCHANGED: RowAction.UNCHANGED,
    Action.SKIPPED: RowAction.UNCHANGED,
    Action.REFUSED: RowAction.REFUSED,
}
WRITING = (RowAction.CREATED, RowAction.UPDATED)
"""The actions of rows for which something was written."""


def kept_rows(planned: Iterable[Planned]) -> Iterator[ImportRow]:
    """The rows of a plan as they are kept."""
    for one in planned:
        result = one.result
        said: list[Mapping[str, Any]] = [problem.to_mapping() for problem in result.problems]
        if isinstance(one.record, Interaction) and result.action.writes:
            said.append(_trace(one))
        yield ImportRow(result.row, result.id, _KEPT[result.action], tuple(said), result.original)


def wrote(row: ImportRow, now: Record) -> bool:
    """Whether what is there now is what this row wrote; for records without versions."""
    return any(one[_WROTE] == digest(now) for one in row.problems if _WROTE in one)


def before(row: ImportRow) -> Interaction | None:
    """The interaction that this row was written over, None where there was none."""
    found = (one[_BEFORE] for one in row.problems if one.get(_BEFORE))
    return next((Interaction.from_mapping(one) for one in found), None)


def digest(record: Record) -> str:
    """16 hex digits that tell one content from another."""
    told = json.dumps(record.to_mapping(), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _trace(planned: Planned) -> Mapping[str, Any]:
    """What undoing needs of a record that has no versions."""
    earlier = planned.before.to_mapping() if planned.before is not None else None
    return {_WROTE: digest(planned.record), _BEFORE: earlier}
