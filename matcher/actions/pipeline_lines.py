"""Follow-ups as lines: with the titles that the viewer may know, searched and sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.answer import HEAD, title_of
from matcher.actions.pipeline_wish import Order
from matcher.domain.enums import FollowUpState as State
from matcher.domain.enums import Language, Noun
from matcher.domain.phase import Phase, phase_of
from matcher.domain.visibility import Viewer
from matcher.store import records
from matcher.store.outlines import Outline

Heads = Mapping[Noun, Mapping[str, Any]]
"""The records of lines by noun and id, as far as titles go."""
NO_HEADS: Heads = {Noun.NEED: {}, Noun.OUTCOME: {}, Noun.MANAGER: {}}
_STATES = tuple(State)
_NAMES = ("title", "title_en", "name", "name_en")


@dataclass(frozen=True, slots=True)
class Line:
    """A follow-up with titles, "" for those the viewer may not know of now.

    days: in its state, None where that isn't known. late: by how many days it is overdue.
    """

    outline: Outline
    need_title: str
    outcome_title: str
    manager_name: str
    days: int | None
    late: int

    @property
    def phase(self) -> Phase:
        """The group of states that it is in."""
        return phase_of(self.outline.state, self.outline.left)


def heads_of(session: Session, viewer: Viewer, found: Sequence[Outline]) -> Heads:
    """Those of their records that the viewer may know of."""
    return {
        noun: {
            id_: stored.record
            for id_, stored in records.heads(
                session, noun, sorted({getattr(one, noun) for one in found}), HEAD
            ).items()
            if viewer.sees(stored.record)
        }
        for noun in NO_HEADS
    }


def lines_of(
    found: Iterable[Outline], heads: Heads, today: date, language: Language
) -> Iterator[Line]:
    """The follow-ups as lines, in their order."""
    for one in found:
        need, outcome, manager = (
            title_of(record, language) if (record := heads[noun].get(getattr(one, noun))) else ""
            for noun in (Noun.NEED, Noun.OUTCOME, Noun.MANAGER)
        )
        days = None if one.since is None else max(0, (today - one.since.date()).days)
        late = max(0, (today - one.due).days) if one.due else 0
        yield Line(one, need, outcome, manager, days, late)


def holding(found: Iterable[Outline], heads: Heads, text: str) -> Iterator[Outline]:
    """Those in which all words of the text stand: in a title of either language or a name, in the
    next step, or as the id."""
    words = text.casefold().split()
    for one in found:
        told = [one.id, one.next_action, *_names(one, heads)]
        held = "\n".join(told).casefold()
        if all(word in held for word in words):
            yield one


def in_order(lines: Iterable[Line], order: Order, descending: bool = False) -> tuple[Line, ...]:
    """The lines sorted; those without a day or a name come last either way, equal ones by id."""
    key = _KEYS[order]
    known: list[Line] = []
    unknown: list[Line] = []
    for line in sorted(lines, key=lambda line: line.outline.id):
        (known if key(line) not in (None, "") else unknown).append(line)
    known.sort(key=key, reverse=descending)
    return (*known, *unknown)


_KEYS: Mapping[Order, Callable[[Line], Any]] = {
    Order.DUE: lambda line: line.outline.due,
    Order.STATE: lambda line: _STATES.index(line.outline.state),
    Order.DAYS: lambda line: line.days,
    Order.NEED: lambda line: line.need_title.casefold(),
    Order.OUTCOME: lambda line: line.outcome_title.casefold(),
    Order.MANAGER: lambda line: line.manager_name.casefold(),
}


def _names(one: Outline, heads: Heads) -> Iterator[str]:
    for noun, there in heads.items():
        record = there.get(getattr(one, noun))
        yield from (getattr(record, name, "") or "" for name in _NAMES)
