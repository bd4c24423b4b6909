"""Docking plans: kept with all their lines, and what managers and pairs are taken up with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from matcher.domain.enums import FollowUpState
from matcher.domain.plan import Plan
from matcher.errors import DuplicateId, EditConflict, NotFound
from matcher.store.codec import Row, check_lengths, is_storable, record_of, row_of
from matcher.store.rows import chunks, insert, update
from matcher.store.schema.base import Base
from matcher.store.schema.followup import FollowUpRow
from matcher.store.schema.plan import PlanLineRow, PlanRow

_TABLE, _LINES = (Base.metadata.tables[row.__tablename__] for row in (PlanRow, PlanLineRow))
_FOLLOW_UPS = Base.metadata.tables[FollowUpRow.__tablename__]
_LOOKED_UP = ("id", "node")


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan as stored; `version` counts its writes from 1."""

    plan: Plan
    version: int


class LineOf(NamedTuple):
    """The pair of a line, and the state it is in."""

    plan: str
    need: str
    outcome: str
    state: str


def add(session: Session, plan: Plan) -> KeptPlan:
    """Keep a new plan. Raises DuplicateId where its id is taken."""
    if get(session, plan.id) is not None:
        raise DuplicateId(f"There is a plan {plan.id} already.", field="id")
    insert(session, _TABLE, [{**_plain(plan), "version": 1}])
    _write_lines(session, plan)
    return KeptPlan(plan, 1)


def get(session: Session, id: str) -> KeptPlan | None:
    """Return the plan with its lines, None where there is none."""
    if not is_storable(id):
        return None
    row = session.execute(select(_TABLE).where(_TABLE.c.id == id)).mappings().one_or_none()
    if row is None:
        return None
    lines = session.execute(select(_LINES).where(_LINES.c.plan == id).order_by(_LINES.c.place))
    whole = {**row, "lines": [dict(line) for line in lines.mappings()]}
    return KeptPlan(record_of(Plan, whole), row["version"])


def node_of(session: Session, id: str) -> str | None:
    """Return the node of the plan, None where there is none, without reading its lines."""
    query = select(_TABLE.c.node).where(_TABLE.c.id == id)
    return session.execute(query).scalar_one_or_none() if is_storable(id) else None


def newest(
    session: Session, limit: int = 100, nodes: Collection[str] | None = None, after: str = ""
) -> tuple[Plan, ...]:
    """Return plans, the newest first, without their lines and what was left unassigned.

    nodes: only plans of these, None for all. after: only those behind the plan of this id.
    """
    bare = [_TABLE.c[each.name] for each in fields(Plan) if each.name not in _PARTS]
    query = select(*bare).order_by(_TABLE.c.made_at.desc(), _TABLE.c.id.desc()).limit(limit)
    if nodes is not None:
        query = query.where(_TABLE.c.node.in_(sorted(nodes)))
    if after:
        last = select(_TABLE.c.made_at).where(_TABLE.c.id == after).scalar_subquery()
        earlier = and_(_TABLE.c.made_at == last, _TABLE.c.id < after)
        query = query.where(or_(_TABLE.c.made_at < last, earlier))
    return tuple(record_of(Plan, dict(row)) for row in session.execute(query).mappings())


def states(session: Session, ids: Collection[str]) -> Iterator[LineOf]:
    """Yield every line of these plans: its pair and state."""
    columns = (_LINES.c.plan, _LINES.c.need, _LINES.c.outcome, _LINES.c.state)
    for chunk in chunks(ids):
        for row in session.execute(select(*columns).where(_LINES.c.plan.in_(chunk))):
            yield LineOf(*row)


def save(session: Session, plan: Plan, expected_version: int) -> KeptPlan:
    """Write the plan over the version that the caller had read.

    Raises NotFound; EditConflict where another version is stored.
    """
    query = select(_TABLE.c.version).where(_TABLE.c.id == plan.id)
    stored = session.scalar(query)
    if stored is None:
        raise NotFound(f"There is no plan {plan.id}.", hint="It may never have been kept.")
    if stored != expected_version:
        raise EditConflict(
            f"Somebody else changed the plan {plan.id}.",
            hint="Load it again, then repeat your change.",
            version=stored,
        )
    update(session, _TABLE, [{**_plain(plan), "version": stored + 1}])
    session.execute(delete(_LINES).where(_LINES.c.plan == plan.id))
    _write_lines(session, plan)
    return KeptPlan(plan, stored + 1)


def loads(session: Session, states: Collection[FollowUpState]) -> Counter[str]:
    """Return how many follow-ups in one of these states each manager has; 0 for those without."""
    manager = _FOLLOW_UPS.c.manager
    query = select(manager, func.count()).where(_in(states)).group_by(manager)
    found: Counter[str] = Counter()
    for id, count in session.execute(query):
        found[id] = count
    return found


def _in(states: Collection[FollowUpState]) -> Any:
    return _FOLLOW_UPS.c.state.in_(sorted(state.value for state in states))


_PARTS = ("lines", "unassigned", "short")


def _plain(plan: Plan) -> Row:
    row = row_of(plan)
    check_lengths(row, _LOOKED_UP)
    return {name: value for name, value in row.items() if name != "lines"}


def _write_lines(session: Session, plan: Plan) -> None:
    for chunk in chunks(_line_rows(plan)):
        insert(session, _LINES, chunk)


def _line_rows(plan: Plan) -> Iterator[Row]:
    for place, line in enumerate(plan.lines):
        yield {"plan": plan.id, "place": place, **row_of(line)}
