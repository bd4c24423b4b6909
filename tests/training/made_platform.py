"""A small platform whose right answers are known: every need fits the outcome of its number.

Before day 100, needs n00 … n09 took o00 … o09 and also tried o30. From then on each of n00 … n19
takes the outcome ten places on. o00 … o09 are known, o10 … o29 are cold; so are n10 … n19.
"""

import numpy as np

from matcher.domain.enums import Noun
from matcher.evaluate.metrics import Run
from matcher.evaluate.splits import NO_END, Lifetimes
from matcher.recommend.feedback import NOBODY, Feedback, Judgements, no_feedback
from training.platform_split import Direction, Split, split_feedback

DAY = 100
NEED_OUTCOME = Direction(Noun.NEED, Noun.OUTCOME)
NEEDS = tuple(f"n{number:02}" for number in range(20))
OUTCOMES = tuple(f"o{number:02}" for number in range(32))
IDS = {Noun.NEED: NEEDS, Noun.OUTCOME: OUTCOMES, Noun.MANAGER: ()}

LANGUAGES = {
    Noun.NEED: dict.fromkeys(NEEDS, frozenset(["zh"])),
    Noun.OUTCOME: {
        id_: frozenset(["zh"] if place % 2 else ["en"]) for place, id_ in enumerate(OUTCOMES)
    },
}
BEFORE = [(need, need, 90, 1.0) for need in range(10)] + [(need, 30, 95, 0.3) for need in range(10)]
AFTER = [(need, need + 10, 100, 1.0) for need in range(20)]


def judged(rows: list[tuple[int, int, int, float]]) -> Feedback:
    """Rows of need, outcome, day and grade, without managers."""
    needs, outcomes, days, grades = zip(*rows, strict=True)
    nobody = np.full(len(rows), NOBODY, np.int32)
    judgements = Judgements(
        np.array(needs, np.int32),
        np.array(outcomes, np.int32),
        nobody,
        np.array(days, np.int32),
        np.array(grades, np.float32),
        np.full(len(rows), -1, np.int8),
        np.array(days, np.int32),
    )
    return Feedback(IDS, judgements, no_feedback().impressions)


def made_split(rows: list[tuple[int, int, int, float]] | None = None) -> Split:
    """The platform split at day 100; o31 came on that very day, o20 … o29 shortly before."""
    created = np.array([1] * 20 + [90] * 10 + [1, DAY], np.int32)
    until = np.full(len(OUTCOMES), NO_END, np.int32)
    lifetimes = {Noun.OUTCOME: Lifetimes(OUTCOMES, created, until)}
    return split_feedback(judged(rows or BEFORE + AFTER), lifetimes, day=DAY)


def right(asker: str) -> str:
    """The outcome that a need is going to take."""
    return OUTCOMES[NEEDS.index(asker) + 10]


class MadeModel:
    """Ranks what is right first, with the concepts alone second and with the content alone last."""

    legs = ("concepts", "content")

    def __init__(self) -> None:
        self.asked: list[tuple[Noun, Noun, dict[str, float] | None]] = []

    def __call__(self, asker, candidate, asker_ids, allowed, weights) -> Run:
        self.asked.append((asker, candidate, weights))
        return {asker: self._ranking(asker, allowed, weights) for asker in asker_ids}

    def _ranking(self, asker, allowed, weights) -> list[tuple[str, float]]:
        others = sorted(allowed - {right(asker)})
        if weights is None:
            place = 0
        else:
            place = 1 if weights["concepts"] else len(others)
            # The known ones lie at o00 … o09 and o30, which aren't asked about.
            others = sorted(others, key=lambda id_: (id_ < "o10" or id_ == "o30", id_))
        names = [*others[:place], right(asker), *others[place:]]
        return [(name, 1 / rank) for rank, name in enumerate(names, start=1)]
