"""What feedback teaches, put into the models: ties between nouns, then how to rank."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from matcher.recommend.collections import Collections
from matcher.recommend.examination import Examination, fit_examination
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Past, folded
from matcher.recommend.learning_lists import decided
from matcher.recommend.tying import tied
from matcher.recommend.weighing import weighed

UNWEIGHED = (
    "Nothing that was shown was taken up yet: what is learned counts as the recipe says, by "
    "default not at all"
)

UNWANTED = "Nothing was taken up yet: of declines alone no weights are learned"


def learned(
    collections: Collections,
    feedback: Feedback,
    seed: int = 0,
    say: Callable[[str], None] = lambda _: None,
    examination: Examination | None = None,
    past: Past | None = None,
) -> Collections:
    """The collections with what feedback teaches; the texts' part stays as it is.

    examination: how far people look down a list; what the feedback tells of it by default. past:
    what was learned of what was known before the last days, if these are enough to judge by.
    Without feedback the collections come back as they are. Raises TrainingDiverged.
    """
    examination = examination or examination_of(feedback)
    examined = examined_in(feedback, examination)
    before = None if past is None else past.collections
    with_ties = tied(collections, feedback, examined, say, seed, before)
    if why := idle(feedback):
        say(why)
    if not (feedback.impressions.grades > 0).any():
        return with_ties
    if past is None:
        say("Factors of parts of what is known, to be judged by the rest")
    folds = folded(collections, feedback, examined, seed, past)
    return weighed(with_ties, feedback, examination, say, folds, seed)


def idle(feedback: Feedback) -> str:
    """Why no weights are learned of what is known, in words; "" where they are, or nothing is."""
    grades = feedback.judgements.grades
    if (feedback.impressions.grades > 0).any() or not grades.any():
        return ""
    return UNWEIGHED if (grades > 0).any() else UNWANTED


def examined_in(
    feedback: Feedback, examination: Examination | None = None
) -> npt.NDArray[np.float64]:
    """float64[impressions]: the probability that each was looked at. examination: as `learned`
    takes it."""
    return (examination or examination_of(feedback)).at(feedback.impressions.positions)


def examination_of(feedback: Feedback) -> Examination:
    """How far people look down a list, from what was drawn by chance for a slot drawn by chance."""
    shown = feedback.impressions
    drawn = shown.where(shown.explored & decided(shown))
    return fit_examination(drawn.positions, drawn.grades != 0)
