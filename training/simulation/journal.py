"""What people did, as the events and follow-ups that a platform keeps of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from matcher.domain.contract import Contract
from matcher.domain.enums import DeclineReason, Noun
from matcher.domain.enums import FollowUpState as State
from matcher.domain.event import Event, Subject
from matcher.domain.followup import FollowUp, transition
from training.simulation.population import NO_END, NOT_STATED
from training.simulation.reactions import CHAIN, END, Exit, Reactions
from training.simulation.world import SYNTHETIC, World, id_of

SHOWN, EXPLORED = "shown", "explored"
"""Verbs of what a list put before somebody: ranked, or drawn by chance."""

_MORNING, _EVENING = dt.timedelta(hours=8), dt.timedelta(hours=18)
# Lists of one person and day differ by these; no day has more.
_LISTS_OF_A_MORNING = 8 * 3600 * 10**6
_EXITS = {
    Exit.DECLINED: State.DECLINED,
    Exit.EXPIRED: State.EXPIRED,
    Exit.WITHDRAWN: State.WITHDRAWN,
}
_REASONS = tuple(DeclineReason)


def account_of(manager: int) -> str:
    """The account that a manager acts with."""
    return f"sim-account-{manager:07d}"


def events_of(reactions: Reactions) -> Iterator[Event]:
    """What was shown, in the order of rows; the rows of a list share actor and time."""
    columns = (
        reactions.managers,
        reactions.needs,
        reactions.outcomes,
        reactions.days,
        reactions.lists,
        reactions.positions,
        reactions.propensities,
        reactions.explored,
    )
    for m, n, o, day, number, position, propensity, explored in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        yield Event(
            actor=account_of(m),
            verb=EXPLORED if explored else SHOWN,
            at=_moment(day, _MORNING + dt.timedelta(microseconds=number % _LISTS_OF_A_MORNING)),
            subjects=(
                Subject(noun=Noun.NEED, id=id_of(Noun.NEED, n)),
                Subject(noun=Noun.OUTCOME, id=id_of(Noun.OUTCOME, o)),
                Subject(noun=Noun.MANAGER, id=id_of(Noun.MANAGER, m)),
            ),
            position=position,
            propensity=propensity,
            model_version=SYNTHETIC,
        )


def follow_ups_of(world: World, reactions: Reactions, node: str = "") -> Iterator[FollowUp]:
    """One for each pair that something was done with, in the order of rows. node: an id.

    Pass what `Reactions.known` leaves, or steps will lie in the future.
    """
    for row in np.flatnonzero(reactions.touched).tolist():
        yield _follow_up(world, reactions, row, node)


def _follow_up(world: World, reactions: Reactions, row: int, node: str) -> FollowUp:
    manager, days = int(reactions.managers[row]), reactions.steps[row].tolist()
    account, exit_ = account_of(manager), Exit(reactions.exits[row])
    followup = FollowUp(
        id=f"sim-f{int(reactions.lists[row]):08d}-{int(reactions.positions[row]):03d}",
        need=id_of(Noun.NEED, int(reactions.needs[row])),
        outcome=id_of(Noun.OUTCOME, int(reactions.outcomes[row])),
        manager=id_of(Noun.MANAGER, manager),
        node=node,
    )
    for state, day in zip(CHAIN, days, strict=False):
        if day != NO_END:
            contract = _contract(world, reactions, row, day) if state is CHAIN[-1] else None
            at = _moment(day, _EVENING)
            followup = transition(followup, state, by=account, at=at, contract=contract)
    if exit_ is Exit.OPEN:
        return followup
    reason = _REASONS[reactions.reasons[row]] if exit_ is Exit.DECLINED else None
    at = _moment(days[END], _EVENING)
    return transition(followup, _EXITS[exit_], by=account, at=at, reason=reason)


def _contract(world: World, reactions: Reactions, row: int, day: int) -> Contract:
    """Signed at the asking price, or without a value where none was stated."""
    price = int(world.outcomes.price[reactions.outcomes[row]])
    value = None if price == NOT_STATED else price
    return Contract(signed_on=dt.date.fromordinal(day), value=value)


def _moment(day: int, time: dt.timedelta) -> dt.datetime:
    midnight = dt.datetime.combine(dt.date.fromordinal(day), dt.time(), dt.UTC)
    return midnight + time
