"""One's own account: what it is, and what of it one may change without an admin."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from matcher.actions import sign_in_attempts
from matcher.actions.account_state import require_state
from matcher.actions.audit import note
from matcher.actions.platform import Platform
from matcher.domain.account import Account
from matcher.domain.enums import Language, Noun
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer
from matcher.errors import NotAllowed, NotFound
from matcher.store import accounts


def own_account(platform: Platform, viewer: Viewer) -> Account:
    """The viewer's account with all its roles, whatever they act in now. Raises NotFound."""
    with platform.database.reading() as session:
        return _own(session, viewer)


def change_own(
    platform: Platform,
    viewer: Viewer,
    *,
    name: str | None = None,
    language: Language | None = None,
    email: str | None = None,
    seen: str = "",
) -> Account:
    """Change name, language, or where mail is sent, "" for nowhere; None leaves it.

    seen: the state (`account_state`) that the change was made of, "" to change whatever there is.
    Raises NotFound, InvalidValue, EditConflict.
    """
    at = platform.now()
    with platform.database.writing() as session:
        before = _own(session, viewer)
        require_state(before, seen)
        account = replace(
            before,
            name=before.name if name is None else name,
            language=language or before.language,
            email=before.email if email is None else email.strip(),
        )
        if account != before:
            accounts.save(session, account)
            note(session, account.id, "account_changed", at, _about(account))
    return account


def change_own_password(platform: Platform, viewer: Viewer, old: str, new: str) -> None:
    """Replace the password by a new one, for who knows the one there is.

    Wrong ones are counted by account, apart from failures to sign in. Raises NotAllowed for a wrong
    one, where the account has none yet, and, in other words, where it is locked after too many;
    InvalidValue for a new one that is too short or too long; NotFound.
    """
    with platform.database.writing() as session:
        account = _own(session, viewer)
        admitted = sign_in_attempts.admit_own(session, platform, account.id)
    with platform.database.reading() as session:
        known = accounts.verify_password(session, account.login, old)
    if not admitted or known is None or known.id != account.id:
        _note_failure(platform, account, admitted)
        raise _wrong() if admitted else _locked()
    at = platform.now()
    with platform.database.writing() as session:
        sign_in_attempts.clear_own(session, platform, account.id)
    with platform.database.writing() as session:
        accounts.set_password(session, account.id, new)
        note(session, account.id, "password_set", at, _about(account))


def _note_failure(platform: Platform, account: Account, admitted: bool) -> None:
    at, about = platform.now(), _about(account)
    with platform.database.writing() as session:
        note(session, account.id, "sign_in_failed", at, about)
        if admitted and sign_in_attempts.is_own_locked(session, platform, account.id):
            note(session, account.id, "locked_out", at, about)


def _wrong() -> NotAllowed:
    hint = "After several failures wait 15 minutes, or ask an admin for another password."
    return NotAllowed("This isn't the password there is.", field="old", hint=hint)


def _locked() -> NotAllowed:
    hint = "Wait 15 minutes, or ask an admin to unlock your account."
    message = "It was wrong too often, so it isn't looked at."
    return NotAllowed(message, field="old", hint=hint, locked=True)


def _own(session: Session, viewer: Viewer) -> Account:
    account = None if viewer.account is None else accounts.get(session, viewer.account.id)
    if account is None or not account.active:
        raise NotFound("You have no account here.", hint="Sign in with an account.")
    return account


def _about(account: Account) -> Subject:
    return Subject(noun=Noun.ACCOUNT, id=account.id)
