"""What people did on a synthetic platform, as the arrays that are learned from; without a store."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import FollowUpState, Noun
from matcher.recommend.feedback import Feedback, Impressions, Judgements, graded
from training.grades import grades
from training.simulation.population import NO_END
from training.simulation.reactions import CHAIN, Exit, Reactions, joined
from training.simulation.world import World

PARTIES = (Noun.NEED, Noun.OUTCOME, Noun.MANAGER)
"""Whose rows are the codes of the feedback."""

_STATES = {state: place for place, state in enumerate(FollowUpState)}
_EXITS = np.array(
    [
        _STATES[state]
        for state in (
            FollowUpState.SUGGESTED,
            FollowUpState.DECLINED,
            FollowUpState.EXPIRED,
            FollowUpState.WITHDRAWN,
        )
    ],
    np.int8,
)
# A pair that wasn't taken up is where every follow-up begins.
_FURTHEST = np.array([_STATES[state] for state in (FollowUpState.SUGGESTED, *CHAIN)], np.int8)


def feedback_of(world: World, reactions: Reactions, day: int) -> Feedback:
    """What a platform that saw these reactions would know before `day`, an ordinal.

    The codes are the rows of the world. For what was known on an earlier day ask again:
    `Feedback.until` only knows that a pair was taken up whose latest step came later, as it would
    from a store.
    """
    known = joined([reactions.known(day)])
    judged = known.where(known.touched)
    last = _last_days(judged)
    judgements = Judgements(
        needs=judged.needs,
        outcomes=judged.outcomes,
        managers=judged.managers,
        days=last,
        grades=grades_of(judged),
        reasons=judged.reasons,
        first_days=np.where(judged.accepted, judged.steps[:, 0], last).astype(np.int32),
    )
    return Feedback(
        ids={noun: world.ids(noun) for noun in PARTIES},
        judgements=judgements,
        impressions=graded(_impressions(known), judgements),
    )


def grades_of(reactions: Reactions) -> npt.NDArray[np.float32]:
    """The grade of each pair's follow-up as it would be read from a store; 0 for untouched."""
    furthest = _FURTHEST[reactions.furthest.astype(int) + 1]
    states = np.where(reactions.exits == Exit.OPEN, furthest, _EXITS[reactions.exits])
    return grades(states, furthest, reactions.reasons)


def _last_days(judged: Reactions) -> npt.NDArray[np.int32]:
    steps = np.where(judged.steps == NO_END, -1, judged.steps)
    return np.asarray(steps.max(axis=1, initial=-1), np.int32)


def _impressions(known: Reactions) -> Impressions:
    return Impressions(
        needs=known.needs,
        outcomes=known.outcomes,
        managers=known.managers,
        days=known.days,
        lists=known.lists,
        positions=known.positions,
        propensities=known.propensities,
        explored=known.explored,
        grades=np.zeros(len(known), np.float32),
    )
