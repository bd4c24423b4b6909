"""Expressions of interest: each with its whole history, saved without overwriting a step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from matcher.domain.interest import WAITING, Interest, InterestState
from matcher.errors import DuplicateId, EditConflict, InvalidValue, NotFound
from matcher.store.codec import Row, check_lengths, is_storable, record_of, row_of
from matcher.store.rows import as_dicts, chunks, insert, update
from matcher.store.schema.base import Base
from matcher.store.schema.interest import InterestRow, InterestStepRow

_TABLE, _STEPS = (Base.metadata.tables[row.__tablename__] for row in (InterestRow, InterestStepRow))
_LOOKED_UP = ("id", "outcome", "need", "account", "node", "manager")


@dataclass(frozen=True, slots=True)
class KeptInterest:
    """An interest as stored; `version` counts its writes from 1."""

    interest: Interest
    version: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """An interest that came to a state: whose it is, who has it, and which of its steps that was,
    counted from 0."""

    id: str
    account: str
    manager: str
    place: int


def add(session: Session, interest: Interest) -> KeptInterest:
    """Keep a new interest. Raises DuplicateId where its id is taken."""
    if get(session, interest.id) is not None:
        raise DuplicateId(f"There is an interest {interest.id} already.", field="id")
    insert(session, _TABLE, [{**_plain(interest), "version": 1}])
    _append(session, interest, 0)
    return KeptInterest(interest, 1)


def get(session: Session, id: str) -> KeptInterest | None:
    """Return the interest, None where there is none."""
    return next(_read(session, _TABLE.c.id == id), None) if is_storable(id) else None


def get_many(session: Session, ids: Iterable[str]) -> dict[str, KeptInterest]:
    """Return the interests with these ids; ids without one are left out."""
    found: dict[str, KeptInterest] = {}
    for chunk in chunks(filter(is_storable, ids)):
        found.update((one.interest.id, one) for one in _read(session, _TABLE.c.id.in_(chunk)))
    return found


def came_to(session: Session, state: InterestState, since: datetime) -> Iterator[Arrival]:
    """Yield, by id, the interests that are in this state, and came to it since then."""
    last = func.max(_STEPS.c.place)
    query = (
        select(_TABLE.c.id, _TABLE.c.account, _TABLE.c.manager, last.label("place"))
        .join(_STEPS, (_STEPS.c.interest == _TABLE.c.id) & (_STEPS.c.to_state == _TABLE.c.state))
        .where(_in([state]))
        .group_by(_TABLE.c.id)
        .having(func.max(_STEPS.c.at) >= since)
        .order_by(_TABLE.c.id)
    )
    for row in as_dicts(session.execute(query)):
        yield Arrival(**{name: row[name] for name in Arrival.__slots__})


def open_of(session: Session, account: str, outcome: str) -> KeptInterest | None:
    """Return the open interest of an account in an outcome, None where there is none."""
    if not is_storable(outcome):
        return None
    wanted = (_TABLE.c.account == account, _TABLE.c.outcome == outcome, _in(WAITING))
    return next(_read(session, *wanted), None)


def last_of(session: Session, account: str, outcome: str) -> KeptInterest | None:
    """Return the last interest of an account in an outcome that wasn't withdrawn, None for none."""
    if not is_storable(outcome):
        return None
    wanted = (_TABLE.c.account == account, _TABLE.c.outcome == outcome)
    states = [state for state in InterestState if state is not InterestState.WITHDRAWN]
    return next(_read(session, *wanted, _in(states), last_first=True, limit=1), None)


def of_pair(
    session: Session, need: str, outcome: str, manager: str, states: Collection[InterestState]
) -> tuple[KeptInterest, ...]:
    """Return the interests in these states that a manager has about a pair, by id."""
    pair = (_TABLE.c.need == need, _TABLE.c.outcome == outcome)
    return tuple(_read(session, *pair, _TABLE.c.manager == manager, _in(states)))


def unrouted(session: Session, need: str, outcome: str) -> tuple[KeptInterest, ...]:
    """Return the interests about a pair that wait for a manager, by id."""
    pair = (_TABLE.c.need == need, _TABLE.c.outcome == outcome)
    return tuple(_read(session, *pair, _in([InterestState.UNROUTED])))


