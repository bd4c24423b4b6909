"""Lines of JSON that the platform wrote itself: read as they are, without a second repair."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.domain.enums import Secrecy
from matcher.domain.followup import FollowUp
from matcher.domain.interaction import Interaction
from matcher.domain.record import Record
from matcher.files.row_ids import named, reference
from matcher.files.row_report import RowCode, refusal
from matcher.files.sheet_columns import COLUMNS
from matcher.files.source import Kind
from matcher.files.table import Row, Table

FORMAT = "format"
"""The key that marks a line of an export; its value is the noun and the version."""
VERSION = 1

_MARK = re.compile(rf"({'|'.join(map(str, COLUMNS))})/(\d+)")
_REFERENCES = ("need", "outcome", "manager")


@dataclass(frozen=True, slots=True)
class Place:
    """Where records come from and go to: the source's name, the node, the time of states."""

    namespace: str = ""
    node: str = ""
    at: dt.datetime | None = None


def mark(noun: str) -> str:
    """The value of `FORMAT` in a line that is written now."""
    return f"{noun}/{VERSION}"


def direct_values(table: Table, row: Row) -> dict[str, Any]:
    """A line of JSON as it stands, {} for a row of any other kind of file."""
    if table.source.kind is not Kind.JSONLINES:
        return {}
    pairs = zip(table.columns, row.cells, strict=False)
    return {name: cell for name, cell in pairs if cell is not None}


def is_direct(values: Mapping[str, Any], kind: type[Record]) -> bool:
    """Whether a line is to be taken as it is: it is marked, or a follow-up with nested parts."""
    marked = isinstance(values.get(FORMAT), str) and _MARK.fullmatch(values[FORMAT]) is not None
    nested = kind is FollowUp and any(
        isinstance(values.get(name), list | dict) for name in ("history", "notes", "contract")
    )
    return marked or nested


def read_direct(values: Mapping[str, Any], kind: type[Record], noun: str, place: Place) -> Record:
    """The record of such a line; what it says of node, owner and accounts counts.

    Raises InvalidValue for another noun or version, for what the record doesn't accept and for
    a secret.
    """
    _check_mark(values, noun)
    given = {name: value for name, value in values.items() if name != FORMAT}
    record: Any = kind.from_mapping(given)
    secrecy = getattr(record, "secrecy", Secrecy.OPEN)
    if secrecy not in (Secrecy.OPEN, Secrecy.INTERNAL):
        hint = "What is secret isn't put on a platform."
        raise refusal(RowCode.CLASSIFIED, f"is {secrecy.en}.", field="secrecy", hint=hint)
    changes = {"id": named(record.id, place.namespace), "node": record.node or place.node}
    if kind in (FollowUp, Interaction):
        changes |= {n: reference(getattr(record, n), place.namespace) for n in _REFERENCES}
    changed: Record = dataclasses.replace(record, **changes)
    return changed


def _check_mark(values: Mapping[str, Any], noun: str) -> None:
    found = _MARK.fullmatch(str(values.get(FORMAT, mark(noun))))
    if found is None or found[1] != noun:
        what = values.get(FORMAT)
        message = f"is a line of {what!r} in a file of {noun} records."
        hint = "Import it under its own kind."
        raise refusal(RowCode.WRONG_FORMAT, message, field=FORMAT, hint=hint)
    if int(found[2]) > VERSION:
        raise refusal(
            RowCode.WRONG_FORMAT,
            f"was written in format {found[2]}, which is newer than {VERSION}.",
            field=FORMAT,
            hint="Import it with the version that wrote it, or a later one.",
        )
