"""Editing a docking plan by hand: every change is checked against the same rules as the plan."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.actions.authority import actor_of
from matcher.actions.followup_events import parties
from matcher.actions.moment import Moment, moment
from matcher.actions.pair_values import Scope, pair_values
from matcher.actions.plan_checks import Checks, Obstacle
from matcher.actions.plan_reading import (
    PlanView,
    known_pairs,
    require_version,
    required_plan,
    view_of,
)
from matcher.actions.platform import Platform
from matcher.actions.reading import required
from matcher.actions.room import has_room
from matcher.domain.enums import Language, Noun
from matcher.domain.event import Subject
from matcher.domain.labels import Labelled
from matcher.domain.plan import Plan, PlanLine, PlanState, add_line, move_line, no_line, remove_line
from matcher.domain.visibility import Viewer
from matcher.errors import NotAllowed
from matcher.store import plans
from matcher.store.plans import KeptPlan


class EditKind(Labelled):
    """What can be done with a pair in a plan."""

    REMOVE = "remove", "移除", "remove"
    MOVE = "move", "调整", "move"
    ADD = "add", "添加", "add"


@dataclass(frozen=True, slots=True)
class PlanEdit:
    """A change of one pair; `manager` is who it moves to or is added for."""

    kind: EditKind
    need: str
    outcome: str
    manager: str = ""


def edit_plan(
    platform: Platform, viewer: Viewer, id: str, edit: PlanEdit, *, version: int | None = None
) -> PlanView:
    """Change one pair of a draft; what it is worth with its manager is worked out anew.

    version: the one the caller has seen, if that matters. Raises NotFound for a plan, line or
    record that isn't there or may not be known of, NotAllowed with `values["rule"]` for what a
    rule forbids, InvalidValue where quota or plan have no place for it, IllegalTransition,
    EditConflict.
    """
    value = 0.0
    with moment(platform) as now:
        before = _readable(now.session, viewer, id, edit).plan
        _changed(before, edit, 0.0)
        if edit.kind is not EditKind.REMOVE:
            value = _value(now, platform, viewer, edit)
    at, actor = platform.now(), actor_of(viewer)
    with platform.database.writing() as session:
        kept = _readable(session, viewer, id, edit)
        require_version(kept, version)
        line = kept.plan.line_of(edit.need, edit.outcome)
        changed = _changed(kept.plan, edit, value)
        if edit.kind is not EditKind.REMOVE:
            _require_room(session, viewer, changed, edit)
        saved = plans.save(session, changed, kept.version)
        manager = edit.manager or (line.manager if line else "")
        subject = Subject(noun=Noun.PLAN, id=id)
        subjects = (*parties(edit.need, edit.outcome, manager), subject)
        note(session, actor, f"plan_line_{_PAST[edit.kind]}", at, *subjects)
        return view_of(session, viewer, saved, Language.ZH)


def _readable(session: Session, viewer: Viewer, id: str, edit: PlanEdit) -> KeptPlan:
    """The plan; nothing tells whether it has a pair that the viewer may not know of."""
    kept = required_plan(session, viewer, id)
    pair = (edit.need, edit.outcome)
    line = kept.plan.line_of(*pair) if kept.plan.state is PlanState.DRAFT else None
    if line is None or pair in known_pairs(session, viewer, [pair]):
        return kept
    if edit.kind is EditKind.ADD:
        for noun, id_ in zip((Noun.NEED, Noun.OUTCOME), pair, strict=True):
            required(session, viewer, noun, id_)
    raise no_line(kept.plan, *pair)


_PAST = {EditKind.REMOVE: "removed", EditKind.MOVE: "moved", EditKind.ADD: "added"}


def _changed(plan: Plan, edit: PlanEdit, value: float) -> Plan:
    if edit.kind is EditKind.REMOVE:
        return remove_line(plan, edit.need, edit.outcome)
    change = move_line if edit.kind is EditKind.MOVE else add_line
    return change(plan, edit.need, edit.outcome, edit.manager, value)


def _value(now: Moment, platform: Platform, viewer: Viewer, edit: PlanEdit) -> float:
    """What the pair is worth with this manager, 0 where they have nothing in common."""
    line = PlanLine(need=edit.need, outcome=edit.outcome, manager=edit.manager)
    for noun in (Noun.NEED, Noun.OUTCOME, Noun.MANAGER):
        required(now.session, viewer, noun, getattr(line, noun.value))
    checks = Checks(now.session, now.serving, viewer, [line])
    if (obstacle := checks.obstacle(line)) is not None:
        raise _refused(edit, obstacle)
    need = checks.record(Noun.NEED, line.need)
    day = platform.today()
    stand, only = platform.standings.at(now.session, day), [line.outcome]
    scope = Scope(viewer, day, k=1, candidates=1, facts=False, only=only, standing=stand)
    values = pair_values(now, [need], [line.manager], scope).permitted.values
    return float(values[0]) if len(values) else 0.0


def _require_room(session: Session, viewer: Viewer, changed: Plan, edit: PlanEdit) -> None:
    """What the plan gives to the manager is no more than what they have room for."""
    manager = required(session, viewer, Noun.MANAGER, edit.manager).record
    if not has_room(session, changed, manager):
        raise _refused(edit, Obstacle.NO_ROOM)


def _refused(edit: PlanEdit, obstacle: Obstacle) -> NotAllowed:
    return NotAllowed(
        f"{edit.need} with {edit.outcome} can't be {edit.manager}'s: {obstacle.en}.",
        hint="Choose another manager or another pair.",
        rule=obstacle.value,
    )
