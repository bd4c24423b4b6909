"""Who may know of a record. Every read goes through here: search, counts, similar items, export.

A record has an audience, a set of circles; a viewer stands in circles; one sees the other where
the two sets meet. The circles of a visibility hold those of every narrower one, so that widening
a record's visibility never hides it from anybody:

- `named`: the owner and the accounts in `visible_to`;
- `brokers`: these, and managers and admins of the record's node and of the nodes above it;
- `members`: these, and every account of those nodes;
- `public`: anyone signed in.

A record or an account of no node is in nobody's scope. An `internal` outcome is shown as if its
visibility were `brokers` at the widest; one of a higher secrecy, which must not be on the platform
at all, to nobody. Accounts, interactions and interests are for the node's admins and those they
are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from matcher.domain.account import Account
from matcher.domain.enums import Role, Secrecy, Visibility
from matcher.domain.followup import FollowUp
from matcher.domain.interaction import Interaction
from matcher.domain.interest import Interest
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.node import Node, ancestors
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome
from matcher.domain.record import Record
from matcher.errors import InvalidValue

R = TypeVar("R", bound=Record)

PUBLIC = "public"
# A circle is its kind and an id. No kind has a colon in it, so whatever the id is, two different
# circles are two different strings.
_MEMBERS, _BROKERS, _ADMINS, _ACCOUNT, _MANAGER = (
    "members",
    "brokers",
    "admins",
    "account",
    "manager",
)
_OPERATOR = "operator"
_BROKER_ROLES = frozenset({Role.MANAGER, Role.ADMIN})
_STORABLE = frozenset({Secrecy.OPEN, Secrecy.INTERNAL})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who reads, and the circles (`tokens`) they stand in; made by `viewer_of`."""

    account: Account | None
    tokens: frozenset[str]

    def sees(self, record: Record) -> bool:
        """Whether this viewer may know that `record` exists."""
        return self.sees_audience(audience(record))

    def sees_audience(self, tokens: frozenset[str]) -> bool:
        """Whether this viewer may know of the records whose `audience` is `tokens`."""
        return _OPERATOR in self.tokens or not tokens.isdisjoint(self.tokens)


SYSTEM = Viewer(None, frozenset({_OPERATOR}))
"""The operator at the machine itself, who could read the database anyway: sees everything."""

ANONYMOUS = Viewer(None, frozenset())
"""Nobody signed in: sees nothing."""


def viewer_of(account: Account, parents: Mapping[str, str]) -> Viewer:
    """Return the viewer that `account` is; `parents` maps every node to the one above it, or "".

    Scope is the account's node and all below it. An inactive account sees nothing; one that has
    lost the role `manager` no longer sees the follow-ups of the manager it was. Raises
    InvalidValue where the nodes go round in a circle.
    """
    if not account.active:
        return Viewer(account, frozenset())
    tokens = {PUBLIC, *_tokens(_ACCOUNT, account.id)}
    if Role.MANAGER in account.roles:
        tokens |= _tokens(_MANAGER, account.manager)
    for kind in _scoped_kinds(account):
        tokens |= _tokens(kind, *_scope(account.node, parents))
    return Viewer(account, frozenset(tokens))


def visible(viewer: Viewer, records: Iterable[R]) -> Iterator[R]:
    """Yield those of `records` that `viewer` may know of, in their order."""
    return (record for record in records if viewer.sees(record))


def audience(record: Record) -> frozenset[str]:
    """Return the circles that may know of `record`; none for parts of records and for events.

    "public", or a kind and an id as in "members:NODE", "brokers:NODE", "admins:NODE",
    "account:ID" and "manager:ID". Fit to be stored beside a record or grouped by.
    """
    match record:
        case Outcome():
            return _audience_of_outcome(record)
        case Need():
            return _audience_of_listing(record, record.visibility)
        case Manager() | Organisation() | Node():
            return frozenset({PUBLIC})
        case FollowUp() | Interaction():
            return _tokens(_MANAGER, record.manager) | _tokens(_ADMINS, record.node)
        case Account():
            return _tokens(_ACCOUNT, record.id) | _tokens(_ADMINS, record.node)
        case Interest():
            own = _tokens(_ACCOUNT, record.account)
            return own | _tokens(_MANAGER, record.manager) | _tokens(_ADMINS, record.node)
        case _:
            return frozenset()


def require_storable(outcome: Outcome) -> None:
    """Refuse an outcome that is a state secret; the error doesn't repeat what is in it."""
    if outcome.secrecy not in _STORABLE:
        raise InvalidValue(
            f"An outcome that is {outcome.secrecy.value} can't be on the platform.",
            field="secrecy",
            hint="Leave it out of the file, and handle that file as its secrecy demands.",
        )


def _audience_of_outcome(outcome: Outcome) -> frozenset[str]:
    if outcome.secrecy not in _STORABLE:
        return frozenset()
    is_too_wide = outcome.visibility in (Visibility.PUBLIC, Visibility.MEMBERS)
    if outcome.secrecy is Secrecy.INTERNAL and is_too_wide:
        return _audience_of_listing(outcome, Visibility.BROKERS)
    return _audience_of_listing(outcome, outcome.visibility)


def _audience_of_listing(record: Outcome | Need, visibility: Visibility) -> frozenset[str]:
    tokens = _tokens(_ACCOUNT, record.owner, *record.visible_to)
    if visibility is Visibility.NAMED:
        return tokens
    tokens |= _tokens(_BROKERS, record.node)
    if visibility is Visibility.BROKERS:
        return tokens
    tokens |= _tokens(_MEMBERS, record.node)
    return tokens if visibility is Visibility.MEMBERS else tokens | {PUBLIC}


def _scoped_kinds(account: Account) -> Iterator[str]:
    """The circles that this account's roles open at the nodes of its scope."""
    yield _MEMBERS
    if not _BROKER_ROLES.isdisjoint(account.roles):
        yield _BROKERS
    if Role.ADMIN in account.roles:
        yield _ADMINS


def _scope(node: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """`node` and the nodes below it; nothing for no node."""
    below = (one for one in parents if node in ancestors(one, parents))
    return (node, *below) if node else ()


def _tokens(kind: str, *ids: str) -> frozenset[str]:
    """A circle for each of `ids`; an empty id is no id and opens none."""
    return frozenset(f"{kind}:{one}" for one in ids if one)
