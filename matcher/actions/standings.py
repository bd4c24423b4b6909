"""How managers and listings stand now, as the ranking takes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import TypeVar

from sqlalchemy.orm import Session

from matcher.recommend.facts import Standing
from matcher.store.standing import last_step, moved_since, standing

Known = TypeVar("Known")

EVERY_SECONDS = 10.0
"""Counting over all follow-ups takes a second for a hundred thousand of them."""
MOST_STEPS = 1000
"""After more steps than this all is counted anew, which then takes no longer."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted, up to which step of a follow-up, and when that was looked at last."""

    standing: Standing
    step: int
    at: float


class Standings:
    """Counted when it is first asked for, and again where follow-ups have moved since, but not more
    often than every `EVERY_SECONDS`; for any number of threads. While one counts, others have what
    was known before."""

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick = tick
        self._counting = Lock()
        self._known: _Counted | None = None

    def at(self, session: Session, on: date) -> Standing:
        """As the session sees it, on a day."""
        known = self._known
        if self._due(known) and self._counting.acquire(blocking=known is None):
            try:
                known = self._known
                if self._due(known):
                    known = self._known = self._counted(session, known)
            finally:
                self._counting.release()
        return replace(known.standing if known else Standing(), on=on)

    def stale(self, session: Session) -> Mapping[str, Sequence[date]]:
        """The days on which people found listings stale, by id, as of this very moment."""
        known = self._known
        if known is not None and known.step == last_step(session):
            return known.standing.stale
        return standing(session, managers=()).stale

    def _due(self, known: _Counted | None) -> bool:
        return known is None or self._tick() - known.at >= EVERY_SECONDS

    def _counted(self, session: Session, before: _Counted | None) -> _Counted:
        step = last_step(session)
        if before is not None and before.step == step:
            return replace(before, at=self._tick())
        if before is not None and 0 < step - before.step <= MOST_STEPS:
            return _Counted(_followed(session, before), step, self._tick())
        found = standing(session)
        return _Counted(Standing(tracks=found.tracks, stale=found.stale), step, self._tick())


def _followed(session: Session, before: _Counted) -> Standing:
    """What was known, counted again for whoever moved since."""
    managers, outcomes = moved_since(session, before.step)
    found = standing(session, managers=managers, outcomes=outcomes)
    tracks, stale = before.standing.tracks, before.standing.stale
    return Standing(
        tracks={**_others(tracks, managers), **found.tracks},
        stale={**_others(stale, outcomes), **found.stale},
    )


def _others(known: Mapping[str, Known], moved: Collection[str]) -> dict[str, Known]:
    return {id_: known[id_] for id_ in known if id_ not in moved}
