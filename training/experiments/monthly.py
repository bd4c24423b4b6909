"""Month by month: lists are shown, people react, a new model learns from all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from matcher.evaluate.metrics import Floats
from matcher.recommend.collections import Collections
from matcher.recommend.feedback import Feedback
from matcher.recommend.learning import learned
from matcher.recommend.worklist import Slots
from training.experiments.lists import Handled, Order, as_composed, month_of, show
from training.experiments.stage import Stage
from training.experiments.yardstick import Yardstick, accepted_grades, ndcg
from training.simulation.feedback import feedback_of
from training.simulation.reactions import Reactions, joined
from training.simulation.size import MONTH

Say = Callable[[str], None]
SLOTS = Slots(15)
LISTS = 15
"""Lists that a manager is shown in a month."""
MIDDLE = MONTH // 2


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What a month came to.

    shown, accepted: pairs until its end. taken_up: of what was looked at this month, the share
    that was accepted. following, untaught: float64[needs], nDCG in the middle of the next month,
    of the new model and of one without feedback. last: of the new model in the month after the
    last, whose questions are the same for all steps. biased: nDCG by what was accepted in this
    month, of the model before and of the one without feedback, paired.
    """

    month: int
    shown: int
    accepted: int
    taken_up: float
    following: Floats
    untaught: Floats
    last: Floats
    biased: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """The months of a seed. start: nDCG of the model without feedback after the last month."""

    seed: int
    start: Floats
    steps: tuple[Step, ...]
    final: Collections


def story(stage: Stage, months: int, say: Say) -> Story:
    """Let months go by. The world has to have one month more."""
    world = stage.world
    end = Yardstick.at(stage, world.month(months)[MIDDLE])
    rng, handled = np.random.default_rng(world.seed), Handled()
    parts: list[Reactions] = []
    steps: list[Step] = []
    model = stage.texts
    for month in range(months):
        own = list(shown_in(stage, model, month, handled, rng))
        parts += own
        feedback = known_after(stage, parts, month)
        biased = _biased(stage, model, month, own)
        model = learned(stage.texts, feedback, world.seed)
        steps.append(_step(stage, model, month, parts, own, end, biased))
        say(in_words(world.seed, steps[-1]))
    return Story(world.seed, end.ndcg(stage.texts), tuple(steps), model)


def shown_in(
    stage: Stage,
    model: Collections,
    month: int,
    handled: Handled,
    rng: np.random.Generator,
    order: Order = as_composed,
) -> Iterator[Reactions]:
    """The lists of a month's days, by what the model says on its first day."""
    days = stage.world.month(month)
    pairs = month_of(stage, model, days[0])
    for day in days[:: MONTH // LISTS][:LISTS]:
        yield show(stage, pairs, day, SLOTS, handled, rng, order)


def known_after(stage: Stage, parts: list[Reactions], month: int) -> Feedback:
    """What is known on the first day of the next month."""
    return feedback_of(stage.world, joined(parts), stage.world.month(month + 1)[0])


def in_words(seed: int, step: Step) -> str:
    """A line of progress."""
    return (
        f"seed {seed}, month {step.month}: {step.accepted} of {step.shown} pairs accepted, "
        f"nDCG@10 next month {step.following.mean():.3f} ({step.untaught.mean():.3f} untaught), "
        f"after the last {step.last.mean():.3f}"
    )


def _step(
    stage: Stage,
    model: Collections,
    month: int,
    parts: list[Reactions],
    own: list[Reactions],
    end: Yardstick,
    biased: tuple[Floats, Floats],
) -> Step:
    following = Yardstick.at(stage, stage.world.month(month + 1)[MIDDLE])
    return Step(
        month + 1,
        sum(map(len, parts)),
        sum(int(part.accepted.sum()) for part in parts),
        sum(part.accepted.sum() for part in own) / sum(part.examined.sum() for part in own),
        following.ndcg(model),
        following.ndcg(stage.texts),
        end.ndcg(model),
        biased,
    )


def _biased(
    stage: Stage, model: Collections, month: int, own: list[Reactions]
) -> tuple[Floats, Floats]:
    day = stage.world.month(month)[0]
    grades = accepted_grades(joined(own))
    found = [ndcg(stage.outcomes(each, day, 10), grades) for each in (model, stage.texts)]
    return found[0], found[1]
