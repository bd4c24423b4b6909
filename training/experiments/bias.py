"""Does position mislead? Lists whose order has little to do with worth, learned from in two ways.

The lists are shown with the longest texts first. How long a text is matters little, but who stands
high is looked at, so that clicks as they are make it look as if it mattered much.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.domain.enums import Noun
from matcher.evaluate.metrics import Floats
from matcher.recommend.collections import Collections
from matcher.recommend.examination import Examination
from matcher.recommend.learning import examination_of, learned
from training.experiments.lists import Handled, Shown
from training.experiments.monthly import MIDDLE, known_after, shown_in
from training.experiments.stage import Stage
from training.experiments.yardstick import Yardstick
from training.simulation.reactions import Reactions

FEATURE = "detail"
"""What the lists are ordered by."""
NAIVE = Examination(eta=0.0)
"""As if everything that is shown were looked at."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Bias:
    """What came of a seed's lists. debiased, naive, untaught: float64[needs], nDCG.

    weights: that of `FEATURE`, debiased and naive, in the ranking of outcomes for needs. eta: as
    estimated; the truth is that of the people's habits.
    """

    seed: int
    eta: float
    weights: tuple[float, float]
    debiased: Floats
    naive: Floats
    untaught: Floats


def bias(stage: Stage, months: int, say: Say) -> Bias:
    """Show misordered lists, and learn from them with and without regard to position."""
    rng, handled = np.random.default_rng([stage.world.seed, 1]), Handled()
    parts: list[Reactions] = []
    for month in range(months):
        parts += shown_in(stage, stage.texts, month, handled, rng, longest_first)
    feedback = known_after(stage, parts, months - 1)
    seed, found = stage.world.seed, examination_of(feedback)
    fair = learned(stage.texts, feedback, seed, examination=found)
    naive = learned(stage.texts, feedback, seed, examination=NAIVE)
    after = Yardstick.at(stage, stage.world.month(months)[MIDDLE])
    weights = [_weight(each) for each in (fair, naive)]
    result = Bias(
        seed,
        found.eta,
        (weights[0], weights[1]),
        after.ndcg(fair),
        after.ndcg(naive),
        after.ndcg(stage.texts),
    )
    say(in_words(result))
    return result


def longest_first(stage: Stage, rows: Shown) -> Shown:
    """The rows by the length of the outcome's text; explored ones stay in their slots."""
    detail = stage.world.outcomes.detail
    ranked = sorted(
        (row for row in rows if not row.explored), key=lambda row: -detail[int(row.outcome)]
    )
    left = iter(ranked)
    return [row if row.explored else next(left) for row in rows]


def in_words(found: Bias) -> str:
    """A line of progress."""
    return (
        f"seed {found.seed}, misordered lists: eta {found.eta:.2f}, weight of {FEATURE} "
        f"{found.weights[0]:.2f} (naive {found.weights[1]:.2f}), nDCG@10 "
        f"{found.debiased.mean():.3f} (naive {found.naive.mean():.3f})"
    )


def _weight(collections: Collections) -> float:
    model = collections.models[Noun.OUTCOME]
    taught = model.learned.get(Noun.NEED.value)
    return (taught.weights if taught else model.recipe.listings)[FEATURE]
