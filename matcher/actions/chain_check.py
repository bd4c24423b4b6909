"""Whether the chain of events is whole, for an admin of the whole platform who asks on a page."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.actions.audit_check import Verdict, verify
from matcher.actions.authority import require_root_admin
from matcher.actions.platform import Platform
from matcher.domain.visibility import Viewer
from matcher.store.chain import head

MOST = 50_000
"""So many events are checked while somebody waits; `matcher doctor --audit` checks any number."""


@dataclass(frozen=True, slots=True)
class ChainFound:
    """events: how many there are. verdict: None where they are more than are checked at once."""

    events: int
    verdict: Verdict | None


def check_chain(platform: Platform, viewer: Viewer) -> ChainFound:
    """Check every event. Raises NotAllowed for who isn't an admin of a root node."""
    with platform.database.reading() as session:
        require_root_admin(session, viewer)
        last = head(session)
    events = last.events if last else 0
    if events > MOST:
        return ChainFound(events, None)
    return ChainFound(events, verify(platform.database))
