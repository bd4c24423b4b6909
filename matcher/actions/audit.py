"""Writing down who did what to the platform itself: accounts, nodes, models, backups."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from matcher.domain.event import Event, Subject
from matcher.store import events


def note(
    session: Session, actor: str, verb: str, at: datetime, *subjects: Subject, model: str = ""
) -> None:
    """Append an event, in the transaction of what it tells of."""
    event = Event(actor=actor, verb=verb, at=at, subjects=subjects, model_version=model)
    events.append(session, [event])
