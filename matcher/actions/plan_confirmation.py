"""Confirming a docking plan: each of its lines becomes a follow-up, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.actions.authority import actor_of
from matcher.actions.followup_events import parties
from matcher.actions.followup_id import followup_id
from matcher.actions.moment import moment, narrowed
from matcher.actions.plan_checks import Checks, Obstacle
from matcher.actions.plan_reading import (
    require_version,
    require_whole_sight,
    required_plan,
    view_of,
)
from matcher.actions.platform import Platform
from matcher.actions.room import Rooms
from matcher.actions.serving import Serving
from matcher.domain.enums import FollowUpState, Language, Noun
from matcher.domain.event import Subject
from matcher.domain.followup import FollowUp, transition
from matcher.domain.plan import Plan, PlanLine, PlanState, decide
from matcher.domain.pursuit import ASSIGNED
from matcher.domain.visibility import Viewer
from matcher.store import followups, plans
from matcher.store.followups import Kept
from matcher.store.planned import CONFIRMED, PLANNED
from matcher.store.plans import KeptPlan


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What came of it: the ids of the follow-ups, and the lines that were left out, with why.

    plan: as the viewer may have it. Both others are empty where the plan had been confirmed before.
    """

    plan: Plan
    followups: tuple[str, ...] = ()
    left_out: tuple[tuple[PlanLine, Obstacle], ...] = ()


@dataclass(frozen=True, slots=True)
class Foreseen:
    """lines: how many count; left_out: those of them that would be left out, with why."""

    lines: int
    left_out: Mapping[PlanLine, Obstacle]

    @property
    def followups(self) -> int:
        """How many follow-ups would be made."""
        return self.lines - len(self.left_out)


def confirm_plan(
    platform: Platform, viewer: Viewer, id: str, *, version: int | None = None
) -> Confirmed:
    """Let every line become a follow-up in the state suggested, once.

    A line whose records went away, or that meanwhile is in a conflict or pursued by somebody, or
    whose manager has no room left, is left out and told. What is worth more is given room first.
    Raises NotFound, IllegalTransition for a plan that was discarded, NoModel,
    and NotAllowed where the viewer may not know of every line: what they can't see isn't theirs
    to drop. version: the one the caller has seen, if that matters (EditConflict); of a plan that is
    confirmed already it isn't looked at.
    """
    while True:
        serving = platform.live.look_now()
        with platform.database.writing() as session:
            kept = required_plan(session, viewer, id)
            if kept.plan.state is PlanState.CONFIRMED:
                return Confirmed(_seen(session, viewer, kept))
            require_version(kept, version)
            if not narrowed(session, serving):
                return _confirmed(session, serving, viewer, kept, platform.now())


def foreseen(platform: Platform, viewer: Viewer, id: str) -> Foreseen:
    """What would come of a confirmation as things are now; nothing is changed.

    Raises NotFound, NotAllowed where the viewer may not know of every line, NoModel.
    """
    with moment(platform) as now:
        plan = required_plan(now.session, viewer, id).plan
        require_whole_sight(now.session, viewer, plan)
        checks = Checks(now.session, now.serving, viewer, plan.active)
        return Foreseen(len(plan.active), _obstacles(now.session, checks, plan))


def _confirmed(
    session: Session, serving: Serving, viewer: Viewer, kept: KeptPlan, at: datetime
) -> Confirmed:
    plan = decide(kept.plan, PlanState.CONFIRMED, by=actor_of(viewer), at=at)
    require_whole_sight(session, viewer, plan)
    checks = Checks(session, serving, viewer, plan.active)
    obstacles = _obstacles(session, checks, plan)
    free = [line for line in plan.active if line not in obstacles]
    made = tuple(_suggested(session, checks, plan, free, at))
    saved = plans.save(session, plan, kept.version)
    subject = Subject(noun=Noun.PLAN, id=plan.id)
    note(session, plan.decided_by, CONFIRMED, at, subject, model=plan.model_version)
    left_out = tuple((line, obstacles[line]) for line in plan.active if line in obstacles)
    return Confirmed(_seen(session, viewer, saved), made, left_out)


def _obstacles(session: Session, checks: Checks, plan: Plan) -> dict[PlanLine, Obstacle]:
    """What stands against lines; in the order of value the others take up their managers' room."""
    rooms = Rooms(session)
    found: dict[PlanLine, Obstacle] = {}
    for line in sorted(plan.active, key=lambda line: -line.value):
        obstacle = checks.obstacle(line)
        if obstacle is None and not rooms.take(checks.record(Noun.MANAGER, line.manager)):
            obstacle = Obstacle.NO_ROOM
        if obstacle is not None:
            found[line] = obstacle
    return found


def _seen(session: Session, viewer: Viewer, kept: KeptPlan) -> Plan:
    return view_of(session, viewer, kept, Language.ZH).plan


def _suggested(
    session: Session, checks: Checks, plan: Plan, lines: list[PlanLine], at: datetime
) -> Iterator[str]:
    ids = {followup_id(one.need, one.outcome, one.manager): one for one in lines}
    before = followups.get_many(session, ids)
    for id_, line in ids.items():
        if id_ in before:
            _suggest_again(session, before[id_], plan.decided_by, at)
        else:
            node = checks.record(Noun.MANAGER, line.manager).node or plan.node
            followups.add(session, _followup(id_, line, node))
        subjects = (
            Subject(noun=Noun.FOLLOW_UP, id=id_),
            *parties(line.need, line.outcome, line.manager),
        )
        note(session, plan.decided_by, PLANNED, at, *subjects, model=plan.model_version)
        yield id_


def _followup(id_: str, line: PlanLine, node: str) -> FollowUp:
    return FollowUp(id=id_, need=line.need, outcome=line.outcome, manager=line.manager, node=node)


def _suggest_again(session: Session, kept: Kept, by: str, at: datetime) -> None:
    """What the manager once had on this pair, and which came to nothing, begins anew."""
    before = kept.followup
    last = before.history[-1].at if before.history else at
    again = transition(before, FollowUpState.SUGGESTED, by=by, at=max(at, last), why=ASSIGNED)
    followups.save(session, again, kept.version)
