"""Does position mislead? Lists in the wrong order, learned from in two ways.

The lists are shown with the worst first, as the ranking has it. Who stands high is looked at, so
that clicks as they are make it look as if what the ranking thinks little of were wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.evaluate.metrics import Floats
from matcher.recommend.examination import Examination
from matcher.recommend.learning import examination_of, learned
from training.experiments.lists import Handled, Shown
from training.experiments.monthly import MIDDLE, known_after, shown_in
from training.experiments.stage import Stage
from training.experiments.yardstick import Yardstick
from training.simulation.reactions import Reactions

NAIVE = Examination(eta=0.0)
"""As if everything that is shown were looked at."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Bias:
    """What came of a seed's lists. debiased, naive, untaught: float64[needs], nDCG.

    eta: as estimated; the truth is that of the people's habits.
    """

    seed: int
    eta: float
    debiased: Floats
    naive: Floats
    untaught: Floats


def bias(stage: Stage, months: int, say: Say) -> Bias:
    """Show misordered lists, and learn from them with and without regard to position."""
    rng, handled = np.random.default_rng([stage.world.seed, 1]), Handled()
    parts: list[Reactions] = []
    for month in range(months):
        parts += shown_in(stage, stage.texts, month, handled, rng, worst_first)
    feedback = known_after(stage, parts, months - 1)
    seed, found = stage.world.seed, examination_of(feedback)
    fair = learned(stage.texts, feedback, seed, examination=found)
    naive = learned(stage.texts, feedback, seed, examination=NAIVE)
    after = Yardstick.at(stage, stage.world.month(months)[MIDDLE])
    result = Bias(
        seed,
        found.eta,
        after.ndcg(fair),
        after.ndcg(naive),
        after.ndcg(stage.texts),
    )
    say(in_words(result))
    return result


def worst_first(_: Stage, rows: Shown) -> Shown:
    """The rows in the opposite order; explored ones stay in their slots."""
    left = iter([row for row in reversed(rows) if not row.explored])
    return [row if row.explored else next(left) for row in rows]


def in_words(found: Bias) -> str:
    """A line of progress."""
    return (
        f"seed {found.seed}, misordered lists: eta {found.eta:.2f}, nDCG@10 "
        f"{found.debiased.mean():.3f} (naive {found.naive.mean():.3f}, "
        f"untaught {found.untaught.mean():.3f})"
    )
