"""What people did with the lists that they were shown on a synthetic platform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import FollowUpState as State
from training.simulation.population import NO_END, Codes, Small

CHAIN = (
    State.ACCEPTED,
    State.CONTACTED,
    State.MUTUAL_INTEREST,
    State.NDA_SIGNED,
    State.TECHNICAL_EXCHANGE,
    State.NEGOTIATING,
    State.CONTRACT_SIGNED,
)
"""What an accepted pair goes through; it may end after any of them."""

UNTOUCHED = -1
"""Of `furthest` and `reasons`: none."""

END = len(CHAIN)
"""The column of `steps` that holds the day of the exit."""


class Exit(IntEnum):
    """How a pair was left for good; OPEN: not at all."""

    OPEN = 0
    DECLINED = 1
    EXPIRED = 2
    WITHDRAWN = 3


@dataclass(frozen=True, slots=True, eq=False)
class Reactions:
    """A row for each pair that was shown, list after list.

    managers, needs, outcomes: rows of the world. days: ordinals. lists: int64[n], never falling.
    positions: from 1. propensities: in (0, 1]. explored: drawn by chance. examined: looked at at
    all, which a real platform doesn't know. furthest: the place in CHAIN that was reached.
    exits: of Exit. reasons: the place in DeclineReason of why it was declined.
    steps: int32[n, END + 1], the day of each place in CHAIN, then of the exit; NO_END for never.
    """

    managers: Codes
    needs: Codes
    outcomes: Codes
    days: Codes
    lists: npt.NDArray[np.int64]
    positions: Codes
    propensities: npt.NDArray[np.float64]
    explored: npt.NDArray[np.bool_]
    examined: npt.NDArray[np.bool_]
    furthest: Small
    exits: Small
    reasons: Small
    steps: Codes

    def __len__(self) -> int:
        return len(self.days)

    @property
    def accepted(self) -> npt.NDArray[np.bool_]:
        """Which pairs were taken up."""
        return self.furthest >= 0

    @property
    def declined_at_once(self) -> npt.NDArray[np.bool_]:
        """Which pairs were declined without being taken up."""
        return np.asarray((self.exits == Exit.DECLINED) & ~self.accepted, bool)

    @property
    def touched(self) -> npt.NDArray[np.bool_]:
        """Which pairs something was done with."""
        return np.asarray(self.accepted | (self.exits != Exit.OPEN), bool)

    def where(self, kept: npt.NDArray[Any]) -> Reactions:
        """The rows of a mask, or these rows in this order."""
        return replace(self, **{each.name: getattr(self, each.name)[kept] for each in fields(self)})

    def known(self, day: int) -> Reactions:
        """What was known before `day`: lists shown and steps taken until then."""
        shown = self.where(self.days < day)
        steps = np.where(shown.steps < day, shown.steps, NO_END)
        left = steps[:, END] != NO_END
        return replace(
            shown,
            furthest=furthest_of(steps),
            exits=np.where(left, shown.exits, Exit.OPEN).astype(np.int8),
            reasons=np.where(left, shown.reasons, UNTOUCHED).astype(np.int8),
            steps=steps,
        )


def furthest_of(steps: Codes) -> Small:
    """The places in CHAIN that were reached, by the days of the steps; UNTOUCHED for none."""
    return np.asarray((steps[:, :END] != NO_END).sum(axis=1) + UNTOUCHED, np.int8)


def joined(parts: Sequence[Reactions]) -> Reactions:
    """The rows of all parts in order of time; the lists are numbered anew, from 0.

    Raises ValueError without a part.
    """
    offsets = np.cumsum([0, *map(_next_list, parts)])[:-1]
    shifted = [
        replace(part, lists=part.lists + offset)
        for part, offset in zip(parts, offsets, strict=True)
    ]
    every = Reactions(
        **{
            each.name: np.concatenate([getattr(part, each.name) for part in shifted])
            for each in fields(Reactions)
        }
    )
    ordered = every.where(np.lexsort((every.positions, every.lists, every.days)))
    return replace(ordered, lists=_numbered(ordered.lists))


def _next_list(part: Reactions) -> int:
    return int(part.lists[-1]) + 1 if len(part) else 0


def _numbered(lists: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """0 for the first list, 1 for the next, and so on."""
    begins = np.ones(len(lists), bool)
    begins[1:] = lists[1:] != lists[:-1]
    return (np.cumsum(begins) - 1).astype(np.int64)
