"""Who may be given an interest: active, with an account and room, and with nothing against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy.orm import Session

from matcher.actions.acting import account_of, sight_of
from matcher.actions.conflicted import Conflicts, Listing
from matcher.actions.room import Rooms
from matcher.actions.serving import Serving
from matcher.domain.enums import FollowUpState, Noun
from matcher.domain.interest import Interest
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.domain.pursuit import is_closed, is_taken
from matcher.domain.visibility import Viewer
from matcher.store import accounts, followups, records


@dataclass(frozen=True, slots=True)
class Asked:
    """What an interest is about. need: that which it names, None where it names none.

    asker: whose interest it is, as a need made of its words, for what is compared with listings.
    """

    interest: Interest
    outcome: Outcome
    need: Need | None
    asker: Need

    @classmethod
    def of(cls, session: Session, interest: Interest) -> Self | None:
        """As the records are now; None where one isn't there any more."""
        outcome = _live(session, Noun.OUTCOME, interest.outcome)
        need = _live(session, Noun.NEED, interest.need) if interest.need else None
        if outcome is None or (interest.need and need is None):
            return None
        return cls(interest, outcome, need, asker_of(session, interest))

    @property
    def listings(self) -> Iterator[Listing]:
        """The records that the manager has to know."""
        yield self.outcome
        if self.need is not None:
            yield self.need


class Bench:
    """Looks at managers as records, accounts and follow-ups are in one transaction."""

    def __init__(self, session: Session, serving: Serving, asked: Asked) -> None:
        self._session, self._asked = session, asked
        self.conflicts = Conflicts.of(session, serving, None)
        self._rooms = Rooms(session)
        pair = (asked.interest.need, asked.interest.outcome)
        self._pursuits = [kept.followup for kept in followups.for_pair(session, *pair)]
        self.pursuer = next((one.manager for one in self._pursuits if is_taken(one)), "")
        """Who pursues the pair already; "" for nobody."""
        self._is_over = not self.pursuer and any(map(is_closed, self._pursuits))

    def may(self, manager: str) -> bool:
        """Whether this manager may be given the interest."""
        if self._is_over or manager in self._asked.interest.asked:
            return False
        stored = records.get(self._session, Noun.MANAGER, manager)
        if stored is None or not stored.live or not self._is_reached(stored.record):
            return False
        return self._is_free(stored.record) and self._is_clear(stored)

    @property
    def is_settled(self) -> bool:
        """Whether somebody pursues the pair already, or has signed it."""
        return self._is_over or bool(self.pursuer)

    def has_turned_down(self, manager: str, viewer: Viewer) -> bool:
        """Whether this manager had the interest or declined the pair, as far as the viewer may
        know."""
        own = (one for one in self._pursuits if one.manager == manager and viewer.sees(one))
        declined = any(one.state is FollowUpState.DECLINED for one in own)
        return declined or manager in self._asked.interest.asked

    def suits(self, manager: Manager) -> bool:
        """Whether nothing stands against this manager but that they have no account or no room."""
        stored = records.get(self._session, Noun.MANAGER, manager.id)
        if stored is None or not manager.active or manager.id in self._asked.interest.asked:
            return False
        if self._has_said(manager.id):
            return False
        return self._is_in_sight(manager) and self._is_clear(stored)

    def is_full(self, manager: Manager) -> bool:
        """Whether they have no room left."""
        return self._rooms.left(manager) == 0

    def load(self, manager: str) -> int:
        """What a manager carries and has still to answer."""
        return self._rooms.load(manager)

    def _is_reached(self, manager: Manager) -> bool:
        """They can sign in, and know what it is about."""
        if not manager.active or account_of(self._session, manager) is None:
            return False
        return self._is_in_sight(manager)

    def _is_in_sight(self, manager: Manager) -> bool:
        return all(map(sight_of(self._session, manager).sees, self._asked.listings))

    def _is_free(self, manager: Manager) -> bool:
        """Whoever pursues the pair has room for it; anybody else is to have some left, and to have
        said nothing of the pair yet."""
        if self.pursuer:
            return manager.id == self.pursuer
        if self._has_said(manager.id):
            return False
        return self._rooms.left(manager) != 0

    def _has_said(self, manager: str) -> bool:
        said = (one for one in self._pursuits if one.manager == manager)
        return any(one.state is not FollowUpState.SUGGESTED for one in said)

    def _is_clear(self, stored: Any) -> bool:
        """They are in no conflict of interest with either record, nor with who asks."""
        alone = {stored.record.id: stored}
        sides = (*self._asked.listings, self._asked.asker)
        return all(self.conflicts.without(side, alone) for side in sides)


def asker_of(session: Session, interest: Interest) -> Need:
    """Whose interest it is: their account, its organisation, and what they said."""
    account = accounts.get(session, interest.account)
    organisation = account.organisation if account else ""
    return Need(
        id=interest.id, problem=interest.text, organisation=organisation, owner=interest.account
    )


def _live(session: Session, noun: Noun, id: str) -> Any:
    stored = records.get(session, noun, id)
    return stored.record if stored is not None and stored.live else None
