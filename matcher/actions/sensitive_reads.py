"""Writing down who read something sensitive: once a day for each subject, however often."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.actions.authority import actor_of
from matcher.actions.platform import Platform
from matcher.domain.event import Subject
from matcher.domain.visibility import Viewer
from matcher.store import events

ACCOUNTS, TOKENS, CONTACT, GUARDED, AUDIT = (
    "read_accounts",
    "read_tokens",
    "read_contact",
    "read_guarded",
    "read_audit",
)
"""The verbs: accounts and tokens of others, how to reach somebody who is interested or whose record
is followed up, fields that are kept from most, and these events themselves. An export is
`read_export_` and what it is of."""


def tell_read(platform: Platform, viewer: Viewer, verb: str, subjects: Iterable[Subject]) -> None:
    """Append an event about the subjects that this viewer hasn't read today; none for none.

    It is called after the transaction that has read, and takes one of its own to write, which is
    only opened where there is something to write. Raises StoreUnavailable.
    """
    named = tuple(dict.fromkeys(subjects))
    at, actor = platform.now(), actor_of(viewer)
    if not named:
        return
    with platform.database.reading() as session:
        if not _new(session, actor, verb, named, at):
            return
    with platform.database.writing() as session:
        if new := _new(session, actor, verb, named, at):
            note(session, actor, verb, at, *new)


def tell_look(platform: Platform, viewer: Viewer, verb: str) -> None:
    """The same for what is about nothing in particular, such as a whole list: once a day."""
    at, actor = platform.now(), actor_of(viewer)
    with platform.database.reading() as session:
        if events.was_told(session, actor, verb, _morning(at)):
            return
    with platform.database.writing() as session:
        if not events.was_told(session, actor, verb, _morning(at)):
            note(session, actor, verb, at)


def _new(
    session: Session, actor: str, verb: str, subjects: tuple[Subject, ...], at: datetime
) -> tuple[Subject, ...]:
    told = events.told_about(session, actor, verb, _morning(at), subjects)
    return tuple(one for one in subjects if one not in told)


def _morning(at: datetime) -> datetime:
    return datetime.combine(at.date(), time(), at.tzinfo)
