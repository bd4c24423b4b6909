"""API tokens of accounts: made, listed, revoked. The secret is given out once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from matcher.actions.accounts import find_account, require_charge
from matcher.actions.audit import note
from matcher.actions.authority import actor_of, is_admin, require_admin
from matcher.actions.own_account import own_account
from matcher.actions.paged import Paged, paged
from matcher.actions.platform import Platform
from matcher.actions.sensitive_reads import TOKENS, tell_read
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer, visible
from matcher.errors import InvalidValue, NotAllowed, NotFound, UsageError
from matcher.store import accounts, tokens
from matcher.store.codec import is_storable
from matcher.store.tokens import Token

LONGEST_DAYS, USUAL_DAYS = 3650, 90


class Held(NamedTuple):
    """A token and the login of its account."""

    login: str
    token: Token


def new_token(
    platform: Platform, viewer: Viewer, login: str, name: str, role: Role | None, days: int
) -> tuple[Held, str]:
    """A token for `days` days and its secret, which can't be had again.

    role: None takes the account's, where it has but one. Raises NotFound, NotAllowed, UsageError,
    and InvalidValue for a role that the account doesn't have or a name that can't be one. Who
    acts in one role of their account gets no token for another of its roles (NotAllowed).
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise UsageError(f"A token lasts 1 to {LONGEST_DAYS} days.", field="days")
    if not is_storable(name):
        raise InvalidValue("name holds what is no character.", field="name", hint="Correct it.")
    now = platform.now()
    with platform.database.writing() as session:
        account = find_account(session, viewer, login)
        _require_own(session, viewer, account)
        scope = role or _only_role(account)
        _require_held(viewer, account, scope)
        end = now + timedelta(days=days)
        token, secret = tokens.new(session, account.id, name, scope, now, end)
        _note(session, viewer, "token_made", now, token)
    return Held(account.login, token), secret


def make_token(
    platform: Platform,
    viewer: Viewer,
    login: str,
    name: str,
    role: Role | None,
    days: int | None,
    *,
    until: datetime | None = None,
) -> tuple[Held, str]:
    """The same; without a login for the viewer themself, in the one role that they act in now.

    until: when the token ends by which the viewer acts, None where they act by none; what is made
    by a token doesn't outlast it (NotAllowed). days: None for USUAL_DAYS, or as many as are left.
    """
    left = USUAL_DAYS if until is None else (until - platform.now()).days
    days = min(USUAL_DAYS, max(left, 1)) if days is None else days
    if until is not None and platform.now() + timedelta(days=days) > until:
        raise NotAllowed(
            f"Your own token ends on {until.date().isoformat()}, and makes none that lasts longer.",
            field="days",
            hint="Name fewer days, or sign in with your password.",
        )
    if not login:
        login = own_account(platform, viewer).login
        acting = viewer.account.roles if viewer.account else ()
        role = acting[0] if role is None and len(acting) == 1 else role
    return new_token(platform, viewer, login, name, role, days)


def list_tokens(platform: Platform, viewer: Viewer, login: str | None = None) -> tuple[Held, ...]:
    """The tokens of one account, or of all that the viewer may know of; those that are over too.

    Raises NotFound.
    """
    found = _found(platform, viewer, login)
    _tell(platform, viewer, found)
    return found


def page_tokens(
    platform: Platform, viewer: Viewer, login: str | None, after: str, limit: int
) -> Paged[Held]:
    """The same by pages, behind the token of the id `after`, "" for the first page."""
    found = _found(platform, viewer, login)
    page = paged(found, lambda held: held.token.id, after, limit)
    _tell(platform, viewer, page.rows)
    return page


def revoke_token(platform: Platform, viewer: Viewer, id: str) -> Token:
    """End a token for good; a second time changes nothing. Raises NotFound."""
    now = platform.now()
    with platform.database.writing() as session:
        token = tokens.revoke(session, id if is_storable(id) else "", now)
        account = accounts.get(session, token.account)
        if account is None or not viewer.sees(account):
            # What was written is rolled back.
            raise NotFound(f"There is no token {id}.", hint="List the account's tokens.")
        if token.revoked_at == now:
            _note(session, viewer, "token_revoked", now, token)
    return token


def _found(platform: Platform, viewer: Viewer, login: str | None) -> tuple[Held, ...]:
    with platform.database.reading() as session:
        every = visible(viewer, accounts.every(session))
        whose = every if login is None else [find_account(session, viewer, login)]
        held = tokens.by_account(session)
        return tuple(
            Held(account.login, token) for account in whose for token in held.get(account.id, ())
        )


def _tell(platform: Platform, viewer: Viewer, found: Iterable[Held]) -> None:
    """Write down whose tokens somebody else has seen."""
    own = viewer.account.id if viewer.account else None
    others = dict.fromkeys(held.token.account for held in found if held.token.account != own)
    tell_read(platform, viewer, TOKENS, (Subject(noun=Noun.ACCOUNT, id=id_) for id_ in others))


def _note(session: Session, viewer: Viewer, verb: str, at: datetime, token: Token) -> None:
    whose = Subject(noun=Noun.ACCOUNT, id=token.account)
    note(session, actor_of(viewer), verb, at, whose, Subject(noun=Noun.TOKEN, id=token.id))


def _require_own(session: Session, viewer: Viewer, account: Account) -> None:
    """A token is the business of its account and of the admins."""
    if viewer.account is None or viewer.account.id != account.id:
        require_admin(viewer, account.node)
        require_charge(session, viewer, account)


def _require_held(viewer: Viewer, account: Account, role: Role) -> None:
    """A token that acts as a manager must not become one that acts as an admin."""
    if is_admin(viewer, account.node) or role not in account.roles:
        return
    if viewer.account is not None and role not in viewer.account.roles:
        raise NotAllowed(
            f"You aren't acting as {role.en}.",
            field="role",
            hint="Sign in in that role, or ask an admin of the node.",
        )


def _only_role(account: Account) -> Role:
    if len(account.roles) == 1:
        return account.roles[0]
    raise UsageError(
        f"{account.login} has several roles, and a token acts in one.",
        field="role",
        hint=f"Choose one of: {', '.join(account.roles)}.",
    )
