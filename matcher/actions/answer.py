"""The answer to a search or a suggestion, as pages and scripts take it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from matcher.actions.match_row import match_row
from matcher.actions.serving import Serving
from matcher.domain.enums import Language, Noun
from matcher.domain.item import Item
from matcher.domain.visibility import Viewer
from matcher.files.match_row import MatchRow
from matcher.recommend.corpus import read_queries
from matcher.recommend.facts import NOTHING_STANDS, Standing
from matcher.recommend.filters import NO_FILTERS, Filters, facets
from matcher.recommend.model import Model, query_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.ranking import Match, Ranking
from matcher.recommend.rules import Request, Rules
from matcher.store import records
from matcher.store.stored import Stored

HEAD = frozenset(
    {
        *("id", "title", "title_en", "name", "name_en"),
        # Who may know of it.
        *("secrecy", "visibility", "visible_to", "owner", "node"),
        # Whom it is in conflict with.
        *("organisation", "holder", "conflicts", "same_person"),
    }
)
"""The fields of a record that decide whether it stands in an answer, and under which title."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for beside the query. Raises UsageError for a `k` below 1, when it's used.

    facts: heed readiness, budget and validity.
    """

    k: int = 10
    filters: Filters = NO_FILTERS
    language: Language = Language.ZH
    facts: bool = True
    explain: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """Ranked matches. model_version: what ranked them; degraded: what couldn't be used for it.

    facets: of everything that was found, how many there are of each kind. removed: how many each
    hard rule took away. Neither counts what the viewer may not know of.
    """

    noun: Noun
    model_version: str
    matches: tuple[MatchRow, ...]
    degraded: tuple[str, ...] = ()
    found: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    removed: Mapping[str, int] = field(default_factory=dict)

    def to_mapping(self) -> dict[str, Any]:
        """The answer as plain JSON values."""
        return {**self.summary(), "matches": [_row(row) for row in self.matches]}

    def summary(self) -> dict[str, Any]:
        """The same without the matches."""
        return {
            "noun": self.noun.value,
            "model_version": self.model_version,
            "degraded": list(self.degraded),
            "found": self.found,
            "facets": {name: dict(counts) for name, counts in self.facets.items()},
            "removed": dict(self.removed),
        }


def _row(row: MatchRow) -> dict[str, Any]:
    likely = {} if row.likelihood is None else {"likelihood": row.likelihood}
    return {
        "candidate_id": row.candidate_id,
        "title": row.candidate_title,
        "rank": row.rank,
        "score": row.score,
        "band": row.band,
        **likely,
        "parts": dict(row.parts),
        "reasons": [dict(reason) for reason in row.reasons],
        "reason_texts": list(row.reason_texts),
    }


def ranked(
    model: Model, item: Item, request: Request, asker: Noun | None = None, *, explain: bool = True
) -> Ranking:
    """The candidates of a model for one item, which need not be in any model.

    asker: what kind of record it is, None for words alone.
    """
    side = read_queries(model.text, [item])
    query = query_of(item, side, 0, model, asker.value if asker else "")
    return recommend(query, model, Rules(model.candidates, request), request, explain=explain)


def request_of(
    wish: Wish,
    viewer: Viewer,
    on: date,
    *,
    avoided: Mapping[str, frozenset[str]] | None = None,
    excluded: Collection[str] = (),
    only: Collection[str] | None = None,
    standing: Standing = NOTHING_STANDS,
) -> Request:
    """The wish as the ranking takes it."""
    return Request(
        k=wish.k,
        only=only,
        excluded=excluded,
        facts=wish.facts,
        on=on,
        viewer=viewer,
        avoided=avoided or {},
        filters=wish.filters,
        standing=standing,
    )


def visible_records(
    session: Session, noun: Noun, matches: Collection[Match], viewer: Viewer
) -> dict[str, Stored[Any]]:
    """The matches' records as they are now, of those that the viewer may still know of.

    What is in the index but not here was changed a moment ago.
    """
    found = records.get_many(session, noun, [match.candidate_id for match in matches])
    return _visible(found, viewer)


def visible_heads(
    session: Session, noun: Noun, matches: Collection[Match], viewer: Viewer
) -> dict[str, Stored[Any]]:
    """The same with no other fields than `HEAD`."""
    found = records.heads(session, noun, [match.candidate_id for match in matches], HEAD)
    return _visible(found, viewer)


def _visible(found: Mapping[str, Stored[Any]], viewer: Viewer) -> dict[str, Stored[Any]]:
    return {id_: one for id_, one in found.items() if one.live and viewer.sees(one.record)}


def answer_of(
    serving: Serving,
    noun: Noun,
    query: Item,
    ranking: Ranking,
    there: Mapping[str, Stored[Any]],
    language: Language,
) -> Answer:
    """The answer with those matches whose records are `there`."""
    kept = (match for match in ranking.matches if match.candidate_id in there)
    columns = serving.models[noun].candidates.columns
    return Answer(
        noun=noun,
        model_version=serving.version,
        matches=tuple(
            match_row(
                query,
                replace(match, rank=rank),
                title_of(there[match.candidate_id].record, language),
                language,
            )
            for rank, match in enumerate(kept, start=1)
        ),
        degraded=serving.degraded,
        found=len(ranking.found),
        facets=facets(columns, ranking.found),
        removed={rule.value: count for rule, count in ranking.removed.items()},
    )


def title_of(record: Any, language: Language) -> str:
    """A record's title or name in `language`, else in the other."""
    order = ("title", "title_en", "name", "name_en")
    if language is Language.EN:
        order = ("title_en", "title", "name_en", "name")
    titles = (getattr(record, name, "") for name in order)
    return next(filter(None, titles), "")
