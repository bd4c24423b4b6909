"""Who may act for a manager, and what the manager themself may know of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from matcher.actions.authority import is_admin
from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.domain.manager import Manager
from matcher.domain.visibility import Viewer, viewer_of
from matcher.errors import NotAllowed
from matcher.store import accounts, nodes


def is_manager(viewer: Viewer, manager: Manager) -> bool:
    """Whether the viewer is this manager, in the role."""
    account = viewer.account
    if account is None or not account.active:
        return False
    return account.manager == manager.id and Role.MANAGER in account.roles


def require_acting(viewer: Viewer, manager: Manager) -> None:
    """Raise NotAllowed unless the viewer is the manager, an admin of their node or above it, or
    the operator."""
    if not (is_manager(viewer, manager) or is_admin(viewer, manager.node)):
        raise NotAllowed(
            f"This is for {manager.id} themself and for the admins of their node.",
            hint="Sign in as the manager, or ask an admin.",
        )


def account_of(session: Session, manager: Manager) -> Account | None:
    """The account by which the manager signs in; the first one by id where they have several."""
    return _usable(session, accounts.of_managers(session).get(manager.id, ()))


def _usable(session: Session, ids: Iterable[str]) -> Account | None:
    found = (accounts.get(session, id_) for id_ in ids)
    usable = (one for one in found if one is not None and one.active and Role.MANAGER in one.roles)
    return next(usable, None)


def sight_of(session: Session, manager: Manager) -> Viewer:
    """The manager as a viewer; without an account, as somebody at their node would see."""
    return _sight(manager, account_of(session, manager), nodes.parents(session))


def sights_of(session: Session, managers: Iterable[Manager]) -> dict[str, Viewer]:
    """The same of many managers, by id."""
    parents, known = nodes.parents(session), accounts.of_managers(session)
    return {
        one.id: _sight(one, _usable(session, known.get(one.id, ())), parents) for one in managers
    }


def _sight(manager: Manager, account: Account | None, parents: Mapping[str, str]) -> Viewer:
    if account is not None:
        return viewer_of(account, parents)
    somebody = Account(
        id=manager.id, login="nobody", roles=(Role.MANAGER,), node=manager.node, manager=manager.id
    )
    # What is for a named account isn't for one that happens to have the id of a manager.
    own = {f"account:{manager.id}"}
    return Viewer(None, viewer_of(somebody, parents).tokens - own)
