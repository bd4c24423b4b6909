"""Who may enter, change and remove a record by hand, and which of its fields are theirs to set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import Enum, auto
from types import MappingProxyType
from typing import Any

from matcher.actions.acting import is_manager
from matcher.actions.authority import is_admin
from matcher.domain.account import Account
from matcher.domain.enums import Noun, Role
from matcher.domain.manager import Manager
from matcher.domain.visibility import Viewer
from matcher.errors import NotAllowed

ENTERED_BY: Mapping[Role, frozenset[Noun]] = MappingProxyType(
    {
        Role.ENTERPRISE: frozenset({Noun.NEED}),
        Role.HOLDER: frozenset({Noun.OUTCOME}),
        # They write down what they hear from either side.
        Role.MANAGER: frozenset({Noun.NEED, Noun.OUTCOME}),
        Role.ADMIN: frozenset(),
    }
)
"""What an account enters as its own; an admin enters all four nouns, for the node."""

OWNERS_CANT = frozenset({"node", "owner"})
"""Whose a listing is decides who sees it, and which managers keep out of it."""

MANAGERS_OWN = frozenset(
    {
        *("statement", "statement_en", "fields", "industries", "regions", "languages"),
        *("capacity", "deals"),
    }
)
"""What managers say of themselves. The rest, what is added later too, an admin vouches for."""


class Right(Enum):
    """By what right somebody writes a record."""

    ADMIN = auto()
    OWNER = auto()
    SELF = auto()


def enters_as_admin(viewer: Viewer) -> bool:
    """Whether what the viewer enters is entered for a node; the operator's is, too."""
    account = viewer.account
    return account is None or Role.ADMIN in account.roles


def require_entering(viewer: Viewer, noun: Noun) -> Account:
    """The account, where one of its roles enters records of this kind. Raises NotAllowed."""
    account = viewer.account
    if account is None or not account.node or not _enters(account, noun):
        roles = [role.value for role, nouns in ENTERED_BY.items() if noun in nouns]
        hint = f"Those who may have one of the roles {', '.join([*roles, Role.ADMIN])}, and a node."
        raise NotAllowed(f"You can't enter a record of the kind {noun}.", hint=hint)
    return account


def may_enter(viewer: Viewer, noun: Noun) -> bool:
    """Whether the viewer enters records of this kind, as their own or for a node."""
    account = viewer.account
    if account is None or not account.node:
        return False
    return account.active and (Role.ADMIN in account.roles or _enters(account, noun))


def right_over(viewer: Viewer, noun: Noun, record: Any) -> Right:
    """By what right the viewer changes the record. Raises NotAllowed."""
    if is_admin(viewer, record.node):
        return Right.ADMIN
    account = viewer.account
    if account is not None and _enters(account, noun) and record.owner == account.id:
        return Right.OWNER
    if isinstance(record, Manager) and is_manager(viewer, record):
        return Right.SELF
    hint = "Ask its owner, or an admin of its node."
    raise NotAllowed(f"You can't change the {noun} {record.id!r}.", hint=hint)


def may_change(viewer: Viewer, noun: Noun, record: Any) -> bool:
    """Whether the viewer changes the record by any right."""
    try:
        right_over(viewer, noun, record)
    except NotAllowed:
        return False
    return True


def settable(right: Right, record: Any) -> frozenset[str]:
    """The names of the fields that may be set by this right."""
    names = frozenset(field.name for field in fields(record)) - {"id"}
    if right is Right.ADMIN:
        return names
    return names - OWNERS_CANT if right is Right.OWNER else names & MANAGERS_OWN


def require_settable(told: Iterable[str], right: Right, record: Any) -> None:
    """Raise NotAllowed for a field that isn't the writer's to set."""
    allowed = settable(right, record)
    for name in told:
        if name not in allowed:
            hint = "Leave it out, or ask an admin of the node."
            raise NotAllowed(f"{name} is for admins of the node to set.", field=name, hint=hint)


def _enters(account: Account, noun: Noun) -> bool:
    return account.active and any(noun in ENTERED_BY[role] for role in account.roles)
