"""Accounts: who may sign in, in which roles, and the digests of their passwords.

Logins are told apart without regard to case and width. A password is never kept, only its
argon2id digest, and no function gives that out. Whoever gets another password or other roles, or
is shut out, has no session any more.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from matcher.domain.account import LONGEST_LOGIN, Account
from matcher.domain.enums import Role
from matcher.errors import DuplicateId, InvalidValue, NotFound
from matcher.store import web_sessions
from matcher.store.codec import check_lengths, is_storable, record_of, row_of
from matcher.store.schema.account import AccountRoleRow, AccountRow
from matcher.store.schema.base import Base

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1000
"""Characters; there is a longest so that nobody keeps the processor busy with one."""

_HASHER = PasswordHasher()
_TABLE = Base.metadata.tables[AccountRow.__tablename__]
_OF_MANAGERS = select(_TABLE.c.manager, _TABLE.c.id).where(_TABLE.c.manager != "")


def add(session: Session, account: Account, *, at: datetime) -> None:
    """Keep a new account; it can't sign in with a password until one is set.

    Raises DuplicateId where the id or the login is taken.
    """
    if get(session, account.id) is not None:
        raise DuplicateId(f"There is an account {account.id} already.", field="id")
    _require_free_login(session, account)
    session.execute(insert(_TABLE).values(created_at=at, **_columns(account)))
    _write_roles(session, account)


def get(session: Session, id: str) -> Account | None:
    """Return the account, an inactive one too."""
    found = _read(session, AccountRow.id == id) if is_storable(id) else ()
    return next(iter(found), None)


def by_login(session: Session, login: str) -> Account | None:
    """Return the account that signs in as `login`, in whatever case, an inactive one too."""
    found = _read(session, AccountRow.login_key == login_key(login)) if is_storable(login) else ()
    return next(iter(found), None)


def every(session: Session, node: str | None = None) -> tuple[Account, ...]:
    """Return all accounts, or those of one node, by id."""
    wanted = () if node is None else (AccountRow.node == node,)
    return _read(session, *wanted)


def of_organisation(session: Session, organisation: str) -> tuple[Account, ...]:
    """Return the accounts of an organisation, by id; none for ""."""
    return _read(session, AccountRow.organisation == organisation) if organisation else ()


def organisations(session: Session) -> frozenset[str]:
    """Return what the accounts have as their organisation."""
    query = select(_TABLE.c.organisation).where(_TABLE.c.organisation != "").distinct()
    return frozenset(session.scalars(query))


def of_managers(session: Session) -> dict[str, tuple[str, ...]]:
    """Return the ids of the accounts of each manager that has any, by the manager's id."""
    found: dict[str, list[str]] = defaultdict(list)
    for manager, id in session.execute(_OF_MANAGERS):
        found[manager].append(id)
    return {manager: tuple(sorted(ids)) for manager, ids in found.items()}


def save(session: Session, account: Account) -> None:
    """Replace all that the account says; its password stays.

    Raises NotFound where there is no such account, DuplicateId where another has its login.
    """
    _require_free_login(session, account)
    before = _require(session, account.id)
    _change(session, account.id, _columns(account))
    _write_roles(session, account)
    if not account.active or set(account.roles) != set(before.roles):
        web_sessions.end_all(session, account.id)


def set_roles(session: Session, id: str, roles: Collection[Role]) -> None:
    """Give the account these roles and no others. Raises NotFound, InvalidValue for none."""
    save(session, replace(_require(session, id), roles=Role.in_order(roles)))


def disable(session: Session, id: str) -> None:
    """Shut the account out; its tokens don't count from now on. Raises NotFound."""
    _change(session, id, {"active": False})
    web_sessions.end_all(session, id)


def enable(session: Session, id: str) -> None:
    """Let the account in again, and its tokens. Raises NotFound."""
    _change(session, id, {"active": True})


def set_password(session: Session, id: str, password: str) -> None:
    """Keep the digest of a new password in the place of the old one.

    Raises NotFound, and InvalidValue for a password that is too short or too long.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidValue(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.",
            field="password",
            hint="A few words that don't belong together are easy to keep in mind.",
        )
    _require(session, id)
    _change(session, id, {"password_digest": _HASHER.hash(_typed(password))})
    web_sessions.end_all(session, id)


def verify_password(session: Session, login: str, password: str) -> Account | None:
    """Return the active account that has this login and password.

    An unknown login, a disabled account and one without a password cost the same time as a
    wrong password, so that none of them can be told from another.
    """
    decoy = _decoy()
    account = by_login(session, login[: LONGEST_LOGIN + 1])
    digest = _digest(session, account.id) if account and account.active else ""
    matches = _matches(digest or decoy, password[:LONGEST_PASSWORD])
    return account if digest and matches and len(password) <= LONGEST_PASSWORD else None


def login_key(login: str) -> str:
    """Return what logins are compared by: two with the same key are one login."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def _typed(password: str) -> str:
    """One password however the keyboard composes its characters (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def _matches(digest: str, password: str) -> bool:
    try:
        return _HASHER.verify(digest, _typed(password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _decoy() -> str:
    """A digest of nobody's password, for the logins that have none."""
    return _HASHER.hash(secrets.token_urlsafe())


def _digest(session: Session, id: str) -> str:
    return session.scalar(select(AccountRow.password_digest).where(AccountRow.id == id)) or ""


def _columns(account: Account) -> dict[str, Any]:
    row = row_of(account)
    check_lengths(row, ("id", "node", "manager"))
    return {name: row[name] for name in row if name != "roles"} | {
        "login_key": login_key(account.login)
    }


def _read(session: Session, *wanted: ColumnElement[bool]) -> tuple[Account, ...]:
    """The accounts that meet all conditions, by id."""
    query = select(_TABLE).where(*wanted).order_by(_TABLE.c.id)
    roles = _roles(session, *wanted)
    rows = session.execute(query).mappings()
    return tuple(record_of(Account, {**row, "roles": roles[row["id"]]}) for row in rows)


def _roles(session: Session, *wanted: ColumnElement[bool]) -> dict[str, tuple[Role, ...]]:
    query = select(AccountRoleRow.account, AccountRoleRow.role).join(AccountRow).where(*wanted)
    roles: dict[str, list[Role]] = defaultdict(list)
    for account, role in session.execute(query):
        roles[account].append(Role(role))
    return {account: Role.in_order(held) for account, held in roles.items()}


def _write_roles(session: Session, account: Account) -> None:
    session.execute(delete(AccountRoleRow).where(AccountRoleRow.account == account.id))
    rows = [{"account": account.id, "role": role.value} for role in Role.in_order(account.roles)]
    session.execute(insert(AccountRoleRow), rows)


def _change(session: Session, id: str, values: dict[str, Any]) -> None:
    _require(session, id)
    session.execute(update(_TABLE).where(_TABLE.c.id == id).values(**values))


def _require(session: Session, id: str) -> Account:
    account = get(session, id)
    if account is None:
        raise NotFound(f"There is no account {id}.", hint="List the accounts to find its id.")
    return account


def _require_free_login(session: Session, account: Account) -> None:
    holder = by_login(session, account.login)
    if holder is not None and holder.id != account.id:
        raise DuplicateId(
            f"The login {account.login} is taken.",
            field="login",
            hint="Choose another; case doesn't tell two logins apart.",
        )
