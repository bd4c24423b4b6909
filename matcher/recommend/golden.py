"""Golden queries: what a model found when it was built, it has to find when it is opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.errors import BrokenBundle
from matcher.recommend.collections import ASKING, NOUNS, Collections
from matcher.recommend.corpus import read_queries
from matcher.recommend.model import Model, query_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.rules import Request, Rules

_QUERIES, _DEPTH = 4, 5
_ROUNDED = 6
# Another processor may round the last bits otherwise.
_TOLERANCE = 1e-4


def golden_queries(collections: Collections) -> Iterator[dict[str, Any]]:
    """A few queries to every noun that has items, with the ids and scores that they find."""
    for noun in NOUNS:
        asking = next((o for o in ASKING[noun] if len(collections.models[o].candidates)), noun)
        askers = collections.models[asking].candidates
        for place in range(0, len(askers), max(1, len(askers) // _QUERIES)):
            text = askers[place].body
            found = _found(collections.models[noun], text)
            if found:
                yield {"noun": noun.value, "text": text, "found": found}


def check_golden(collections: Collections, golden: Sequence[Mapping[str, Any]]) -> None:
    """Raise BrokenBundle unless every query finds what it found when the model was built."""
    for query in golden:
        noun, text, wanted = _read(query)
        found = _found(collections.models[noun], text)
        if not _agree(found, wanted):
            raise BrokenBundle(
                f"finds {found[:1]} where it found {wanted[:1]} when it was built.",
                field="golden",
                hint="Train a new model with this version of the product.",
                query=text[:80],
            )


def _read(query: Mapping[str, Any]) -> tuple[Noun, str, list[tuple[str, float]]]:
    try:
        pairs = [(str(id_), float(score)) for id_, score in query["found"]]
        return Noun(query["noun"]), str(query["text"]), pairs
    except (KeyError, TypeError, ValueError) as error:
        hint = "Train a new model."
        raise BrokenBundle("has a query that can't be read.", field="golden", hint=hint) from error


def _agree(found: Sequence[tuple[str, float]], wanted: Sequence[tuple[str, float]]) -> bool:
    """Whether each has its score; one that ties with the last may have lost its place to it."""
    if len(found) != len(wanted):
        return False
    scores = dict(found)
    return all(abs(scores.get(id_, found[-1][1]) - score) <= _TOLERANCE for id_, score in wanted)


def _found(model: Model, text: str) -> list[tuple[str, float]]:
    item = Item("", text=text)
    query = query_of(item, read_queries(model.text, [item]), 0)
    request = Request(k=_DEPTH)
    ranking = recommend(query, model, Rules(model.candidates, request), request, explain=False)
    return [(match.candidate_id, round(match.score, _ROUNDED)) for match in ranking.matches]
