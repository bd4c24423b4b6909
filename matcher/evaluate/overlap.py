"""How alike two rankings of the same things are, the top counting most.

Average overlap: the mean over the depths 1 to k of the share that both have in common down to
there (Wu and Crestani, "Methods for Ranking Information Retrieval Systems Without Relevance
Judgments", 2003; as in Webber, Moffat and Zobel, "A Similarity Measure for Indefinite Rankings",
2010).
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.errors import UsageError


def average_overlap(one: Sequence[str], other: Sequence[str], depth: int) -> float:
    """1 for the same ranking down to `depth`, 0 where nothing is in both.

    A ranking that is shorter has nothing below its end. Raises UsageError for a depth below 1.
    """
    if depth < 1:
        raise UsageError(f"Rankings can't be compared down to {depth}.", hint="Take 1 or more.")
    shares = (len(set(one[:place]) & set(other[:place])) / place for place in range(1, depth + 1))
    return sum(shares) / depth