def loads(session: Session) -> Counter[str]:
    """Return how many interests without a need each manager has still to answer."""
    waits = (_TABLE.c.need == "", _in([InterestState.ROUTED]))
    query = select(_TABLE.c.manager, func.count()).where(*waits).group_by(_TABLE.c.manager)
    found: Counter[str] = Counter()
    for manager, count in session.execute(query):
        found[manager] = count
    return found


def page(
    session: Session,
    *,
    account: str = "",
    manager: str = "",
    nodes: Collection[str] | None = (),
    states: Collection[InterestState] = (),
    before: str = "",
    limit: int = 100,
) -> tuple[KeptInterest, ...]:
    """Return interests by id, the last first: of the account, of the manager, of any of the nodes.

    nodes: None for all there are. states: only in one of these, where any is named. before: only
    those with smaller ids, where one is named.
    """
    wanted = [] if nodes is None else [_of_any(account, manager, nodes)]
    wanted += [_in(states)] if states else []
    wanted += [_TABLE.c.id < before] if before else []
    return tuple(_read(session, *wanted, last_first=True, limit=limit))


def save(session: Session, interest: Interest, expected_version: int) -> KeptInterest:
    """Write a later state of the interest over the version that the caller had read.

    Raises NotFound; EditConflict where another version is stored; InvalidValue where the history
    isn't the stored one with something added.
    """
    stored = get(session, interest.id)
    if stored is None:
        raise NotFound(f"There is no interest {interest.id}.", hint="It may never have been kept.")
    if stored.version != expected_version:
        raise EditConflict(
            f"Somebody else changed the interest {interest.id}.",
            hint="Load it again, then repeat your change.",
            version=stored.version,
        )
    known = len(stored.interest.history)
    if interest.history[:known] != stored.interest.history:
        raise InvalidValue(
            "What was done stays in the history.", field="history", hint="Add to it."
        )
    update(session, _TABLE, [{**_plain(interest), "version": stored.version + 1}])
    _append(session, interest, known)
    return KeptInterest(interest, stored.version + 1)


def _of_any(account: str, manager: str, nodes: Collection[str]) -> ColumnElement[bool]:
    """No id is nobody's: what has no manager isn't that of whoever is none."""
    return or_(
        (_TABLE.c.account == account) & (_TABLE.c.account != ""),
        (_TABLE.c.manager == manager) & (_TABLE.c.manager != ""),
        _TABLE.c.node.in_(sorted(filter(None, nodes))),
    )


def _in(states: Collection[InterestState]) -> ColumnElement[bool]:
    return _TABLE.c.state.in_(sorted(state.value for state in states))


def _plain(interest: Interest) -> Row:
    row = row_of(interest)
    check_lengths(row, _LOOKED_UP)
    return {name: value for name, value in row.items() if name != "history"}


def _append(session: Session, interest: Interest, known: int) -> None:
    rows = [
        {"interest": interest.id, "place": place, **row_of(step)}
        for place, step in enumerate(interest.history)
    ]
    insert(session, _STEPS, rows[known:])


def _read(
    session: Session,
    *wanted: ColumnElement[bool],
    last_first: bool = False,
    limit: int | None = None,
) -> Iterator[KeptInterest]:
    order = _TABLE.c.id.desc() if last_first else _TABLE.c.id
    query = select(_TABLE).where(*wanted).order_by(order).limit(limit)
    rows = [dict(row) for row in session.execute(query).mappings()]
    steps = _steps(session, [row["id"] for row in rows])
    for row in rows:
        whole = {**row, "history": steps[row["id"]]}
        yield KeptInterest(record_of(Interest, whole), row["version"])


def _steps(session: Session, ids: Sequence[str]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for chunk in chunks(ids):
        query = select(_STEPS).where(_STEPS.c.interest.in_(chunk)).order_by(_STEPS.c.place)
        for row in session.execute(query).mappings():
            found[row["interest"]].append(dict(row))
    return found
