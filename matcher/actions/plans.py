"""Docking plans: made as drafts for an admin, or put aside."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.actions.authority import actor_of, admitted, is_admin
from matcher.actions.closed_pairs import closed_pairs
from matcher.actions.moment import Moment, moment
from matcher.actions.pair_values import PairValues, Scope, pair_values
from matcher.actions.plan_checks import Checks, Obstacle
from matcher.actions.plan_reading import PlanView, require_version, required_plan, view_of
from matcher.actions.platform import Platform
from matcher.actions.reading import required
from matcher.actions.room import Rooms
from matcher.domain.enums import Language, Noun
from matcher.domain.event import Subject
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.plan import (
    Plan,
    PlanLine,
    PlanState,
    Quota,
    Short,
    Unassigned,
    Unmet,
    decide,
)
from matcher.domain.visibility import Viewer
from matcher.recommend.plan import (
    NOBODY,
    RECOMMENDED_FAIRNESS,
    Assignment,
    Permitted,
    Terms,
    assign,
)
from matcher.recommend.plan_program import Whole
from matcher.store import plans, records
from matcher.taxonomy import within

STANDARD = Terms(fairness=RECOMMENDED_FAIRNESS)


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What a plan is to be. needs: ids, None for all; field: only needs of this code or below it.

    outcomes: how many of a need are looked at. Where `terms` have no floor, pairs of the band weak
    (bands.py) are left out; where they have one, it alone decides. Raises UsageError when it is
    used.
    """

    quota: Quota
    needs: Collection[str] | None = None
    field: str = ""
    outcomes: int = 3
    terms: Terms = STANDARD
    node: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Team:
    """Who may be asked. least, most: int64[managers], how many pairs each is to get."""

    managers: tuple[Manager, ...]
    least: Whole
    most: Whole

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.managers]


def make_plan(
    platform: Platform,
    viewer: Viewer,
    wish: PlanWish,
    language: Language = Language.ZH,
    told: Callable[[int], None] = lambda _: None,
    *,
    id: str = "",
) -> PlanView:
    """Make a draft: the best outcomes of the needs, each pair with a manager, under the quota.

    Of the managers, those that are active, have room, and are in the viewer's charge. id: that of
    the plan, where it is to be made once; a plan that has it already is what is returned. Raises
    NotAllowed, NotFound for a need or node that isn't there, UsageError, NoModel.
    """
    platform.live.look_now()
    on = platform.today()
    with moment(platform) as now:
        node = admitted(now.session, viewer, wish.node)
        needs = _needs(now.session, viewer, wish, on)
        team = _team(now.session, viewer, wish.quota)
        scope = Scope(
            viewer,
            on,
            k=wish.outcomes,
            weak=wish.terms.floor is not None,
            closed=closed_pairs(now.session, [need.id for need in needs], team.managers),
            standing=platform.standings.at(now.session, on),
        )
        found = pair_values(now, needs, team.ids, scope, told)
        blank = _blank(platform, viewer, wish, node, now.serving.version)
        blank = replace(blank, id=id or blank.id)
        plan = _filled(now, viewer, blank, found, team, wish.terms)
        degraded = now.serving.degraded
    with platform.database.writing() as session:
        if id and plans.get(session, id) is not None:
            return view_of(session, viewer, required_plan(session, viewer, id), language)
        kept = plans.add(session, plan)
        subject = Subject(noun=Noun.PLAN, id=plan.id)
        note(session, plan.by, "plan_made", plan.made_at, subject, model=plan.model_version)
        return replace(view_of(session, viewer, kept, language), degraded=degraded)


def discard_plan(
    platform: Platform, viewer: Viewer, id: str, *, version: int | None = None
) -> Plan:
    """Put a draft aside for good; the plan as the viewer may have it.

    version: the one the caller has seen, if that matters. Raises NotFound, IllegalTransition,
    EditConflict.
    """
    at = platform.now()
    with platform.database.writing() as session:
        kept = required_plan(session, viewer, id)
        require_version(kept, version)
        plan = decide(kept.plan, PlanState.DISCARDED, by=actor_of(viewer), at=at)
        saved = plans.save(session, plan, kept.version)
        subject = Subject(noun=Noun.PLAN, id=id)
        note(session, plan.decided_by, "plan_discarded", at, subject, model=plan.model_version)
        return view_of(session, viewer, saved, Language.ZH).plan


