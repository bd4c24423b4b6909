"""Hard rules: they only remove, each with a reason that is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from matcher.domain.item import Item
from matcher.domain.visibility import SYSTEM, Viewer
from matcher.errors import UsageError
from matcher.recommend.candidates import Candidates
from matcher.recommend.columns import Columns, Mask
from matcher.recommend.facts import NOTHING_STANDS, Standing
from matcher.recommend.filters import NO_FILTERS, Filters
from matcher.recommend.standing_columns import tracks_of


class Rule(StrEnum):
    """Why a candidate was removed before ranking."""

    NOT_LISTED = "not_listed"
    EXCLUDED = "excluded"
    KNOWN = "known"
    TOO_EARLY = "too_early"
    ABOVE_BUDGET = "above_budget"
    EXPIRED = "expired"
    CONFLICT = "conflict"
    NO_CAPACITY = "no_capacity"
    FILTERED = "filtered"


@dataclass(frozen=True, slots=True)
class Request:
    """What the asker wants beside the query. None or empty: no restriction.

    only, excluded: candidate ids. excluded_pairs: (query id, candidate id). keep_known: leave in
    what the query is already known to go with. facts: apply the rules on readiness, budget and,
    with `on`, on validity that day. viewer: who asks, for what they may know of. avoided: by
    column, the words of candidates that are in conflict with the asker, such as organisations.
    standing: what changes from day to day; managers who carry all that they can are left out.
    Raises UsageError for k < 1 and a diversity outside [0, 1].
    """

    k: int = 10
    only: Collection[str] | None = None
    excluded: Collection[str] = ()
    excluded_pairs: Collection[tuple[str, str]] = ()
    keep_known: bool = False
    facts: bool = True
    on: date | None = None
    diversity: float = 0.0
    viewer: Viewer = SYSTEM
    avoided: Mapping[str, frozenset[str]] = field(default_factory=dict)
    filters: Filters = NO_FILTERS
    standing: Standing = NOTHING_STANDS

    def __post_init__(self) -> None:
        if self.k < 1:
            raise UsageError(f"{self.k} matches can't be asked for.", hint="Ask for 1 or more.")
        if not 0 <= self.diversity <= 1:
            raise UsageError(f"A diversity of {self.diversity} is not in [0, 1].")


def removed_by_facts(
    columns: Columns, query: Item, request: Request
) -> Iterator[tuple[Rule, Mask]]:
    """For every rule on facts that applies to this query, which candidates it removes."""
    trl = columns.numbers["trl"]
    if query.facts.min_trl:
        yield Rule.TOO_EARLY, (trl > 0) & (trl < query.facts.min_trl)
    budget = query.facts.budget
    if budget is not None and budget.high is not None:
        same = columns.words["currency"].where(lambda words: words == (budget.currency,))
        yield Rule.ABOVE_BUDGET, same & (columns.numbers["least"] > budget.high)
    if request.on is not None:
        yield Rule.EXPIRED, columns.numbers["valid_until"] < request.on.toordinal()


class Rules:
    """All hard rules over the candidates of one model."""

    def __init__(self, candidates: Candidates, request: Request) -> None:
        self._candidates = candidates
        self._request = request
        self._pairs: dict[str, list[str]] = {}
        for query_id, candidate_id in request.excluded_pairs:
            self._pairs.setdefault(query_id, []).append(candidate_id)
        # What the asker may not know of isn't there: it is in no count.
        self._there = candidates.live & candidates.columns.visible(request.viewer)
        self._general = list(self._for_every_query())

    def apply(self, query: Item, known: npt.NDArray[np.int64]) -> tuple[Mask, Counter[Rule]]:
        """Which candidates are left for a query, and how many each rule took away.

        A candidate counts for the first rule that applies. known: places of the candidates that
        the query is already known to go with.
        """
        removals = list(self._general)
        if query.id in self._pairs:
            removals.append((Rule.EXCLUDED, self._mask(self._pairs[query.id])))
        if not self._request.keep_known and len(known):
            removals.append((Rule.KNOWN, np.isin(np.arange(len(self._there)), known)))
        if self._request.facts:
            columns = self._candidates.columns
            removals.extend(removed_by_facts(columns, query, self._request))
        left = self._there.copy()
        counts: Counter[Rule] = Counter()
        for rule, mask in removals:
            removed = left & mask
            counts[rule] += int(np.count_nonzero(removed))
            left ^= removed
        return left, +counts

    def _for_every_query(self) -> Iterator[tuple[Rule, Mask]]:
        request, columns = self._request, self._candidates.columns
        if request.only is not None:
            yield Rule.NOT_LISTED, ~self._mask(request.only)
        if request.excluded:
            yield Rule.EXCLUDED, self._mask(request.excluded)
        for column, words in request.avoided.items():
            yield Rule.CONFLICT, columns.words[column].having(words)
        if request.facts:
            yield Rule.NO_CAPACITY, self._full()
        if request.filters:
            yield Rule.FILTERED, ~request.filters.passed(columns)

    def _full(self) -> Mask:
        """Who can take nothing more on; only persons state a capacity."""
        return tracks_of(self._candidates, self._request.standing.tracks).full

    def _mask(self, ids: Collection[str]) -> Mask:
        mask = np.zeros(len(self._there), bool)
        mask[self._candidates.places(ids)] = True
        return mask
