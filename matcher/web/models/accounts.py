"""Accounts: lists of them, new ones, and what may be changed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matcher.domain.account import LONGEST_LOGIN
from matcher.domain.enums import Language, Role
from matcher.domain.message import LONGEST_ADDRESS
from matcher.web.models.base import Body, Params, Shown
from matcher.web.models.records import Cursor, NextCursor
from matcher.web.models.worklist import LONGEST_ID

PageLimit = Annotated[int, Field(ge=1, le=200, description="How many at most.")]
PersonName = Annotated[str, Field(max_length=200)]
Reference = Annotated[str, Field(max_length=LONGEST_ID, description="An id; empty for none.")]
Email = Annotated[
    str, Field(max_length=LONGEST_ADDRESS, description="Where mail is sent; empty for nowhere.")
]
Password = Annotated[str, Field(min_length=10, max_length=1000)]
Roles = Annotated[tuple[Role, ...], Field(min_length=1, max_length=len(Role))]


class PageParams(Params):
    """Which page."""

    limit: PageLimit = 50
    cursor: Cursor = ""


class AccountBody(Body):
    """Somebody new. Without a node it is yours; without a password they can't sign in yet."""

    login: Annotated[str, Field(min_length=1, max_length=LONGEST_LOGIN)]
    roles: Roles
    name: PersonName = ""
    node: Reference = ""
    organisation: Reference = ""
    manager: Reference = ""
    language: Language = Language.ZH
    email: Email = ""
    password: Password | None = None


class AccountChange(Body):
    """What isn't given stays."""

    name: PersonName | None = None
    node: Reference | None = None
    organisation: Reference | None = None
    manager: Reference | None = None
    language: Language | None = None
    email: Email | None = None


class RolesBody(Body):
    """These roles and no others."""

    roles: Roles


class PasswordBody(Body):
    """Another password."""

    password: Password


class AccountShown(Shown):
    """An account; nothing gives its password out."""

    id: str
    login: str
    name: str
    roles: list[Role]
    node: str
    organisation: str
    manager: str
    language: Language
    active: bool
    email: str


class AccountsShown(Shown):
    """A page of accounts, by login."""

    items: list[AccountShown]
    next_cursor: NextCursor
