"""One ranked pair of a result, as it is written to a file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A candidate's place in the ranking of a query, and why.

    `rank` from 1; `parts` sum to `score`; `reasons` are codes with values for programs,
    `reason_texts` the same in words for people; `band` is strong, possible or weak;
    `likelihood` that it comes to something is None as long as too few outcomes are known. Raises
    InvalidValue for a rank below 1, a score or part that isn't finite, and a likelihood outside
    [0, 1].
    """

    query_id: str
    candidate_id: str
    rank: int
    score: float
    parts: Mapping[str, float]
    reasons: Sequence[Mapping[str, Any]]
    reason_texts: Sequence[str] = ()
    query_title: str = ""
    candidate_title: str = ""
    band: str = ""
    likelihood: float | None = None

    def __post_init__(self) -> None:
        if self.rank < 1:
            raise InvalidValue(f"rank {self.rank} is below 1.", field="rank", hint="Count from 1.")
        if not all(map(math.isfinite, (self.score, *self.parts.values()))):
            message = f"the score of {self.candidate_id!r} for {self.query_id!r} isn't finite."
            raise InvalidValue(message, field="score", hint="Leave the pair out of the result.")
        if self.likelihood is not None and not 0 <= self.likelihood <= 1:
            message = f"{self.likelihood} is no likelihood."
            raise InvalidValue(message, field="likelihood", hint="Give a number from 0 to 1.")
