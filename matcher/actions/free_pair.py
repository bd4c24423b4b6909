"""Whether a manager may take up a pair: nobody else pursues it, and it is in no conflict."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from matcher.actions.acting import sight_of
from matcher.actions.conflicted import Conflicts, Listing
from matcher.actions.serving import Serving
from matcher.domain.conflicts import conflict_of_pair
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.domain.pursuit import is_taken
from matcher.errors import EditConflict, NotAllowed
from matcher.store import followups


@dataclass(frozen=True, slots=True)
class Pairing:
    """A need, an outcome and the manager who is to bring them together."""

    need: Need
    outcome: Outcome
    manager: Manager

    @property
    def sides(self) -> tuple[Listing, Listing]:
        """The two records of the pair."""
        return self.need, self.outcome


def require_free(session: Session, serving: Serving, pairing: Pairing) -> None:
    """Raise NotAllowed or EditConflict where the manager can't take up the pair.

    Nothing tells with whom it is, or which conflict: that may not be for the caller to know.
    """
    manager = pairing.manager
    if not manager.active:
        raise NotAllowed(f"{manager.id} isn't active.", hint="Choose another manager.")
    _require_sight(session, pairing)
    _require_no_conflict(session, serving, pairing)
    rivals = followups.for_pair(session, pairing.need.id, pairing.outcome.id)
    if any(one.followup.manager != manager.id and is_taken(one.followup) for one in rivals):
        raise EditConflict(
            "Another manager pursues this pair already.",
            hint="Choose another pair, or wait until that follow-up has ended.",
            reason="already_taken",
        )


def _require_sight(session: Session, pairing: Pairing) -> None:
    sight = sight_of(session, pairing.manager)
    if not all(map(sight.sees, pairing.sides)):
        raise NotAllowed(
            f"{pairing.manager.id} may not know of this pair.",
            hint="Choose another manager, or widen who may see the records.",
        )


def _require_no_conflict(session: Session, serving: Serving, pairing: Pairing) -> None:
    conflicts = Conflicts.of(session, serving, pairing.manager)
    identities = serving.organisations.identities
    own = conflict_of_pair(pairing.need, pairing.outcome, identities)
    if own or conflicts.keep_out(*pairing.sides):
        raise NotAllowed(
            "This pair is in a conflict of interest.",
            hint="Decline it for that reason; another manager may be free to take it up.",
        )
