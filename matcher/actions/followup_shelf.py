"""Follow-ups as imports and exports see them: what was done stays, a file can only add to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.shelf import Present
from matcher.domain.enums import Noun
from matcher.domain.followup import FollowUp, Transition, transition
from matcher.errors import InvalidValue
from matcher.files.followup_rows import BY_IMPORT
from matcher.files.row_report import ParsedRow
from matcher.store import followups
from matcher.store.codec import check_lengths, row_of
from matcher.store.stored import Author

_LOOKED_UP = ("id", "need", "outcome", "manager", "node")
_PLAIN = ("next_action", "due_on", "introduced_at")
_STEP = ("reason", "until", "of")
_TOLD = ("why", *_STEP)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class FollowUpShelf:
    """All follow-ups."""

    noun: Noun = Noun.FOLLOW_UP

    def present(self, session: Session, ids: Iterable[str]) -> Mapping[str, Present]:
        """Those of the follow-ups that are there, by id."""
        found = followups.get_many(session, ids)
        return {id_: Present(kept.followup, kept.version) for id_, kept in found.items()}

    def every(self, session: Session) -> Iterator[Present]:
        """All follow-ups in the order of their ids."""
        return (Present(kept.followup, kept.version) for kept in followups.every(session))

    def blended(self, before: FollowUp, row: ParsedRow[Any], holds: frozenset[str]) -> FollowUp:
        """The follow-up with what the file adds to it.

        A line with the whole history must go on where the stored one ends; a plain row leads to
        its state by one more step. Either changes nothing where somebody has gone on from there
        since. Raises InvalidValue, IllegalTransition.
        """
        after: Any = row.record
        _require_pair(before, after)
        if _is_whole(after, holds):
            return _extended(before, after)
        if _is_old(before, after):
            return before
        moved = _moved(before, after)
        told = {name: getattr(after, name) for name in _PLAIN if name in holds}
        sheet = after.contract or before.contract
        return replace(moved, manager=after.manager, contract=sheet, **told)

    def check(self, record: FollowUp) -> None:
        """Raise InvalidValue for texts that no database can hold."""
        row = row_of(record)
        check_lengths(row, _LOOKED_UP)
        check_lengths(row["contract"] or {"contract_reg_no": ""}, ("contract_reg_no",))

    def write(self, session: Session, records: Sequence[FollowUp], author: Author) -> None:
        """Add those that are new, and what is new of the others."""
        there = followups.get_many(session, [one.id for one in records])
        for one in records:
            if one.id in there:
                followups.save(session, one, there[one.id].version)
            else:
                followups.add(session, one)


def _is_whole(after: FollowUp, holds: frozenset[str]) -> bool:
    """Whether the file tells the history itself, not just the state it led to."""
    steps = after.history
    by_hand = len(steps) > 1 or any(step.by != BY_IMPORT for step in steps)
    return "history" in holds or by_hand or bool(after.notes)


def _require_pair(before: FollowUp, after: FollowUp) -> None:
    for name in ("need", "outcome"):
        if getattr(before, name) != getattr(after, name):
            raise InvalidValue(
                f"the follow-up {before.id} is about the {name} {getattr(before, name)}.",
                field=name,
                hint="Give another pair an id of its own.",
            )


def _extended(before: FollowUp, after: FollowUp) -> FollowUp:
    if _goes_on(before, after):
        return replace(after, node=after.node or before.node)
    if not _goes_on(after, before):
        raise InvalidValue(
            f"the history of {before.id} is another one here.",
            field="history",
            hint="What was done stays: add to it with `state` and a date, or use another id.",
        )
    taken_back = before.history[len(after.history) :]
    by_import = bool(taken_back) and all(step.by == BY_IMPORT for step in taken_back)
    return _moved(before, after) if by_import else before


def _goes_on(earlier: FollowUp, later: FollowUp) -> bool:
    """Whether the later one begins with all that the earlier one holds."""
    steps, notes = len(earlier.history), len(earlier.notes)
    begun = later.history[steps].from_state if len(later.history) > steps else later.state
    same = later.history[:steps] == earlier.history and later.notes[:notes] == earlier.notes
    return same and begun is earlier.state


def _is_old(before: FollowUp, after: FollowUp) -> bool:
    """Whether an import brought the follow-up into this state, and people went on from there."""
    if before.state is after.state or _is_by_import(before):
        return False
    imported = [step.to_state for step in before.history if step.by == BY_IMPORT]
    return after.state in imported or not after.history


def _is_by_import(followup: FollowUp) -> bool:
    return all(step.by == BY_IMPORT for step in followup.history[-1:])


def _moved(before: FollowUp, after: FollowUp) -> FollowUp:
    """The follow-up in the state that a row names, by one more step if it isn't there yet.

    What an import said last a later one may put right, whatever the state was.
    """
    step = after.history[-1] if after.history else None
    if before.state is after.state:
        _require_same_step(before, step)
        return before
    said = _said(step, before)
    if not before.history or not _is_by_import(before):
        return transition(before, after.state, **said, contract=after.contract)
    more = Transition(from_state=before.state, to_state=after.state, **said)
    return replace(before, state=after.state, history=(*before.history, more))


def _said(step: Transition | None, before: FollowUp) -> dict[str, Any]:
    """What a step says, no earlier than the last one: the history runs forward in time."""
    steps = [*before.history[-1:], *([step] if step else [])]
    told = {name: getattr(step, name) for name in _TOLD} if step else {}
    return {**told, "by": BY_IMPORT, "at": max((one.at for one in steps), default=_EPOCH)}


def _require_same_step(before: FollowUp, step: Transition | None) -> None:
    last = before.history[-1] if before.history else None
    for name in _STEP:
        said = getattr(step, name, None)
        if last is not None and said and said != getattr(last, name):
            raise InvalidValue(
                f"{before.id} is {before.state.value} already, with another {name}.",
                field=name,
                hint="What was done stays: go on from there, or leave the row out.",
            )
