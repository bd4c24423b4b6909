"""A case: queries, candidates, what is right, and what to measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from matcher.errors import InvalidValue
from matcher.evaluate.metrics import Qrels, Run

Interaction = tuple[str, str, float]
"""Query id, candidate id, weight."""

DEPTH = 100
"""Places ranked for a query: as far as the deepest metric looks."""


class Record(TypedDict):
    """A query or a candidate. With a `portfolio` (texts) it is a person or a firm."""

    id: str
    title: str
    text: str
    keywords: tuple[str, ...]
    lang: str
    portfolio: tuple[str, ...]


def as_record(
    id: str,
    text: str = "",
    *,
    title: str = "",
    keywords: Sequence[str] = (),
    lang: str = "",
    portfolio: Sequence[str] = (),
) -> Record:
    """A record with every key. A set judged by text alone gives neither title nor keywords."""
    return Record(
        id=id,
        title=title,
        text=text,
        keywords=tuple(keywords),
        lang=lang,
        portfolio=tuple(portfolio),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """Queries that are ranked over the same candidates, with what is already known of them.

    `only`: the ids of the candidates that may be ranked, where the others are there to learn
    from. Known pairs are never ranked again.
    """

    queries: Sequence[Record]
    candidates: Sequence[Record]
    interactions: Sequence[Interaction] = ()
    only: frozenset[str] | None = None

    @property
    def rankable(self) -> frozenset[str]:
        """The ids of the candidates that may be ranked."""
        ids = frozenset(record["id"] for record in self.candidates)
        return ids if self.only is None else ids & self.only


@dataclass(frozen=True, slots=True)
class Slice:
    """Those pairs of a query and a candidate for which `keeps(query, candidate)` holds."""

    name: str
    keeps: Callable[[str, str], bool]

    def run(self, run: Run) -> Run:
        """The ranking among the candidates of the slice alone."""
        return {
            query: [pair for pair in ranking if self.keeps(query, pair[0])]
            for query, ranking in run.items()
        }

    def qrels(self, qrels: Qrels, least: int) -> Qrels:
        """The judgements within the slice, of queries that something in it fits."""
        kept = {
            query: {doc: grade for doc, grade in docs.items() if self.keeps(query, doc)}
            for query, docs in qrels.items()
        }
        return answerable(kept, least)


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure. `name` is `set/what`.

    The queries are in several parts where what may be ranked differs, for instance by year; the
    metrics are over all of them. `least`: the lowest grade that makes a candidate an answer.
    `english`: English alone, so that BM25 is a baseline. `note`: what a reader of the figures
    must know. Raises InvalidValue when a judged query isn't asked exactly once, when a query
    has no answer, or when an answer can't be ranked for its query.
    """

    name: str
    parts: Sequence[Part]
    qrels: Qrels
    metrics: tuple[str, ...]
    depth: int = DEPTH
    least: int = 1
    slices: tuple[Slice, ...] = ()
    english: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        rankable = self._rankable()
        for query, documents in self.qrels.items():
            if query not in rankable:
                raise self._invalid(f"the judged query {query!r} is not among the queries")
            answers = {doc for doc, grade in documents.items() if grade >= self.least}
            if not answers:
                raise self._invalid(f"the query {query!r} has no answer")
            if strange := answers - rankable[query]:
                raise self._invalid(f"{min(strange)!r} can't be ranked for the query {query!r}")

    def _rankable(self) -> Mapping[str, frozenset[str]]:
        """For each query what may be ranked."""
        found: dict[str, frozenset[str]] = {}
        for part in self.parts:
            rankable = part.rankable
            for query in part.queries:
                if query["id"] in found:
                    raise self._invalid(f"the query {query['id']!r} is asked twice")
                found[query["id"]] = rankable
        return found

    def _invalid(self, what: str) -> InvalidValue:
        return InvalidValue(f"{what} in the case {self.name}.", case=self.name)


def answerable(qrels: Qrels, least: int = 1) -> Qrels:
    """The judgements of those queries that have a document of grade `least` or more."""
    return {query: docs for query, docs in qrels.items() if max(docs.values(), default=0) >= least}


def among(qrels: Qrels, candidates: Sequence[Record]) -> Qrels:
    """The judgements of these candidates, of the queries that one of them answers."""
    known = {record["id"] for record in candidates}
    kept = {
        query: {doc: grade for doc, grade in docs.items() if doc in known}
        for query, docs in qrels.items()
    }
    return answerable(kept)


def asked(queries: Sequence[Record], qrels: Qrels) -> list[Record]:
    """The queries that are judged."""
    return [record for record in queries if record["id"] in qrels]
