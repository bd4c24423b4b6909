"""Conflicts of interest 利益冲突: pairs that must not be, and managers who must keep out of one.

For one pair there are `conflict_of_pair` and `conflicts_of_manager`; to leave many candidates out
at once, compare columns of `Identities.root` and of owners with `avoided` and `own_accounts`.
A manager's agency is no conflict by itself: brokers do work for universities that employ them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matcher.domain.groups import groups
from matcher.domain.identity import Identities
from matcher.domain.labels import Labelled
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome

_ACCOUNT, _MANAGER = "account:", "manager:"


class Conflict(Labelled):
    """Why a pair can't be proposed, or not to this manager."""

    SAME_ORGANISATION = (
        "same_organisation",
        "供需双方同属一个单位",
        "both sides are one organisation",
    )
    AVOIDED_ORGANISATION = (
        "avoided_organisation",
        "涉及回避单位",
        "an organisation to keep away from",
    )
    OWN_RECORD = "own_record", "经理人本人发布", "the manager's own listing"
    SAME_PERSON = "same_person", "同一人的其他账户发布", "listed by the same person"


def conflict_of_pair(need: Need, outcome: Outcome, identities: Identities) -> Conflict | None:
    """Whether the one who needs and the one who holds may be of one organisation's tree."""
    one, other = need.organisation, outcome.holder
    forth = identities.root(other) in identities.reach([one])
    back = identities.root(one) in identities.reach([other])
    return Conflict.SAME_ORGANISATION if forth or back else None


def conflicts_of_manager(
    manager: Manager,
    organisations: Iterable[str],
    owners: Iterable[str],
    identities: Identities,
    accounts_of_manager: Iterable[str],
) -> tuple[Conflict, ...]:
    """Return why `manager` must keep out of a pair, in the order of `Conflict`; () where they may.

    `organisations` are those on either side of the pair, as texts or ids; `owners` the accounts
    that listed its records; `accounts_of_manager` the manager's own, best from
    `accounts_of_persons`.
    """
    kept_away, own = avoided(manager, identities), frozenset(accounts_of_manager)
    listed_by = frozenset(owners) & own_accounts(manager, own)
    found = {
        Conflict.AVOIDED_ORGANISATION: any(
            identities.root(one) in kept_away for one in organisations
        ),
        Conflict.OWN_RECORD: bool(listed_by & own),
        Conflict.SAME_PERSON: bool(listed_by - own),
    }
    return tuple(conflict for conflict in Conflict if found.get(conflict))


def avoided(manager: Manager, identities: Identities) -> frozenset[str]:
    """Return the root strings that `manager` keeps away from: see `Identities.reach`; never ""."""
    return identities.reach(manager.conflicts)


def own_accounts(manager: Manager, accounts_of_manager: Iterable[str]) -> frozenset[str]:
    """Return the accounts whose records `manager` can't broker: their own in any name; never ""."""
    return frozenset(filter(None, (*accounts_of_manager, *manager.same_person)))


def accounts_of_persons(
    managers: Iterable[Manager], accounts: Mapping[str, Iterable[str]]
) -> dict[str, frozenset[str]]:
    """Return for each manager's id all accounts that are known to be the same human being.

    `accounts` are the manager's own, by the manager's id. It is enough that one record says so:
    where the lists of two managers meet, all of both belong to one person.
    """
    records = tuple(managers)
    persons = groups(
        (_MANAGER + one.id, _ACCOUNT + account)
        for one in records
        for account in own_accounts(one, accounts.get(one.id, ()))
    )
    return {one.id: _accounts(persons.get(_MANAGER + one.id, frozenset())) for one in records}


def _accounts(members: frozenset[str]) -> frozenset[str]:
    return frozenset(one.removeprefix(_ACCOUNT) for one in members if one.startswith(_ACCOUNT))
