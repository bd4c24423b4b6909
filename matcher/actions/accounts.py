"""Accounts: who may sign in and as what. An admin, once there is one, there always is.

Accounts are the business of the admins of their node; to others they don't exist.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.account_state import require_state
from matcher.actions.audit import note
from matcher.actions.authority import actor_of, admitted, is_admin, require_admin
from matcher.actions.paged import Paged, paged
from matcher.actions.platform import Platform
from matcher.actions.sensitive_reads import ACCOUNTS, tell_look, tell_read
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer, visible
from matcher.errors import NotAllowed, NotFound, UsageError
from matcher.store import accounts, records

_RECORDS = {"organisation": Noun.ORGANISATION, "manager": Noun.MANAGER}
CHANGEABLE = ("name", "node", "organisation", "manager", "language", "email", "roles")
"""What `change_account` changes; whether the account is active has a function of its own."""


@dataclass(frozen=True, slots=True)
class People:
    """All accounts, by login; `has_admin`: one of them is active and may administrate."""

    accounts: tuple[Account, ...]

    @property
    def has_admin(self) -> bool:
        """Whether anybody could sign in and administrate."""
        return any(_is_admin(account) for account in self.accounts)


def add_account(
    platform: Platform, viewer: Viewer, account: Account, password: str = ""
) -> Account:
    """Keep a new account, whose `id` is given out here; without a password it can't sign in yet.
    Without a node it belongs to the viewer's own, for the operator the one at the root.

    Raises DuplicateId for a login that is taken, NotFound for a node, organisation or manager
    that isn't there, InvalidValue for a password, NotAllowed; then nothing is kept.
    """
    account, at = replace(account, id=uuid.uuid4().hex), platform.now()
    with platform.database.writing() as session:
        account = replace(account, node=admitted(session, viewer, account.node))
        _require_known(session, account)
        require_charge(session, viewer, account)
        accounts.add(session, account, at=at)
        if password:
            accounts.set_password(session, account.id, password)
        _note(session, viewer, "account_added", at, account)
    return account


def find_account(session: Session, viewer: Viewer, login: str) -> Account:
    """The account that signs in as `login`, an inactive one too. Raises NotFound."""
    account = accounts.by_login(session, login)
    if account is None or not viewer.sees(account):
        raise NotFound(
            f"There is no account {login}.", hint="`matcher user list` shows all accounts."
        )
    return account


def list_accounts(platform: Platform, viewer: Viewer) -> People:
    """Everybody whom the viewer may know of, inactive accounts too."""
    with platform.database.reading() as session:
        found = tuple(visible(viewer, accounts.every(session)))
    if any(not _is_own(viewer, account) for account in found):
        tell_look(platform, viewer, ACCOUNTS)
    return People(tuple(sorted(found, key=lambda account: account.login.casefold())))


def page_accounts(platform: Platform, viewer: Viewer, after: str, limit: int) -> Paged[Account]:
    """The same by pages, behind the account of the id `after`, "" for the first page."""
    found = list_accounts(platform, viewer).accounts
    return paged(found, lambda account: account.id, after, limit)


def get_account(platform: Platform, viewer: Viewer, login: str) -> Account:
    """The account that signs in as `login`. Raises NotFound."""
    with platform.database.reading() as session:
        account = find_account(session, viewer, login)
    if not _is_own(viewer, account):
        tell_read(platform, viewer, ACCOUNTS, [Subject(noun=Noun.ACCOUNT, id=account.id)])
    return account


def change_account(
    platform: Platform, viewer: Viewer, login: str, changes: dict[str, Any], seen: str = ""
) -> Account:
    """Change some of CHANGEABLE; all or nothing.

    seen: the state (`account_state`) that the change was made of, "" to change whatever there is.
    Raises NotFound, NotAllowed, InvalidValue, EditConflict, and UsageError for another field and
    for the last admin.
    """
    if unknown := sorted(changes.keys() - set(CHANGEABLE)):
        hint = f"Name one of: {', '.join(CHANGEABLE)}."
        raise UsageError(f"{unknown[0]} isn't changed this way.", field=unknown[0], hint=hint)
    at = platform.now()
    with platform.database.writing() as session:
        before = find_account(session, viewer, login)
        require_admin(viewer, before.node)
        require_state(before, seen)
        account = replace(before, **changes)
        roles = Role.in_order(account.roles)
        account = replace(account, roles=roles, node=admitted(session, viewer, account.node))
        _require_known(session, account, before)
        if account.manager != before.manager or _becomes_manager(before, account):
            require_charge(session, viewer, account)
        _require_admin_left(session, before, account)
        accounts.save(session, account)
        _note(session, viewer, "account_changed", at, account)
        if account.roles != before.roles:
            _note(session, viewer, "roles_set", at, account)
    return account


def set_roles(platform: Platform, viewer: Viewer, login: str, roles: Collection[Role]) -> Account:
    """Give these roles and no others.

    Raises NotFound, NotAllowed, InvalidValue for none, UsageError for the last admin.
    """
    at = platform.now()
    with platform.database.writing() as session:
        before = find_account(session, viewer, login)
        account = replace(before, roles=Role.in_order(roles))
        require_admin(viewer, account.node)
        if _becomes_manager(before, account):
            require_charge(session, viewer, account)
        _require_admin_left(session, before, account)
        accounts.save(session, account)
        _note(session, viewer, "roles_set", at, account)
    return account


def set_active(platform: Platform, viewer: Viewer, login: str, active: bool) -> Account:
    """Let an account in or shut it out, its tokens too.

    Raises NotFound, NotAllowed, UsageError for the last admin.
    """
    at = platform.now()
    with platform.database.writing() as session:
        before = find_account(session, viewer, login)
        account = replace(before, active=active)
        require_admin(viewer, account.node)
        _require_admin_left(session, before, account)
        accounts.save(session, account)
        _note(session, viewer, "account_enabled" if active else "account_disabled", at, account)
    return account


def set_password(platform: Platform, viewer: Viewer, login: str, password: str) -> None:
    """Replace the password. Raises NotFound, NotAllowed, InvalidValue for a poor one."""
    at = platform.now()
    with platform.database.writing() as session:
        account = find_account(session, viewer, login)
        require_admin(viewer, account.node)
        require_charge(session, viewer, account)
        accounts.set_password(session, account.id, password)
        _note(session, viewer, "password_set", at, account)


def _is_own(viewer: Viewer, account: Account) -> bool:
    return viewer.account is not None and viewer.account.id == account.id


def _note(session: Session, viewer: Viewer, verb: str, at: datetime, account: Account) -> None:
    note(session, actor_of(viewer), verb, at, Subject(noun=Noun.ACCOUNT, id=account.id))


def _require_known(session: Session, account: Account, before: Account | None = None) -> None:
    """What an account names has to be there; an empty id names nothing.

    What it named before may have gone away since, which is no reason to refuse another change.
    """
    for field, noun in _RECORDS.items():
        id_ = getattr(account, field)
        if before is not None and id_ == getattr(before, field):
            continue
        stored = records.get(session, noun, id_) if id_ else None
        if id_ and (stored is None or not stored.live):
            hint = f"Import it first, or leave --{field} out."
            raise NotFound(f"There is no {noun.en} {id_}.", field=field, hint=hint)


def require_charge(session: Session, viewer: Viewer, account: Account) -> None:
    """Raise NotAllowed where an account acts for a manager of a node that isn't the viewer's.

    Who is made that manager, or gets a password or token of the account, sees the manager's
    follow-ups, which may be another node's affair.
    """
    manager = account.manager
    stored = records.get(session, Noun.MANAGER, manager) if manager else None
    if stored is not None and not is_admin(viewer, stored.record.node):
        raise NotAllowed(
            f"The manager {manager} belongs to a node that isn't yours.",
            field="manager",
            hint="Ask an admin of that node, or of one above it.",
        )


def _require_admin_left(session: Session, before: Account, after: Account) -> None:
    if not _is_admin(before) or _is_admin(after):
        return
    others = (one for one in accounts.every(session) if one.id != before.id)
    if not any(_is_admin(one) for one in others):
        raise UsageError(
            f"{before.login} is the last admin.",
            hint="Make somebody else admin first: matcher user role LOGIN --set admin.",
        )


def _becomes_manager(before: Account, after: Account) -> bool:
    return Role.MANAGER in after.roles and Role.MANAGER not in before.roles


def _is_admin(account: Account) -> bool:
    return account.active and Role.ADMIN in account.roles
