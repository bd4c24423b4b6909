"""Records side by side: what each of them says, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matcher.web.record_shown import ORDER, RecordShown
from matcher.web.say import Say

MOST = 3
_LONGEST = 600
"""Characters of a text; its page has all of it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one record says; "" where it says nothing."""

    text: str
    tongue: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A field over all records. differs: whether they don't all say the same."""

    label: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether they don't all say the same."""
        return len({cell.text for cell in self.cells}) > 1


def comparison(records: Sequence[RecordShown], say: Say) -> tuple[Row, ...]:
    """The fields that any of the records fills: whose it is, the facts, then the texts."""
    own = [
        (say("单位", "Holder"), lambda one: Cell(one.party)),
        (say("地区", "Place"), lambda one: Cell(one.place)),
    ]
    rows = [_row(label, records, tell) for label, tell in own]
    rows += [
        _row(label, records, lambda one, name=name: _fact(one, name))  # type: ignore[misc]
        for name, label in _names(records, "facts").items()
    ]
    rows += [
        _row(label, records, lambda one, name=name: _text(one, name))  # type: ignore[misc]
        for name, label in _names(records, "texts").items()
    ]
    return tuple(row for row in rows if any(cell.text for cell in row.cells))


def _row(label: str, records: Sequence[RecordShown], tell: Callable[[RecordShown], Cell]) -> Row:
    return Row(label, tuple(map(tell, records)))


def _names(records: Sequence[RecordShown], part: str) -> Mapping[str, str]:
    """By name the labels of the fields that any of them has, in the order of a record's page."""
    found = {one.name: one.label for record in records for one in getattr(record, part)}
    order = [name for record in records[:1] for name in ORDER[record.noun]]
    return {name: found[name] for name in order if name in found}


def _fact(record: RecordShown, name: str) -> Cell:
    return next((Cell(one.value) for one in record.facts if one.name == name), Cell(""))


def _text(record: RecordShown, name: str) -> Cell:
    found = (Cell(_cut(one.text), one.tongue) for one in record.texts if one.name == name)
    return next(found, Cell(""))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
