"""A viewer's follow-ups side by side: as a board of phases, and as a table of many pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from matcher.actions.authority import is_admin
from matcher.actions.pipeline_lines import NO_HEADS, Line, heads_of, holding, in_order, lines_of
from matcher.actions.pipeline_wish import BY_NAME, Order, PipelineWish, is_work
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState as State
from matcher.domain.enums import Language
from matcher.domain.phase import Phase
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import UsageError
from matcher.store import nodes, outlines
from matcher.store.outlines import Outline

MOST_ON_PAGE = 200
EVERYTHING = PipelineWish(aside=True)
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TablePage:
    """Some lines of a table. total: how many it has in all; number: counted from 1; aside: how many
    more there are that were turned down or put off before anybody took them up, none where they
    are in it."""

    lines: tuple[Line, ...]
    total: int
    number: int
    size: int
    aside: int = 0

    @property
    def pages(self) -> int:
        """How many there are, one at least."""
        return _pages(self.total, self.size)


@dataclass(frozen=True, slots=True)
class Column:
    """A phase on the board. total: with those that aren't shown, of which late are overdue."""

    phase: Phase
    lines: tuple[Line, ...]
    total: int
    late: int


def pipeline(
    platform: Platform, viewer: Viewer, wish: PipelineWish, language: Language = Language.ZH
) -> tuple[Line, ...]:
    """All follow-ups that are wished for and that the viewer may know of, in order."""
    with platform.database.reading() as session:
        return _titled(platform, session, viewer, wish, language)


def pipeline_page(
    platform: Platform,
    viewer: Viewer,
    wish: PipelineWish,
    number: int = 1,
    size: int = 50,
    language: Language = Language.ZH,
) -> TablePage:
    """A page of them; the last one for a page behind it. Raises UsageError for a bad size."""
    if not 1 <= size <= MOST_ON_PAGE or number < 1:
        raise UsageError(f"A page has 1 to {MOST_ON_PAGE} follow-ups.", field="size")
    with platform.database.reading() as session:
        today, every = platform.today(), replace(wish, aside=True)
        named = bool(wish.text) or wish.order in BY_NAME
        if named:
            found = _titled(platform, session, viewer, every, language)
        else:
            found = _bare(_seen(session, viewer, every, today), today, wish)
        lines = tuple(line for line in found if wish.asks_for(line.outline, today))
        chosen = lines[_slice(number, size, len(lines))]
        if not named:
            # Only what is shown needs titles, where the order doesn't ask for them.
            chosen = _with_titles(session, viewer, chosen, today, language)
    total = len(lines)
    at = min(number, _pages(total, size))
    return TablePage(chosen, total, at, size, len(found) - total)


def board(
    platform: Platform,
    viewer: Viewer,
    wish: PipelineWish = EVERYTHING,
    most: int = 40,
    language: Language = Language.ZH,
) -> tuple[Column, ...]:
    """The work by phase, at most so many of each: what is due first, of what has ended the newest.

    What was turned down or put off before anybody took it up is no work; the table has it.
    """
    today = platform.today()
    with platform.database.reading() as session:
        found: Iterable[Outline] = filter(is_work, _seen(session, viewer, wish, today))
        if wish.text:
            found = list(found)
            found = holding(found, heads_of(session, viewer, found), wish.text)
        lines = _bare(found, today, PipelineWish(order=Order.DUE))
        by_phase = {phase: _of(phase, lines) for phase in Phase}
        shown = {phase: some[:most] for phase, some in by_phase.items()}
        every = [line for some in shown.values() for line in some]
        titled = iter(_with_titles(session, viewer, every, today, language))
        return tuple(
            _column(phase, [next(titled) for _ in some], by_phase[phase])
            for phase, some in shown.items()
        )


def akin(
    platform: Platform, viewer: Viewer, id: str, language: Language = Language.ZH
) -> tuple[Line, ...]:
    """Other follow-ups of the same need or the same outcome: what this one may be a duplicate of.

    Nothing where the viewer may not know of it.
    """
    today = platform.today()
    with platform.database.reading() as session:
        every = {one.id: one for one in _seen(session, viewer, EVERYTHING, today)}
        this = every.pop(id, None)
        found = [one for one in every.values() if this is not None and _is_akin(one, this)]
        return tuple(lines_of(found, heads_of(session, viewer, found), today, language))


def _is_akin(one: Outline, other: Outline) -> bool:
    return one.need == other.need or one.outcome == other.outcome


def _seen(session: Session, viewer: Viewer, wish: PipelineWish, today: date) -> Iterator[Outline]:
    """What is wished for of a manager's own, and for an admin of their nodes'."""
    if viewer == SYSTEM:
        found = outlines.every(session, wish.states)
    else:
        charge = [node for node in nodes.parents(session) if is_admin(viewer, node)]
        found = outlines.within(session, _own(viewer), charge, wish.states)
    return (one for one in found if wish.asks_for(one, today))


def _own(viewer: Viewer) -> list[str]:
    """The manager that they are; whoever has lost the role, or the account, is none."""
    own = viewer.account.manager if viewer.account else ""
    return [own] if own and viewer.sees_audience(frozenset({f"manager:{own}"})) else []


def _titled(
    platform: Platform, session: Session, viewer: Viewer, wish: PipelineWish, language: Language
) -> tuple[Line, ...]:
    today = platform.today()
    found = list(_seen(session, viewer, wish, today))
    heads = heads_of(session, viewer, found)
    held = holding(found, heads, wish.text) if wish.text else found
    return in_order(lines_of(held, heads, today, language), wish.order, wish.descending)


def _bare(found: Iterable[Outline], today: date, wish: PipelineWish) -> tuple[Line, ...]:
    """Sorted without titles."""
    lines = lines_of(found, NO_HEADS, today, Language.ZH)
    return in_order(lines, wish.order, wish.descending)


def _with_titles(
    session: Session, viewer: Viewer, lines: Sequence[Line], today: date, language: Language
) -> tuple[Line, ...]:
    found = [line.outline for line in lines]
    return tuple(lines_of(found, heads_of(session, viewer, found), today, language))


def _column(phase: Phase, shown: Sequence[Line], every: Sequence[Line]) -> Column:
    return Column(phase, tuple(shown), len(every), sum(line.late > 0 for line in every))


def _of(phase: Phase, lines: Iterable[Line]) -> list[Line]:
    """Those of a phase: under way what is due first and then what is held, ended the newest."""
    found = [line for line in lines if line.phase is phase]
    if phase is Phase.END:
        return sorted(found, key=lambda line: line.outline.since or _LONG_AGO, reverse=True)
    return sorted(found, key=lambda line: line.outline.state is State.ON_HOLD and not line.late)


def _slice(number: int, size: int, total: int) -> slice:
    at = min(number, _pages(total, size))
    return slice((at - 1) * size, at * size)


def _pages(total: int, size: int) -> int:
    return max(1, -(-total // size))
