"""When somebody was last seen: the latest of three ways, and nothing for who never was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.event import Event, Subject
from matcher.store import accounts, events, tokens, web_sessions
from matcher.store.database import Database
from matcher.store.last_seen import last_seen

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def signed_in(id_: str, at: datetime, verb: str = "signed_in") -> Event:
    return Event(actor=id_, verb=verb, at=at, subjects=(Subject(noun=Noun.ACCOUNT, id=id_),))


def test_the_latest_of_signing_in_pages_and_tokens_counts(database: Database) -> None:
    with database.writing() as session:
        for id_ in ("a", "b", "c", "d"):
            one = Account(id=id_, login=id_, roles=(Role.ADMIN,))
            accounts.add(session, one, at=NOON)
        events.append(session, [signed_in("a", NOON), signed_in("a", NOON + HOUR)])
        events.append(session, [signed_in("d", NOON + HOUR, "password_set")])
        events.append(session, [signed_in("b", NOON)])
        secret = web_sessions.begin(session, "b", NOON)
        web_sessions.seen(session, secret, NOON + 2 * HOUR)
        token, _ = tokens.new(session, "c", "x", Role.ADMIN, NOON)
        tokens.new(session, "a", "unused", Role.ADMIN, NOON)
        tokens.used(session, token.id, NOON + 3 * HOUR)
    with database.reading() as session:
        assert last_seen(session, ["a", "b", "c", "d", "nobody"]) == {
            "a": NOON + HOUR,
            "b": NOON + 2 * HOUR,
            "c": NOON + 3 * HOUR,
        }
        assert last_seen(session, []) == {}
