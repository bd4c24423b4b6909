"""Whom a round of notices is for, and what there is to tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.domain.notice import Matter, NoticeKind
from matcher.domain.visibility import Viewer, viewer_of
from matcher.store import accounts, nodes


class News(NamedTuple):
    """What becomes one notice, as far as it is new; key: what the matters have in common."""

    kind: NoticeKind
    matters: tuple[Matter, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may sign in, in all of their roles."""

    account: Account
    viewer: Viewer

    @property
    def manager(self) -> str:
        """The manager that they are, "" for none."""
        return self.account.manager if Role.MANAGER in self.account.roles else ""


Told = Mapping[str, Iterable[News]]
"""By the id of an account."""


def readers(session: Session) -> tuple[Reader, ...]:
    """Everybody with an active account, by id."""
    parents = nodes.parents(session)
    everybody = (one for one in accounts.every(session) if one.active)
    return tuple(Reader(one, viewer_of(one, parents)) for one in everybody)


def by_manager(found: Iterable[Reader]) -> Mapping[str, list[Reader]]:
    """Those that are managers, by the manager's id."""
    kept: dict[str, list[Reader]] = defaultdict(list)
    for one in found:
        if one.manager:
            kept[one.manager].append(one)
    return kept


def matter(key: str, **subjects: str) -> Matter:
    """A matter about these records, named by their noun: matter("k", need="n1")."""
    return Matter(
        key=key,
        subjects=tuple(Subject(noun=Noun(noun), id=id_) for noun, id_ in subjects.items()),
    )


def gathered(
    found: Iterable[tuple[str, Matter]], kind: NoticeKind, key: str = ""
) -> Iterator[tuple[str, News]]:
    """What each account is to be told of a kind: its matters together."""
    kept: dict[str, list[Matter]] = defaultdict(list)
    for account, one in found:
        kept[account].append(one)
    return ((account, News(kind, tuple(matters), key)) for account, matters in kept.items())
