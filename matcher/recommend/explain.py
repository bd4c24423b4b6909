"""The evidence for a pair: the words of both texts that mean the same, and how much they cover."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from matcher.recommend.corpus import TextModel
from matcher.recommend.model import CONCEPTS, CONTENT, Model, Query
from matcher.text.repair import repair_text

# A reason names at most this many terms; the concepts looked at are more, because some say the
# same.
MOST_TERMS = 6
_LOOKED_AT = 24


@dataclass(frozen=True, slots=True)
class Span:
    """Characters start to end of a text, which read `words`."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MatchedTerm:
    """The same concept in both texts. share: of the concept score, 0 to 1."""

    query: Span
    candidate: Span
    share: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """The candidate's best document for a query, the terms they share, and the pair's strength.

    bands.py says what the strength means.
    """

    text: str
    terms: tuple[MatchedTerm, ...]
    strength: float


def evidence(query: Query, query_text: str, candidate: int, model: Model) -> Evidence:
    """Look at the candidate's document that scores best on concepts and content together."""
    texts = model.texts(candidate)
    rows = np.arange(texts.start, texts.stop)
    scores = {
        space: np.maximum(model.index.score(space, query.vectors[space], rows)[0], 0)
        for space in (CONCEPTS, CONTENT)
    }
    total = float(query.vectors[CONCEPTS].sum())
    covered = scores[CONCEPTS] / total if total > 0 else scores[CONCEPTS] * 0
    strength = (covered + scores[CONTENT]) / 2
    best = int(np.argmax(strength))
    text = repair_text(model.candidates[candidate].documents[best])
    terms = matched_terms(query, query_text, text, model.text) if query_text else ()
    return Evidence(text, terms, float(strength[best]))


def matched_terms(
    query: Query, query_text: str, text: str, model: TextModel
) -> tuple[MatchedTerm, ...]:
    """The concepts that two repaired texts share, heaviest first, as words that stand for them."""
    shares = _shares(query, text, model)
    wanted = {concept for concept, _ in shares}
    in_query, in_text = _spans(query_text, wanted, model), _spans(text, wanted, model)
    merged: dict[tuple[str, str], MatchedTerm] = {}
    for concept, share in shares:
        if concept not in in_query or concept not in in_text:
            continue
        one, other = in_query[concept], in_text[concept]
        key = (one.words.lower(), other.words.lower())
        before = merged[key].share if key in merged else 0.0
        merged[key] = MatchedTerm(one, other, before + share)
    return tuple(_without_parts(sorted(merged.values(), key=lambda term: -term.share))[:MOST_TERMS])


def _shares(query: Query, text: str, model: TextModel) -> list[tuple[int, float]]:
    """The heaviest shared concepts with their share of the score, heaviest first."""
    wanted = query.vectors[CONCEPTS]
    counts = model.space.counts(model.reader.read([text]))
    common = wanted * model.weights.document_vectors(counts)
    total = float(common.sum())
    order = np.argsort(-common.data, kind="stable")[:_LOOKED_AT]
    return [(int(common.indices[place]), float(common.data[place]) / total) for place in order]


def _spans(text: str, wanted: Collection[int], model: TextModel) -> dict[int, Span]:
    """Where each wanted concept stands: at the token that means it most, the first of equals."""
    found: dict[int, tuple[float, Span]] = {}
    before: tuple[int, int] | None = None
    for token in model.reader.segmenter.tokens(text):
        number = model.reader.table.numbers.get(token.term)
        if number is None or not model.space.knows(number):
            before = None
            continue
        for concept, weight in model.space.expansion(number):
            _keep(found, concept, weight, text, token.start, token.end, wanted)
        if token.joined and before is not None:
            phrase = model.space.phrase(before[0], number)
            if phrase is not None:
                _keep(found, phrase, 1.0, text, before[1], token.end, wanted)
        before = (number, token.start)
    return {concept: span for concept, (_, span) in found.items()}


def _keep(
    found: dict[int, tuple[float, Span]],
    concept: int,
    weight: float,
    text: str,
    start: int,
    end: int,
    wanted: Collection[int],
) -> None:
    if concept in wanted and weight > found.get(concept, (0.0,))[0]:
        found[concept] = (weight, Span(text[start:end], start, end))


def _without_parts(terms: Iterable[MatchedTerm]) -> list[MatchedTerm]:
    """Leave out a term whose words stand inside another's on both sides, which gets its share."""
    kept: list[MatchedTerm] = []
    for term in sorted(terms, key=lambda term: (-_length(term), -term.share)):
        place = next((i for i, other in enumerate(kept) if _inside(term, other)), None)
        if place is None:
            kept.append(term)
        else:
            other = kept[place]
            kept[place] = MatchedTerm(other.query, other.candidate, other.share + term.share)
    return sorted(kept, key=lambda term: -term.share)


def _length(term: MatchedTerm) -> int:
    """Longer than of any term inside it."""
    return len(term.query.words) + len(term.candidate.words)


def _inside(term: MatchedTerm, other: MatchedTerm) -> bool:
    return all(
        inner.start >= outer.start and inner.end <= outer.end
        for inner, outer in ((term.query, other.query), (term.candidate, other.candidate))
    )
