"""Tokens: lists of them, and new ones."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from matcher.actions.tokens import LONGEST_DAYS
from matcher.domain.account import LONGEST_LOGIN
from matcher.domain.enums import Role
from matcher.web.models.accounts import PageParams
from matcher.web.models.base import Body, Shown
from matcher.web.models.records import NextCursor


class TokensParams(PageParams):
    """Whose, and which page; without a login those of all accounts that you may know of."""

    login: Annotated[str, Field(max_length=LONGEST_LOGIN)] = ""


class TokenBody(Body):
    """For which account (yours without one), in which of its roles (it may have but one, then it
    need not be said), and for how long."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    login: Annotated[str, Field(max_length=LONGEST_LOGIN)] = ""
    role: Role | None = None
    days: Annotated[int | None, Field(ge=1, le=LONGEST_DAYS)] = None


class TokenShown(Shown):
    """What may be known of a token."""

    id: str
    login: str
    name: str
    role: Role
    created_at: dt.datetime
    expires_at: dt.datetime | None
    last_used_at: dt.datetime | None
    revoked_at: dt.datetime | None


class TokenMade(TokenShown):
    """A new token with its secret, which is told this one time."""

    secret: str


class TokensShown(Shown):
    """A page of tokens: those of one account together, the newest first."""

    items: list[TokenShown]
    next_cursor: NextCursor
