"""Judged pairs of one relation as arrays: who asked, what was judged, when, and how far it went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from matcher.errors import InvalidValue
from matcher.evaluate.metrics import Qrels

Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

STEPS = (0.5, 0.75, 1.0)
"""From these grades up a pair counts 2, 3 and 4; any other positive grade counts 1."""


def levels(grades: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """The whole numbers that metrics take as gains, for grades in [-1, 1].

    0 for what is not positive, 1 below .5 (taken up), 2 below .75 (interest on both sides), 3
    below 1 (in talks), 4 for 1 (signed).
    """
    reached = 1 + np.digitize(grades, STEPS)
    return np.where(grades > 0, reached, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """A row for each judgement of a pair; a pair may be judged several times.

    askers, candidates: int32[n], places in `asker_ids` and `candidate_ids`. days: int32[n],
    ordinals. grades: float32[n] in [-1, 1], above 0 how far it went. Raises InvalidValue for
    arrays that don't fit together.
    """

    asker_ids: tuple[str, ...]
    candidate_ids: tuple[str, ...]
    askers: Codes
    candidates: Codes
    days: Codes
    grades: npt.NDArray[np.float32]

    def __post_init__(self) -> None:
        if len({len(self.askers), len(self.candidates), len(self.days), len(self.grades)}) > 1:
            raise InvalidValue("The arrays of judged pairs differ in length.")
        for codes, ids in ((self.askers, self.asker_ids), (self.candidates, self.candidate_ids)):
            if len(codes) and not (codes.min() >= 0 and codes.max() < len(ids)):
                raise InvalidValue(f"A judged pair names a place outside of {len(ids)} ids.")
        if not (np.abs(self.grades) <= 1).all():
            raise InvalidValue("A grade of a judged pair is no number from -1 to 1.")

    def __len__(self) -> int:
        return len(self.days)

    @property
    def positive(self) -> Mask:
        """bool[n]: the rows with a grade above 0."""
        found: Mask = self.grades > 0
        return found

    @property
    def keys(self) -> npt.NDArray[np.int64]:
        """int64[n]: one number for each pair, the same in all rows of the same ids."""
        return self.askers.astype(np.int64) * len(self.candidate_ids) + self.candidates

    def where(self, kept: Mask) -> Self:
        """The rows of a mask."""
        return replace(
            self,
            askers=self.askers[kept],
            candidates=self.candidates[kept],
            days=self.days[kept],
            grades=self.grades[kept],
        )

    def names(self) -> list[tuple[str, str]]:
        """The ids of asker and candidate, row by row."""
        rows = zip(self.askers.tolist(), self.candidates.tolist(), strict=True)
        return [(self.asker_ids[asker], self.candidate_ids[found]) for asker, found in rows]

    def qrels(self) -> Qrels:
        """Asker → candidate → level, of positive grades; of several judgements the best counts."""
        found: dict[str, dict[str, int]] = {}
        kept = self.where(self.positive)
        for (asker, candidate), level in zip(
            kept.names(), levels(kept.grades).tolist(), strict=True
        ):
            known = found.setdefault(asker, {})
            known[candidate] = max(level, known.get(candidate, 0))
        return found
