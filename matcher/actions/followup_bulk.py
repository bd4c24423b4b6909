"""One change of many follow-ups: put on hold, or given another day. Each stands for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from matcher.actions.followup_reading import get_followup
from matcher.actions.followups import move, note
from matcher.actions.platform import Platform
from matcher.domain.enums import FollowUpState as State
from matcher.domain.visibility import Viewer
from matcher.errors import (
    EditConflict,
    IllegalTransition,
    InvalidValue,
    MatcherError,
    NotAllowed,
    NotFound,
    UsageError,
)
from matcher.store.followups import Kept

MOST = 200
"""Follow-ups in one go."""
_REFUSALS = (NotFound, NotAllowed, EditConflict, IllegalTransition, InvalidValue)

Picked = tuple[str, int]
"""The id of a follow-up, and the version that was seen of it."""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of them: those that were changed, and why others weren't, by id."""

    done: tuple[Kept, ...]
    refused: tuple[tuple[str, MatcherError], ...]


def hold_many(
    platform: Platform, viewer: Viewer, picked: Iterable[Picked], until: date
) -> BulkResult:
    """Put each on hold until a day. Raises UsageError for none, or for more than `MOST`."""

    def hold(id: str, version: int) -> Kept:
        return move(platform, viewer, id, State.ON_HOLD, until=until, version=version)

    return _each(picked, hold)


def postpone_many(
    platform: Platform, viewer: Viewer, picked: Iterable[Picked], due_on: date
) -> BulkResult:
    """Give the next step of each another day. What isn't under way has none to move."""

    def postpone(id: str, version: int) -> Kept:
        followup = get_followup(platform, viewer, id).kept.followup
        if not followup.is_open:
            message = f"{id} is {followup.state.value}: nothing is to be done by a day."
            raise InvalidValue(message, field="due_on", hint="Reopen it first.")
        action = followup.next_action
        return note(platform, viewer, id, next_action=action, due_on=due_on, version=version)

    return _each(picked, postpone)


def _each(picked: Iterable[Picked], change: Callable[[str, int], Kept]) -> BulkResult:
    wanted = dict(picked)
    if not 1 <= len(wanted) <= MOST:
        raise UsageError(f"Choose 1 to {MOST} follow-ups.", field="pick")
    done: list[Kept] = []
    refused: list[tuple[str, MatcherError]] = []
    for id_, version in wanted.items():
        try:
            done.append(change(id_, version))
        except _REFUSALS as error:
            refused.append((id_, error))
    return BulkResult(tuple(done), tuple(refused))
