"""API tokens: named, revocable, scoped to one role of their account.

The secret is 256 random bits, shown once; the database holds its SHA-256 alone, which is enough
for a secret that can't be guessed and lets it be found by an index.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from matcher.domain.account import Account
from matcher.domain.enums import Role
from matcher.errors import InvalidValue, NotFound
from matcher.store import accounts
from matcher.store.codec import is_storable, record_of
from matcher.store.schema.account import AccountRoleRow, AccountRow
from matcher.store.schema.base import Base
from matcher.store.schema.token import TokenRow

PREFIX = "mt_"
_BYTES = 32
_LONGEST_NAME = 200
_TOKEN = Base.metadata.tables[TokenRow.__tablename__]
_ACCOUNT = Base.metadata.tables[AccountRow.__tablename__]
_ROLE = Base.metadata.tables[AccountRoleRow.__tablename__]


@dataclass(frozen=True, slots=True)
class Token:
    """What may be known of a token: all but its secret. Times are UTC; None is never."""

    id: str
    account: str
    name: str
    scope: Role
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


_TOKENS = select(*(_TOKEN.c[name] for name in Token.__slots__))
# Made once, as it is asked at every request.
_BEARER = (
    _TOKENS.add_columns(*_ACCOUNT.c)
    .join(_ACCOUNT, _ACCOUNT.c.id == _TOKEN.c.account)
    .join(_ROLE, _ROLE.c.account == _TOKEN.c.account)
    .where(
        _TOKEN.c.digest == bindparam("digest"),
        _TOKEN.c.revoked_at.is_(None),
        _ACCOUNT.c.active,
        _ROLE.c.role == _TOKEN.c.scope,
    )
)


def new(
    session: Session,
    account: str,
    name: str,
    scope: Role,
    now: datetime,
    expires_at: datetime | None = None,
) -> tuple[Token, str]:
    """Return a new token of the account and its secret, which can't be had again.

    Raises NotFound for an unknown account, InvalidValue for a role that the account doesn't
    have, a blank name and an end that is past.
    """
    _require_sound(session, account, name, scope, now, expires_at)
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    values: dict[str, Any] = {
        "id": uuid.uuid4().hex,
        "account": account,
        "name": name.strip(),
        "digest": _digest(secret),
        "scope": scope.value,
        "created_at": now,
        "expires_at": expires_at,
    }
    session.execute(insert(TokenRow).values(**values))
    return _one(session, values["id"]), secret


def verify(session: Session, secret: str, now: datetime) -> Token | None:
    """Return the token of this secret, unless it is expired or revoked.

    Nor does one count whose account is disabled or no longer has the role of its scope.
    """
    found = bearer(session, secret, now)
    return None if found is None else found[0]


def bearer(session: Session, secret: str, now: datetime) -> tuple[Token, Account] | None:
    """The same with the account that it is of, in no other role than the token's: one question,
    since it is asked at every request."""
    row = session.execute(_BEARER, {"digest": _digest(secret)}).one_or_none()
    own = len(Token.__slots__)
    token = None if row is None else _token(row[:own])
    if row is None or token is None or _is_over(token, now):
        return None
    values = dict(zip(_ACCOUNT.c.keys(), row[own:], strict=True))
    return token, record_of(Account, {**values, "roles": (token.scope,)})


def used(session: Session, id: str, now: datetime) -> None:
    """Note that the token was used; a clock that went back doesn't take that back.

    This writes, so a caller does it once in a while, not at every request.
    """
    earlier = TokenRow.last_used_at.is_(None) | (TokenRow.last_used_at < now)
    query = update(TokenRow).where(TokenRow.id == id, earlier).values(last_used_at=now)
    session.execute(query.execution_options(synchronize_session=False))


def by_account(session: Session) -> dict[str, list[Token]]:
    """Return the tokens of every account that has any, the newest of each first."""
    found: dict[str, list[Token]] = defaultdict(list)
    for row in session.execute(_TOKENS.order_by(TokenRow.seq.desc())):
        token = _token(row)
        found[token.account].append(token)
    return dict(found)


def revoke(session: Session, id: str, now: datetime) -> Token:
    """End the token for good; the time of a first revocation stays. Raises NotFound."""
    query = update(TokenRow).where(TokenRow.id == id, TokenRow.revoked_at.is_(None))
    session.execute(query.values(revoked_at=now).execution_options(synchronize_session=False))
    return _one(session, id)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _is_over(token: Token, now: datetime) -> bool:
    return token.expires_at is not None and token.expires_at <= now


def _require_sound(
    session: Session,
    account: str,
    name: str,
    scope: Role,
    now: datetime,
    expires_at: datetime | None,
) -> None:
    holder = accounts.get(session, account)
    if holder is None:
        raise NotFound(f"There is no account {account}.", hint="Create the account first.")
    if scope not in holder.roles:
        raise InvalidValue(
            f"The account doesn't have the role {scope.value}.",
            field="scope",
            hint=f"Choose one of: {', '.join(holder.roles)}.",
        )
    if not name.strip() or len(name) > _LONGEST_NAME or not is_storable(name):
        raise InvalidValue(
            f"The name has 1 to {_LONGEST_NAME} characters.",
            field="name",
            hint="Say what the token is for.",
        )
    if expires_at is not None and expires_at <= now:
        raise InvalidValue(
            f"{expires_at.isoformat()} is past.", field="expires_at", hint="Name a later time."
        )


def _token(row: Sequence[Any]) -> Token:
    values = dict(zip(Token.__slots__, row, strict=True))
    return Token(**{**values, "scope": Role(values["scope"])})


def _one(session: Session, id: str) -> Token:
    row = session.execute(_TOKENS.where(TokenRow.id == id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no token {id}.", hint="List the account's tokens.")
    return _token(row)
