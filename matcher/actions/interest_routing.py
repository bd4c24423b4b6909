"""Giving an interest to the best manager who may have it, with the follow-up of its pair."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from sqlalchemy.orm import Session

from matcher.actions.acting import account_of
from matcher.actions.authority import actor_of
from matcher.actions.followup_id import followup_id
from matcher.actions.interest_bench import Asked, Bench
from matcher.actions.interest_carriers import Carrier, carriers
from matcher.actions.interest_events import ACCEPTED, ROUTED, tell_interest
from matcher.actions.moment import moment
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun
from matcher.domain.followup import FollowUp
from matcher.domain.interest import Interest, InterestState, step
from matcher.domain.pursuit import is_carried
from matcher.domain.visibility import Viewer
from matcher.store import followups, interests, records
from matcher.store.followups import Kept
from matcher.store.interests import KeptInterest

SPARE = 3
"""So many are looked for: the best may be taken up with something else a moment later."""
TO_DO = {Language.ZH: "回复企业的意向", Language.EN: "Answer the expression of interest"}
"""What is to be done next about a pair that somebody is interested in."""


def route_on(platform: Platform, viewer: Viewer, id: str) -> None:
    """Give an unrouted interest to the best manager; it stays unrouted where nobody may have it.

    viewer: who brought it about. Raises NoModel, BrokenBundle, StoreUnavailable.
    """
    found = _found(platform, id)
    while found:
        serving = platform.live.serving()
        with platform.database.writing() as session:
            kept = interests.get(session, id)
            asked = Asked.of(session, kept.interest) if kept else None
            if kept is None or asked is None or not _is_unrouted(kept):
                return
            bench = Bench(session, serving, asked)
            chosen = next((one for one in found if bench.may(one.manager)), None)
            if chosen is not None:
                at = kept.interest.not_before(platform.now())
                _give(session, viewer, kept, chosen, at, platform.today())
                return
        found = _found(platform, id)  # Whoever was found is taken up by now.


def route_pair(platform: Platform, viewer: Viewer, need: str, outcome: str) -> None:
    """The same for every unrouted interest about a pair."""
    with platform.database.reading() as session:
        waiting = interests.unrouted(session, need, outcome)
    for kept in waiting:
        route_on(platform, viewer, kept.interest.id)


def _is_unrouted(kept: KeptInterest) -> bool:
    return kept.interest.state is InterestState.UNROUTED


def _found(platform: Platform, id: str) -> tuple[Carrier, ...]:
    with moment(platform) as now:
        kept = interests.get(now.session, id)
        asked = Asked.of(now.session, kept.interest) if kept and _is_unrouted(kept) else None
        if asked is None:
            return ()
        return tuple(islice(carriers(platform, now, asked), SPARE))


def _give(
    session: Session,
    viewer: Viewer,
    kept: KeptInterest,
    to: Carrier,
    at: datetime,
    today: date,
) -> KeptInterest:
    by = actor_of(viewer)
    interest = step(
        kept.interest, InterestState.ROUTED, by=by, at=at, manager=to.manager, reasons=to.reasons
    )
    tell_interest(session, by, ROUTED, interest, at, manager=to.manager, model=to.model_version)
    if interest.need and is_carried(pursued(session, interest, today).followup):
        interest = step(interest, InterestState.ACCEPTED, by=by, at=at)
        tell_interest(session, by, ACCEPTED, interest, at, manager=to.manager)
    return interests.save(session, interest, kept.version)


def pursued(session: Session, interest: Interest, today: date) -> Kept:
    """The manager's follow-up of the pair, begun where there was none, to be answered today."""
    own = followup_of(session, interest)
    if own is not None and (is_carried(own.followup) or own.followup.next_action):
        return own
    stored = records.get(session, Noun.MANAGER, interest.manager)
    account = account_of(session, stored.record) if stored else None
    begun = FollowUp(
        id=followup_id(interest.need, interest.outcome, interest.manager),
        need=interest.need,
        outcome=interest.outcome,
        manager=interest.manager,
        node=stored.record.node if stored else interest.node,
    )
    due = replace(
        own.followup if own else begun,
        next_action=TO_DO[account.language if account else Language.ZH],
        due_on=today,
    )
    return followups.save(session, due, own.version) if own else followups.add(session, due)


def followup_of(session: Session, interest: Interest) -> Kept | None:
    """The follow-up by which the manager pursues the pair of an interest, None for none."""
    found = followups.for_pair(session, interest.need, interest.outcome) if interest.need else ()
    own = [one for one in found if one.followup.manager == interest.manager]
    return min(own, key=lambda one: (not one.followup.is_open, one.followup.id), default=None)
