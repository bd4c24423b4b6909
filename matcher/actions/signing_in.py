"""Who is asking: the account behind a token, as far as its scope goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from matcher.actions.platform import Platform
from matcher.domain.enums import Role
from matcher.domain.visibility import Viewer, viewer_of
from matcher.errors import NotSignedIn
from matcher.store import accounts, nodes, tokens
from matcher.store.tokens import Token

NOTED_EVERY = timedelta(minutes=10)
"""How often it is written down that a token was used."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is known. viewer: their account in the one role that they act in, or in all of
    them (`scope` None)."""

    viewer: Viewer
    scope: Role | None = None


def by_token(platform: Platform, secret: str) -> SignedIn:
    """The account of a token, with no other role than the token's.

    Raises NotSignedIn for a token that isn't there, is over or revoked, or whose account is shut
    out or has lost the role; which of these is not told.
    """
    now = platform.now()
    with platform.database.reading() as session:
        token = tokens.verify(session, secret, now)
        account = accounts.get(session, token.account) if token else None
        if token is None or account is None:
            raise NotSignedIn("This token isn't good.", hint="Make another: matcher token new.")
        viewer = viewer_of(replace(account, roles=(token.scope,)), nodes.parents(session))
    _note_use(platform, token, now)
    return SignedIn(viewer, token.scope)


def _note_use(platform: Platform, token: Token, now: datetime) -> None:
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        with platform.database.writing() as session:
            tokens.used(session, token.id, now)
