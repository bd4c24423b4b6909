"""Events of interests: who did what about which of them, for the audit and for learning."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from matcher.actions.audit import note
from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.domain.interest import Interest

EXPRESSED, ROUTED, ACCEPTED, DECLINED, TAKEN_BACK, WITHDRAWN, NEED_NAMED = (
    "interest_expressed",
    "interest_routed",
    "interest_accepted",
    "interest_declined",
    "interest_taken_back",
    "interest_withdrawn",
    "interest_need_named",
)
"""The verbs."""


def tell_interest(
    session: Session,
    actor: str,
    verb: str,
    interest: Interest,
    at: datetime,
    *,
    manager: str = "",
    model: str = "",
) -> None:
    """Append what was done. manager: whom it concerns, if anybody; model: what ranked them."""
    named = (
        (Noun.INTEREST, interest.id),
        (Noun.OUTCOME, interest.outcome),
        (Noun.NEED, interest.need),
        (Noun.MANAGER, manager),
    )
    subjects = (Subject(noun=noun, id=id_) for noun, id_ in named if id_)
    note(session, actor, verb, at, *subjects, model=model)
