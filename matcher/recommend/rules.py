"""Hard rules: they only remove, each with a reason that is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from matcher.domain.item import Item
from matcher.errors import UsageError

Mask = npt.NDArray[np.bool_]


class Rule(StrEnum):
    """Why a candidate was removed before ranking."""

    NOT_LISTED = "not_listed"
    EXCLUDED = "excluded"
    KNOWN = "known"
    TOO_EARLY = "too_early"
    ABOVE_BUDGET = "above_budget"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Request:
    """What the asker wants beside the query. None or empty: no restriction.

    only, excluded: candidate ids. excluded_pairs: (query id, candidate id). keep_known: leave in
    what the query is already known to go with. facts: apply the rules on readiness, budget and,
    with `on`, on validity that day. Raises UsageError for k < 1 and a diversity outside [0, 1].
    """

    k: int = 10
    only: Collection[str] | None = None
    excluded: Collection[str] = ()
    excluded_pairs: Collection[tuple[str, str]] = ()
    keep_known: bool = False
    facts: bool = True
    on: date | None = None
    diversity: float = 0.0

    def __post_init__(self) -> None:
        if self.k < 1:
            raise UsageError(f"{self.k} matches can't be asked for.", hint="Ask for 1 or more.")
        if not 0 <= self.diversity <= 1:
            raise UsageError(f"A diversity of {self.diversity} is not in [0, 1].")


class CandidateFacts:
    """The candidates' facts as arrays, so that a rule is one comparison."""

    def __init__(self, candidates: Sequence[Item]) -> None:
        facts = [candidate.facts for candidate in candidates]
        self.trl = np.array([fact.trl or 0 for fact in facts], np.int8)
        self.least = np.array([_least(item) for item in candidates], np.float64)
        self.currency = np.array(
            [fact.price.currency if fact.price else "" for fact in facts], "U3"
        )
        last = [fact.valid_until or date.max for fact in facts]
        self.valid_until = np.array([day.toordinal() for day in last], np.int32)

    def removed(self, query: Item, request: Request) -> list[tuple[Rule, Mask]]:
        """For every rule on facts that applies to this query, which candidates it removes."""
        found = []
        if query.facts.min_trl:
            found.append((Rule.TOO_EARLY, (self.trl > 0) & (self.trl < query.facts.min_trl)))
        budget = query.facts.budget
        if budget is not None and budget.high is not None:
            same = self.currency == budget.currency
            found.append((Rule.ABOVE_BUDGET, same & (self.least > budget.high)))
        if request.on is not None:
            found.append((Rule.EXPIRED, self.valid_until < request.on.toordinal()))
        return found


class Rules:
    """All hard rules over the candidates of one model."""

    def __init__(self, candidates: Sequence[Item], request: Request) -> None:
        self._places = {candidate.id: place for place, candidate in enumerate(candidates)}
        self._facts = CandidateFacts(candidates)
        self._request = request
        self._pairs: dict[str, list[str]] = {}
        for query_id, candidate_id in request.excluded_pairs:
            self._pairs.setdefault(query_id, []).append(candidate_id)
        self._general = self._for_every_query()

    def apply(self, query: Item, known: npt.NDArray[np.int64]) -> tuple[Mask, Counter[Rule]]:
        """Which candidates are left for a query, and how many each rule took away.

        A candidate counts for the first rule that applies. known: places of the candidates that
        the query is already known to go with.
        """
        removals = [*self._general, (Rule.EXCLUDED, self._mask(self._pairs.get(query.id, ())))]
        if not self._request.keep_known and len(known):
            removals.append((Rule.KNOWN, np.isin(np.arange(len(self._places)), known)))
        if self._request.facts:
            removals.extend(self._facts.removed(query, self._request))
        left = np.ones(len(self._places), bool)
        counts: Counter[Rule] = Counter()
        for rule, removed in removals:
            counts[rule] += int((left & removed).sum())
            left &= ~removed
        return left, +counts

    def _for_every_query(self) -> list[tuple[Rule, Mask]]:
        removals = [(Rule.EXCLUDED, self._mask(self._request.excluded))]
        if self._request.only is not None:
            removals.insert(0, (Rule.NOT_LISTED, ~self._mask(self._request.only)))
        return removals

    def _mask(self, ids: Collection[str]) -> Mask:
        mask = np.zeros(len(self._places), bool)
        mask[[self._places[id_] for id_ in ids if id_ in self._places]] = True
        return mask


def _least(candidate: Item) -> float:
    """The lowest price asked; minus infinity where none is stated."""
    price = candidate.facts.price
    return float(price.low) if price is not None and price.low is not None else -np.inf