def _blank(platform: Platform, viewer: Viewer, wish: PlanWish, node: str, version: str) -> Plan:
    return Plan(
        id=f"P-{uuid.uuid4().hex[:12]}",
        made_at=platform.now(),
        by=actor_of(viewer),
        quota=wish.quota,
        fairness=wish.terms.fairness,
        model_version=version,
        node=node,
    )


def _needs(session: Session, viewer: Viewer, wish: PlanWish, on: date) -> list[Need]:
    """Those that are wished for, that the viewer may know of, and that are still valid."""
    if wish.needs is None:
        found = (one.record for one in records.every(session, Noun.NEED))
    else:
        ids = sorted(set(wish.needs))
        named = {required(session, viewer, Noun.NEED, id_).record.id: None for id_ in ids}
        found = (one.record for one in records.get_many(session, Noun.NEED, named).values())
    return [
        need
        for need in found
        if viewer.sees(need)
        and not need.is_expired(on)
        and (not wish.field or within("fields", need.field, wish.field))
    ]


def _team(session: Session, viewer: Viewer, quota: Quota) -> _Team:
    """The managers who may be asked, in the order of ids."""
    rooms = Rooms(session)
    managers = [
        one.record
        for one in records.every(session, Noun.MANAGER)
        if one.record.active and is_admin(viewer, one.record.node)
    ]
    most = [_most(rooms.left(one), quota) for one in managers]
    least = np.full(len(managers), quota.least, np.int64)
    return _Team(tuple(managers), least, np.array(most, np.int64))


def _most(left: int | None, quota: Quota) -> int:
    return quota.most if left is None else min(quota.most, left)


def _filled(
    now: Moment, viewer: Viewer, blank: Plan, found: PairValues, team: _Team, terms: Terms
) -> Plan:
    """The plan with its pairs. The records have the last word: what they forbid is no choice any
    more, and the rest is shared out anew, so that what is short is short for a reason."""
    permitted = found.permitted
    while True:
        assigned = assign(permitted, team.least, team.most, terms)
        plan = _with_pairs(blank, found, team.ids, assigned)
        checks = Checks(now.session, now.serving, viewer, plan.lines)
        forbidden = {line: why for line in plan.lines if (why := checks.obstacle(line))}
        if not forbidden:
            return plan
        permitted = _without(permitted, forbidden, found.pairs, team.ids)


def _with_pairs(
    blank: Plan, found: PairValues, managers: Sequence[str], assigned: Assignment
) -> Plan:
    pairs = found.pairs
    unmet = [(pairs[pair], rule) for pair, rule in assigned.unmet.items()]
    unmet += [(pair, Unmet.WEAK) for pair in found.weak]
    given = zip(pairs, assigned.managers.tolist(), assigned.values.tolist(), strict=True)
    return replace(
        blank,
        lines=tuple(
            PlanLine(need=need, outcome=outcome, manager=managers[place], value=value)
            for (need, outcome), place, value in given
            if place != NOBODY
        ),
        unassigned=tuple(
            Unassigned(need=need, outcome=outcome, rule=rule) for (need, outcome), rule in unmet
        ),
        short=tuple(
            Short(manager=managers[place], missing=missing, reason=why)
            for place, (missing, why) in assigned.short.items()
        ),
    )


def _without(
    permitted: Permitted,
    forbidden: Mapping[PlanLine, Obstacle],
    pairs: Sequence[tuple[str, str]],
    managers: Sequence[str],
) -> Permitted:
    """What is left to choose from without these lines."""
    at = {pair: place for place, pair in enumerate(pairs)}
    who = {id_: place for place, id_ in enumerate(managers)}
    conflicted, kept = permitted.conflicted.copy(), np.ones(len(permitted.pairs), bool)
    for line, why in forbidden.items():
        pair = at[line.need, line.outcome]
        conflicted[pair] |= why is Obstacle.CONFLICT
        kept &= (permitted.pairs != pair) | (permitted.managers != who[line.manager])
    return replace(
        permitted,
        pairs=permitted.pairs[kept],
        managers=permitted.managers[kept],
        values=permitted.values[kept],
        conflicted=conflicted,
    )
