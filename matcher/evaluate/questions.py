"""What every system is asked alike: by whom, over which candidates, and what would be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from matcher.errors import InvalidValue
from matcher.evaluate.metrics import Qrels, Run
from matcher.evaluate.pairs import Mask, Pairs

DEPTH = 100
"""Places of a ranking that are looked at."""

Ranking = Sequence[tuple[str, float]]

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Questions:
    """The questions of one relation.

    pairs: the right answers, which are all allowed. allowed: the candidates to be ranked. known:
    what an asker isn't asked about, because it was judged before or is right elsewhere. unasked:
    how many right answers are left out, since their candidate isn't allowed.
    """

    pairs: Pairs
    allowed: frozenset[str]
    known: Mapping[str, frozenset[str]]
    unasked: int = 0

    @cached_property
    def qrels(self) -> Qrels:
        """Asker → candidate → level."""
        return self.pairs.qrels()

    @property
    def places(self) -> dict[str, int]:
        """How long a ranking each asker needs, so that `DEPTH` places are left of it."""
        return {
            asker: DEPTH + len(self.known.get(asker, _NOTHING)) + len(right)
            for asker, right in self.qrels.items()
        }

    def answered(self, run: Run) -> Run:
        """The first `DEPTH` of what a system ranked for each asker, without what is known.

        Raises InvalidValue for a candidate that isn't allowed.
        """
        return {asker: self._answer(asker, run.get(asker, ())) for asker in self.qrels}

    def part(self, kept: Mask) -> Questions:
        """The questions about the pairs of a mask, over the same candidates.

        An asker's other right answers are taken out of its ranking: there they are neither right
        nor wrong.
        """
        inside, outside = self.pairs.where(kept), self.pairs.where(~kept)
        known = {
            asker: self.known.get(asker, _NOTHING) | others.keys()
            for asker, others in outside.qrels().items()
        }
        return replace(self, pairs=inside, known={**self.known, **known})

    def sample(self, most: int, seed: int = 0) -> Questions:
        """The questions of `most` askers drawn at random; of all, where there are no more."""
        askers = np.unique(self.pairs.askers)
        if len(askers) <= most:
            return self
        drawn = np.random.default_rng(seed).choice(askers, most, replace=False)
        return self.part(np.isin(self.pairs.askers, drawn))

    def _answer(self, asker: str, ranking: Ranking) -> list[tuple[str, float]]:
        if strange := {candidate for candidate, _ in ranking} - self.allowed:
            raise InvalidValue(f"the run ranks {min(strange)!r}, which can't be for {asker!r}.")
        known = self.known.get(asker, _NOTHING)
        return [pair for pair in ranking if pair[0] not in known][:DEPTH]


def questions(train: Pairs, test: Pairs, allowed: frozenset[str]) -> Questions:
    """What `test` judges well, over the `allowed` candidates, without the pairs of `train`.

    A pair counts as judged in `train` with any grade but 0, which says nothing. Both name their
    rows by the same ids.
    """
    judged = train.where(train.grades != 0)
    known: dict[str, set[str]] = defaultdict(set)
    for asker, candidate in judged.names():
        known[asker].add(candidate)
    new = test.where(test.positive & ~np.isin(test.keys, judged.keys))
    there = np.array([candidate in allowed for _, candidate in new.names()], dtype=np.bool_)
    return Questions(
        pairs=new.where(there),
        allowed=allowed,
        known={asker: frozenset(found) for asker, found in known.items()},
        unasked=len(set(new.where(~there).names())),
    )
