"""Reading docking plans: an admin of the node sees them, as far as they may know of the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.answer import HEAD, title_of
from matcher.actions.authority import is_admin, nodes_of
from matcher.actions.paged import Paged, cut
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun
from matcher.domain.plan import Plan
from matcher.domain.visibility import Viewer
from matcher.errors import EditConflict, NotAllowed, NotFound
from matcher.store import plans, records
from matcher.store.plans import KeptPlan
from matcher.store.stored import Stored

Pair = tuple[str, str]
Counted = tuple[Plan, Mapping[str, int]]
"""A plan without its lines, and how many of them are in each state."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as a viewer may have it. titles: by noun and id, of the records that are there.

    degraded: what couldn't be used to make it.
    """

    plan: Plan
    version: int
    titles: Mapping[tuple[Noun, str], str]
    degraded: tuple[str, ...] = ()


def get_plan(
    platform: Platform, viewer: Viewer, id: str, language: Language = Language.ZH
) -> PlanView:
    """The plan, without lines of records that the viewer may not know of. Raises NotFound."""
    with platform.database.reading() as session:
        return view_of(session, viewer, required_plan(session, viewer, id), language)


def list_plans(
    platform: Platform, viewer: Viewer, limit: int = 20, after: str = ""
) -> tuple[Counted, ...]:
    """The newest plans of nodes the viewer is an admin of, with how many lines are in each state.

    after: those behind the plan of this id.

    The plans come without their lines; only lines that the viewer may know of are counted.
    """
    with platform.database.reading() as session:
        mine = plans.newest(session, limit, nodes_of(session, viewer), after)
        lines = list(plans.states(session, [one.id for one in mine]))
        known = known_pairs(session, viewer, ((one.need, one.outcome) for one in lines))
    counts: dict[str, Counter[str]] = {one.id: Counter() for one in mine}
    for one in lines:
        if (one.need, one.outcome) in known:
            counts[one.plan][one.state] += 1
    return tuple((one, counts[one.id]) for one in mine)


def page_plans(platform: Platform, viewer: Viewer, after: str, limit: int) -> Paged[Counted]:
    """The same by pages."""
    found = list_plans(platform, viewer, limit + 1, after)
    return cut(list(found), lambda one: one[0].id, limit)


def require_plan(platform: Platform, viewer: Viewer, id: str) -> None:
    """Raise NotFound where `get_plan` would, without reading the plan's lines."""
    with platform.database.reading() as session:
        if not _is_theirs(session, viewer, id):
            raise _no_plan(id)


def required_plan(session: Session, viewer: Viewer, id: str) -> KeptPlan:
    """The plan, for an admin of its node. Raises NotFound where it isn't there or not theirs."""
    # Lines are read once it is theirs: how long that takes would tell that there is a plan.
    kept = plans.get(session, id) if _is_theirs(session, viewer, id) else None
    if kept is None:
        raise _no_plan(id)
    return kept


def _is_theirs(session: Session, viewer: Viewer, id: str) -> bool:
    node = plans.node_of(session, id)
    return node is not None and is_admin(viewer, node)


def _no_plan(id: str) -> NotFound:
    return NotFound(f"There is no plan {id!r}.", hint="`matcher plan list` shows them.")


def require_version(kept: KeptPlan, version: int | None) -> None:
    """Raise EditConflict where the caller has seen another version; None isn't looked at."""
    if version is not None and version != kept.version:
        message = f"Somebody else changed the plan {kept.plan.id}."
        raise EditConflict(message, hint="Look at it again.", version=kept.version)


def known_pairs(session: Session, viewer: Viewer, pairs: Iterable[Pair]) -> Collection[Pair]:
    """Those whose records are there, or were, and may be known to the viewer."""
    pairs = set(pairs)
    there = {
        noun: records.heads(session, noun, {pair[place] for pair in pairs}, HEAD)
        for place, noun in enumerate((Noun.NEED, Noun.OUTCOME))
    }
    return _known(viewer, there, pairs)


def require_whole_sight(session: Session, viewer: Viewer, plan: Plan) -> None:
    """Raise NotAllowed where the plan has a line the viewer may not know of; it isn't named.

    A record that is nowhere any more hides nothing.
    """
    for place, noun in enumerate((Noun.NEED, Noun.OUTCOME)):
        ids = {(line.need, line.outcome)[place] for line in plan.active}
        found = records.heads(session, noun, ids, HEAD).values()
        if not all(viewer.sees(stored.record) for stored in found):
            raise NotAllowed(
                f"The plan {plan.id} has pairs that you may not know of.",
                hint="Let somebody confirm it who may see all of its needs and outcomes.",
            )


def view_of(session: Session, viewer: Viewer, kept: KeptPlan, language: Language) -> PlanView:
    """The plan as the viewer may have it."""
    plan = kept.plan
    pairs = [(one.need, one.outcome) for one in plan.lines]
    pairs += [(one.need, one.outcome) for one in plan.unassigned]
    who = [one.manager for one in plan.lines] + [one.manager for one in plan.short]
    ids = {
        Noun.NEED: [need for need, _ in pairs],
        Noun.OUTCOME: [outcome for _, outcome in pairs],
        Noun.MANAGER: who,
    }
    there = {noun: records.heads(session, noun, named, HEAD) for noun, named in ids.items()}
    known = _known(viewer, there, pairs)
    shown = replace(
        plan,
        lines=tuple(one for one in plan.lines if (one.need, one.outcome) in known),
        unassigned=tuple(one for one in plan.unassigned if (one.need, one.outcome) in known),
    )
    titles = {
        (noun, id_): title_of(stored.record, language)
        for noun, found in there.items()
        for id_, stored in found.items()
        if viewer.sees(stored.record)
    }
    return PlanView(shown, kept.version, titles)


def _known(
    viewer: Viewer, there: Mapping[Noun, Mapping[str, Stored[Any]]], pairs: Iterable[Pair]
) -> Collection[Pair]:
    needs, outcomes = (
        {id_ for id_, stored in there[noun].items() if viewer.sees(stored.record)}
        for noun in (Noun.NEED, Noun.OUTCOME)
    )
    return {(need, outcome) for need, outcome in pairs if need in needs and outcome in outcomes}
