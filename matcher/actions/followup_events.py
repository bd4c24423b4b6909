"""Events of follow-ups: what was done, and from which place in which list it came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from matcher.actions.authority import actor_of
from matcher.domain.enums import Noun
from matcher.domain.event import Event, Subject
from matcher.domain.followup import FollowUp
from matcher.domain.visibility import Viewer
from matcher.store import events
from matcher.store.shown import last_shown


def tell(session: Session, viewer: Viewer, followup: FollowUp, verb: str, at: datetime) -> None:
    """Append what was done, with position, propensity and model of when the pair was shown."""
    shown = last_shown(session, followup.manager, followup.need, followup.outcome)
    event = Event(
        actor=actor_of(viewer),
        verb=verb,
        at=at,
        subjects=(
            Subject(noun=Noun.FOLLOW_UP, id=followup.id),
            *parties(followup.need, followup.outcome, followup.manager),
        ),
        position=shown.position if shown else None,
        propensity=shown.propensity if shown else None,
        model_version=shown.model_version if shown else "",
    )
    events.append(session, [event])


def parties(need: str, outcome: str, manager: str) -> tuple[Subject, Subject, Subject]:
    """The three as subjects."""
    return (
        Subject(noun=Noun.NEED, id=need),
        Subject(noun=Noun.OUTCOME, id=outcome),
        Subject(noun=Noun.MANAGER, id=manager),
    )
