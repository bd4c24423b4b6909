"""The names of those who took steps and wrote notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Language
from matcher.domain.node import ancestors
from matcher.domain.visibility import Viewer
from matcher.store import accounts, nodes

ABOVE: Mapping[Language, str] = {
    Language.ZH: "上级节点的人员",
    Language.EN: "somebody of a node above",
}
"""What stands for the name of an account of a node above."""


def names_of(platform: Platform, viewer: Viewer, actors: Iterable[str]) -> dict[str, str]:
    """Name or login of the accounts by id; what is no account, such as an import, isn't in it.

    Whoever may read a follow-up may know who worked on it; a viewer of nothing gets nothing. Of
    accounts of a node above the viewer's it is told what they are, not who.
    """
    if not viewer.tokens:
        return {}
    with platform.database.reading() as session:
        found = {id_: accounts.get(session, id_) for id_ in sorted(set(actors))}
        above = _above(session, viewer)
    return {id_: _name(one, viewer, above) for id_, one in found.items() if one is not None}


def _above(session: Session, viewer: Viewer) -> tuple[str, ...]:
    """The nodes above the viewer's."""
    node = viewer.account.node if viewer.account else ""
    return ancestors(node, nodes.parents(session)) if node else ()


def _name(account: Account, viewer: Viewer, above: tuple[str, ...]) -> str:
    if viewer.account is not None and account.node in above:
        return ABOVE[viewer.account.language]
    return account.name or account.login
