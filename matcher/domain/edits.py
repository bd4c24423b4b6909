"""What an edit changed, field by field, for reports, reviews and the history of a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TypeVar

from matcher.domain.record import Record
from matcher.errors import UsageError

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field and the values it had and has; `field` is a path such as `contract.value`."""

    field: str
    before: object
    after: object


def changes(before: R, after: R) -> tuple[FieldChange, ...]:
    """Return what differs between two records of one noun, in the order of its fields.

    A record within the record is compared field by field where both have it, a list as a whole.
    Raises UsageError for records of two nouns.
    """
    if type(before) is not type(after):
        nouns = f"{type(before).__name__} and {type(after).__name__}"
        raise UsageError(f"{nouns} can't be compared.", hint="Give two records of one noun.")
    return tuple(_changes(before, after, ""))


def _changes(before: Record, after: Record, path: str) -> Iterator[FieldChange]:
    for field in fields(before):  # type: ignore[arg-type]  # every record is a dataclass
        name = path + field.name
        old, new = getattr(before, field.name), getattr(after, field.name)
        if isinstance(old, Record) and isinstance(new, Record):
            yield from _changes(old, new, f"{name}.")
        elif old != new:
            yield FieldChange(name, old, new)
