"""Who is asking, and what they may change about themselves."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matcher.domain.enums import Language, Role
from matcher.web.models.accounts import AccountShown, Email, Password, PersonName
from matcher.web.models.base import Body


class MeShown(AccountShown):
    """Your account. acting_as: the roles you have in this request; product_version: what answers
    you."""

    acting_as: list[Role]
    product_version: str


class MeBody(Body):
    """What isn't given stays."""

    name: PersonName | None = None
    language: Language | None = None
    email: Email | None = None


class OwnPasswordBody(Body):
    """The password there is, and the one to take its place."""

    old: Annotated[str, Field(max_length=1000)]
    new: Password
