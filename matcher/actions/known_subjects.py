"""Which of the things that events are about a viewer may know of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.actions.authority import is_admin
from matcher.actions.import_runs import node_of
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer
from matcher.store import accounts, followups, imports, interests, jobs, plans, records
from matcher.store.schema.token import TokenRow
from matcher.store.tables import RECORD_NOUNS

Known = Callable[[Session, Viewer, list[str]], Iterator[str]]


def known_subjects(
    session: Session, viewer: Viewer, subjects: Iterable[Subject]
) -> frozenset[Subject]:
    """Those that are there, or were, and that the viewer may know of."""
    ids: dict[Noun, set[str]] = defaultdict(set)
    for one in subjects:
        ids[one.noun].add(one.id)
    return frozenset(
        Subject(noun=noun, id=id_)
        for noun in ids
        for id_ in _of(noun)(session, viewer, sorted(ids[noun]))
    )


def _of(noun: Noun) -> Known:
    if noun in RECORD_NOUNS:
        return lambda session, viewer, ids: _records(session, viewer, noun, ids)
    return _OTHERS[noun]


def _records(session: Session, viewer: Viewer, noun: Noun, ids: list[str]) -> Iterator[str]:
    found = records.get_many(session, noun, ids)
    return (id_ for id_, stored in found.items() if viewer.sees(stored.record))


def _followups(session: Session, viewer: Viewer, ids: list[str]) -> Iterator[str]:
    found = followups.get_many(session, ids)
    return (id_ for id_, kept in found.items() if viewer.sees(kept.followup))


def _interests(session: Session, viewer: Viewer, ids: list[str]) -> Iterator[str]:
    for id_ in ids:
        kept = interests.get(session, id_)
        if kept is not None and viewer.sees(kept.interest):
            yield id_


def _accounts(session: Session, viewer: Viewer, ids: list[str]) -> Iterator[str]:
    for id_ in ids:
        account = accounts.get(session, id_)
        if account is not None and viewer.sees(account):
            yield id_


def _tokens(session: Session, viewer: Viewer, ids: list[str]) -> Iterator[str]:
    """Those of accounts that they may know of."""
    query = select(TokenRow.id, TokenRow.account).where(TokenRow.id.in_(ids))
    for id_, account in session.execute(query).all():
        if any(_accounts(session, viewer, [account])):
            yield id_


def _plans(session: Session, viewer: Viewer, ids: list[str]) -> Iterator[str]:
    for id_ in ids:
        node = plans.node_of(session, id_)
        if node is not None and is_admin(viewer, node):
            yield id_


def _imports(session: Session, viewer: Viewer, ids: list[str]) -> Iterator[str]:
    for id_ in ids:
        run = imports.get(session, id_)
        if run is not None and is_admin(viewer, node_of(run)):
            yield id_


def _jobs(session: Session, viewer: Viewer, ids: list[str]) -> Iterator[str]:
    """Those of their nodes; one that was forgotten belongs to none."""
    for id_ in ids:
        kept = jobs.get(session, id_)
        if kept is not None and is_admin(viewer, kept.job.node):
            yield id_


def _anybodys(_session: Session, _viewer: Viewer, ids: list[str]) -> Iterator[str]:
    return iter(ids)


_OTHERS: Mapping[Noun, Known] = MappingProxyType(
    {
        Noun.FOLLOW_UP: _followups,
        Noun.INTEREST: _interests,
        Noun.ACCOUNT: _accounts,
        Noun.TOKEN: _tokens,
        Noun.PLAN: _plans,
        Noun.IMPORT: _imports,
        Noun.JOB: _jobs,
        Noun.NODE: _anybodys,
        Noun.MODEL: _anybodys,
    }
)
