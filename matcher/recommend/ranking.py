"""The answer to a query: its matches in order, each with its score, parts and reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from matcher.recommend.bands import Band
from matcher.recommend.explain import Evidence
from matcher.recommend.ids import Places
from matcher.recommend.reasons import Reason
from matcher.recommend.rules import Rule


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate's place in a query's ranking. `parts` sum to `score`.

    likelihood: that somebody who looks at the pair takes it up, once enough outcomes are known.
    """

    candidate_id: str
    rank: int
    score: float
    parts: Mapping[str, float]
    band: Band | None = None
    evidence: Evidence | None = None
    reasons: tuple[Reason, ...] = ()
    likelihood: float | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The answer to one query.

    removed: how many candidates each hard rule took away. found: places of all candidates that
    were ranked, best first, the matches among them.
    """

    query_id: str
    matches: tuple[Match, ...]
    removed: Counter[Rule]
    found: Places = field(default_factory=lambda: np.zeros(0, np.int64), compare=False)
