"""From the store's events, follow-ups and interactions to one `Feedback` to learn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy.orm import Session

from matcher.recommend.feedback import Feedback, Impressions, Judgements, graded
from matcher.store import feedback as stored
from matcher.store.feedback import Meetings, Pursuits, Sightings
from matcher.store.parties import Parties
from training.grades import grades, grades_of_weights


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What was read; skipped: how many events of shown lists couldn't be understood."""

    feedback: Feedback
    skipped: int


def read_feedback(session: Session, on: date) -> Feedback:
    """All that was known at the end of the day `on` (UTC); ids of removed records are there, too.

    Raises WrongSchema for a state that this version doesn't know.
    """
    return read(session, on).feedback


def read(session: Session, on: date) -> Reading:
    """The same, and the count of what was skipped."""
    parties = Parties.of(session)
    seen = stored.sightings(session, parties, on)
    pursued = stored.pursuits(session, parties, on)
    met = stored.meetings(session, parties, on)
    judgements = _judgements(pursued, met)
    impressions = graded(_impressions(seen), judgements)
    return Reading(Feedback(parties.ids(), judgements, impressions), seen.skipped)


def _judgements(pursued: Pursuits, met: Meetings) -> Judgements:
    """Interactions, then follow-ups: where both tell of the same three on one day, the later row
    counts, which is what was seen here.
    """
    earned = grades(pursued.states, pursued.furthest, pursued.reasons)
    return Judgements(
        np.concatenate([met.needs, pursued.needs]),
        np.concatenate([met.outcomes, pursued.outcomes]),
        np.concatenate([met.managers, pursued.managers]),
        np.concatenate([met.days, pursued.days]),
        np.concatenate([grades_of_weights(met.weights), earned]),
        np.concatenate([np.full(len(met), stored.NO_REASON, np.int8), pursued.reasons]),
        np.concatenate([met.days, pursued.first_days]),
    )


def _impressions(seen: Sightings) -> Impressions:
    return Impressions(
        seen.needs,
        seen.outcomes,
        seen.managers,
        seen.days,
        seen.lists,
        seen.positions,
        seen.propensities,
        seen.explored,
        np.zeros(len(seen), np.float32),
    )
