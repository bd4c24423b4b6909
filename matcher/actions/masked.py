"""A record as a viewer may have it: who may see a record may not see all that it says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.authority import is_admin
from matcher.actions.items import brokered
from matcher.domain.enums import Noun
from matcher.domain.visibility import Viewer
from matcher.store import records

GUARDED = ("conflicts", "same_person", "owner", "visible_to")
"""Who keeps away from whom, and which accounts are meant, is for admins of the node alone."""
_TELLING = ("conflicts", "same_person")


def masked(session: Session, viewer: Viewer, record: Any) -> Any:
    """The record without what isn't for this viewer: guarded fields, deals with hidden records."""
    return _known_deals(session, viewer, without_guarded(viewer, record))


def without_guarded(viewer: Viewer, record: Any) -> Any:
    """The record without its guarded fields, unless it is the viewer's or of their node."""
    own = viewer.account is not None and getattr(record, "owner", "") == viewer.account.id
    names = {name: type(getattr(record, name))() for name in GUARDED if hasattr(record, name)}
    if not names or own or is_admin(viewer, record.node):
        return record
    return replace(record, **names)


def tells_guarded(viewer: Viewer, record: Any) -> bool:
    """Whether the viewer, as an admin, reads of a record that isn't theirs who keeps away from
    whom."""
    own = viewer.account is not None and getattr(record, "owner", "") == viewer.account.id
    told = any(getattr(record, name, ()) for name in _TELLING)
    return told and not own and is_admin(viewer, record.node)


def _known_deals(session: Session, viewer: Viewer, record: Any) -> Any:
    """A manager without the deals that name a record which isn't for this viewer to know of."""
    named = brokered(record)
    if not named or is_admin(viewer, record.node):
        return record
    hidden = {
        (noun, id_)
        for noun in {noun for noun, _ in named}
        for id_, there in records.get_many(
            session, noun, [id_ for other, id_ in named if other is noun]
        ).items()
        if not there.live or not viewer.sees(there.record)
    }
    deals = (
        deal
        for deal in record.deals
        if hidden.isdisjoint({(Noun.OUTCOME, deal.outcome), (Noun.NEED, deal.need)})
    )
    return replace(record, deals=tuple(deals))
