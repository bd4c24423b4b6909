"""The interest that an account has said it has in an outcome."""

from __future__ import annotations

from matcher.actions.interest_reading import SeenInterest, seen_interests
from matcher.actions.platform import Platform
from matcher.domain.enums import Language
from matcher.domain.visibility import Viewer
from matcher.store import interests


def own_interest(
    platform: Platform, viewer: Viewer, outcome: str, language: Language = Language.ZH
) -> SeenInterest | None:
    """The viewer's own, the last one unless they took it back; None where there is none."""
    account = viewer.account
    if account is None:
        return None
    with platform.database.reading() as session:
        kept = interests.last_of(session, account.id, outcome)
        if kept is None or not viewer.sees(kept.interest):
            return None
        [found] = seen_interests(session, viewer, [kept], language)
    return found
