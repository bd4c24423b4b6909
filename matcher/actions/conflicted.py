"""Conflicts of interest: before ranking as words to avoid, after it on the records themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from sqlalchemy.orm import Session

from matcher.actions.serving import Organisations, Serving
from matcher.domain.conflicts import (
    accounts_of_persons,
    avoided,
    conflict_of_pair,
    conflicts_of_manager,
)
from matcher.domain.enums import Noun
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import Viewer
from matcher.store import accounts, records
from matcher.store.stored import Stored

Listing = Need | Outcome
Avoided = dict[str, frozenset[str]]
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What is known of who is who. broker: the manager who asks, if one does.

    people: by the id of each manager that has any, the accounts of the same human being.
    """

    organisations: Organisations
    people: Mapping[str, frozenset[str]]
    broker: Manager | None = None

    @classmethod
    def of(cls, session: Session, serving: Serving, broker: Manager | None) -> Self:
        """As the accounts and the managers that are searched tell it now."""
        return cls(serving.organisations, _people(session, serving, broker), broker)

    @property
    def own_accounts(self) -> frozenset[str]:
        """The accounts of the manager who asks, in any name."""
        return _NOBODY if self.broker is None else self.people.get(self.broker.id, _NOBODY)

    def managers_of(self, account: str) -> frozenset[str]:
        """The managers who are the same human being as an account."""
        return frozenset(id_ for id_, theirs in self.people.items() if account in theirs)

    def keep_out(self, *pair: Listing) -> bool:
        """Whether the manager who asks, if one does, must keep out of these records."""
        return self.broker is not None and self._keeps_out(self.broker, pair)

    def without(self, record: Listing, there: Mapping[str, Stored[Any]]) -> dict[str, Stored[Any]]:
        """Of the records that were found for `record`, those that are in no conflict now."""
        return {id_: stored for id_, stored in there.items() if self._free(record, stored.record)}

    def _free(self, record: Listing, found: Any) -> bool:
        if isinstance(found, Manager):
            return not self._keeps_out(found, [record])
        need, outcome = (record, found) if isinstance(record, Need) else (found, record)
        if conflict_of_pair(need, outcome, self.organisations.identities):
            return False
        return not self.keep_out(record, found)

    def _keeps_out(self, manager: Manager, pair: Iterable[Listing]) -> bool:
        pair = list(pair)
        return bool(
            conflicts_of_manager(
                manager,
                list(filter(None, map(organisation_of, pair))),
                [one.owner for one in pair if one.owner],
                self.organisations.identities,
                self.people.get(manager.id, _NOBODY),
            )
        )


def organisation_of(record: Listing) -> str:
    """Whose record it is, an id or a name as the record has it."""
    return record.organisation if isinstance(record, Need) else record.holder


def to_avoid(record: Listing, conflicts: Conflicts) -> Avoided:
    """By column, the words of listings that `record` must not be matched with.

    Those are of its own organisation's tree. With a broker, also of the organisations they keep
    away from, and listed by themselves.
    """
    organisations = conflicts.organisations
    roots = set(organisations.identities.reach(filter(None, [organisation_of(record)])))
    if conflicts.broker is None:
        return {"organisation": organisations.words(roots)}
    roots |= avoided(conflicts.broker, organisations.identities)
    return {"organisation": organisations.words(roots), "owner": conflicts.own_accounts}


def managers_to_avoid(record: Listing, organisations: Organisations) -> Avoided:
    """By column, the words of managers who keep away from this record's organisation or are its
    owner."""
    roots = organisations.identities.reach(filter(None, [organisation_of(record)]))
    own = frozenset(filter(None, [record.owner]))
    return {"avoids": organisations.words(roots), "persons": own}


def broker_of(session: Session, viewer: Viewer) -> Manager | None:
    """The manager record of an account that is one."""
    if viewer.account is None or not viewer.account.manager:
        return None
    stored = records.get(session, Noun.MANAGER, viewer.account.manager)
    return stored.record if stored is not None and stored.live else None


def _people(
    session: Session, serving: Serving, broker: Manager | None
) -> dict[str, frozenset[str]]:
    """The accounts of every human being, by each manager record they have."""
    known = accounts.of_managers(session)
    managers = {**dict.fromkeys(known, ()), **_same_persons(serving)}
    if broker is not None:
        managers[broker.id] = broker.same_person
    told = [Manager(id=id_, same_person=persons) for id_, persons in managers.items()]
    return accounts_of_persons(told, known)


def _same_persons(serving: Serving) -> dict[str, tuple[str, ...]]:
    """By manager's id, the accounts that their records say are theirs."""
    candidates = serving.model(Noun.MANAGER).candidates
    column = candidates.columns.words["persons"]
    places = np.flatnonzero(column.where(bool) & candidates.live)
    ids = candidates.ids_at(places).tolist()
    return {id_: column.values[code] for id_, code in zip(ids, column.codes[places], strict=True)}
