"""Who is asking: the account behind a token, a session, or a login with its password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from matcher.actions import sign_in_attempts
from matcher.actions.accounts import find_account
from matcher.actions.audit import note
from matcher.actions.authority import actor_of, require_admin
from matcher.actions.platform import Platform
from matcher.domain.account import LONGEST_LOGIN, Account
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer, viewer_of
from matcher.errors import NotSignedIn
from matcher.store import accounts, nodes, tokens, web_sessions
from matcher.store.tokens import Token

NOTED_EVERY = timedelta(minutes=10)
"""How often it is written down that a token or a session was used."""
STRANGER = "stranger"
"""The actor of an attempt to sign in that came to nothing."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is known. viewer: their account in the one role that they act in, or in all of
    them (`scope` None). until: when their token ends, None for a session and a token without end.
    """

    viewer: Viewer
    scope: Role | None = None
    until: datetime | None = None


def by_token(platform: Platform, secret: str) -> SignedIn:
    """The account of a token, with no other role than the token's.

    Raises NotSignedIn for a token that isn't there, is over or revoked, or whose account is shut
    out or has lost the role; which of these is not told.
    """
    now = platform.now()
    with platform.database.reading() as session:
        found = tokens.bearer(session, secret, now)
        if found is None:
            raise NotSignedIn("This token isn't good.", hint="Make another: matcher token new.")
        token, account = found
        viewer = viewer_of(account, nodes.parents(session))
    _note_use(platform, token, now)
    return SignedIn(viewer, token.scope, token.expires_at)


def by_password(platform: Platform, login: str, password: str, address: str) -> str:
    """Sign in and return the secret of a new session.

    address: where it comes from, as failures are counted by it too. Raises NotSignedIn, in the
    same words and after the same look at a password for a login that isn't there, a wrong
    password, an account that is shut out, and a login or address that is locked.
    """
    with platform.database.writing() as session:
        admitted = sign_in_attempts.admit(session, platform, login, address)
    with platform.database.reading() as session:
        account = accounts.verify_password(session, login, password)
    if not admitted:
        raise _refusal()
    with platform.database.writing() as session:
        secret = _begun(session, platform, login, account, address)
        if secret is None:
            _note_failure(session, platform, login, address)
    if secret is None:
        raise _refusal()
    return secret


def by_session(platform: Platform, secret: str) -> SignedIn:
    """The account of a session, in all its roles. Raises NotSignedIn for one that is over."""
    now = platform.now()
    with platform.database.reading() as session:
        found = web_sessions.find(session, secret)
        account = accounts.get(session, found.account) if found else None
        parents = nodes.parents(session)
    if found is None or account is None or not account.active:
        raise NotSignedIn("This session is over.", hint="Sign in again.")
    if found.is_over(now):
        with platform.database.writing() as session:
            web_sessions.end(session, secret)
        raise NotSignedIn("This session is over.", hint="Sign in again.")
    if now - found.seen_at >= NOTED_EVERY:
        with platform.database.writing() as session:
            web_sessions.seen(session, secret, now)
    return SignedIn(viewer_of(account, parents))


def sign_out(platform: Platform, secret: str) -> None:
    """End a session; one that is over stays so."""
    with platform.database.writing() as session:
        found = web_sessions.find(session, secret)
        if found is not None:
            web_sessions.end(session, secret)
            subject = Subject(noun=Noun.ACCOUNT, id=found.account)
            note(session, found.account, "signed_out", platform.now(), subject)


def unlock(platform: Platform, viewer: Viewer, login: str) -> None:
    """Let an account sign in again after too many failures. Raises NotFound, NotAllowed."""
    with platform.database.writing() as session:
        account = find_account(session, viewer, login)
        require_admin(viewer, account.node)
        sign_in_attempts.clear(session, platform, login)
        sign_in_attempts.clear_own(session, platform, account.id)
        subject = Subject(noun=Noun.ACCOUNT, id=account.id)
        note(session, actor_of(viewer), "unlocked", platform.now(), subject)


def _begun(
    session: Session, platform: Platform, login: str, account: Account | None, address: str
) -> str | None:
    """A new session, unless the account was changed while its password was looked at."""
    if account is None or accounts.get(session, account.id) != account:
        return None
    now = platform.now()
    sign_in_attempts.clear(session, platform, login, address)
    note(session, account.id, "signed_in", now, Subject(noun=Noun.ACCOUNT, id=account.id))
    return web_sessions.begin(session, account.id, now)


def _note_failure(session: Session, platform: Platform, login: str, address: str) -> None:
    """Of a login that isn't there nothing is written: it may be a password in the wrong field."""
    account = accounts.by_login(session, login[: LONGEST_LOGIN + 1])
    subjects = (Subject(noun=Noun.ACCOUNT, id=account.id),) if account else ()
    now = platform.now()
    note(session, STRANGER, "sign_in_failed", now, *subjects)
    if sign_in_attempts.is_login_locked(session, platform, login, address):
        note(session, STRANGER, "locked_out", now, *subjects)


def _refusal() -> NotSignedIn:
    hint = "After several failures wait 15 minutes, or ask an admin."
    return NotSignedIn("The login or the password is wrong.", hint=hint)


def _note_use(platform: Platform, token: Token, now: datetime) -> None:
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        with platform.database.writing() as session:
            tokens.used(session, token.id, now)
