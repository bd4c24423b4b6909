"""The evidence for a pair: the words of both texts that mean the same, and how much they cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matcher.recommend.corpus import TextModel
from matcher.recommend.model import Model, Query
from matcher.recommend.recipe import CONCEPTS, CONTENT
from matcher.text.concepts import ConceptSpace
from matcher.text.repair import repair_text
from matcher.text.segment import is_chinese

# A reason names at most this many terms; the concepts looked at are more, because some say the
# same.
MOST_TERMS = 6
_LOOKED_AT = 24
# How well two different words must mean a concept, multiplied: a word with five equal senses means
# each by 0.2. Measured by eye on the sample: below it come pairs such as maintain ↔ insulate.
LEAST_MEANING = 0.1


@dataclass(frozen=True, slots=True)
class Span:
    """Characters start to end of a text, which read `words` and mean a concept by `weight`."""

    words: str
    start: int
    end: int
    weight: float


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


class Located(NamedTuple):
    """A repaired text and its tokens: term number, start, end, joined to the one before."""

    text: str
    tokens: list[tuple[int | None, int, int, bool]]


def locate(text: str, model: TextModel) -> Located:
    """Read a repaired text once, to be looked at for many pairs.

    A Chinese word that came after the model was learned stands there as each of its stems.
    """
    tokens: list[tuple[int | None, int, int, bool]] = []
    for token in model.reader.segmenter.tokens(text):
        number = model.reader.table.get(token.term)
        tokens.append((number, token.start, token.end, token.joined))
        if number is None:
            stems = model.space.stems(token.term)
            tokens.extend((stem, token.start, token.end, False) for stem in stems)
    return Located(text, tokens)


def evidence(query: Query, asked: Located, candidate: int, model: Model) -> Evidence:
    """Look at the candidate's document that scores best on concepts and content together.

    asked: the query's own text; empty for a query that has only interactions.
    """
    texts = model.texts(candidate)
    rows = np.arange(texts.start, texts.stop)
    scores = {
        space: np.maximum(model.index.score(space, query.vectors[space], rows)[0], 0)
        for space in (CONCEPTS, CONTENT)
    }
    total = float(query.vectors[CONCEPTS].sum())
    covered = scores[CONCEPTS] / total if total > 0 else scores[CONCEPTS] * 0
    strength = (np.minimum(covered, 1) + scores[CONTENT]) / 2
    best = int(np.argmax(strength))
    text = repair_text(model.candidates[candidate].documents[best])
    terms: tuple[MatchedTerm, ...] = ()
    if asked.text:
        shares = _shares(query, model.side.concepts[[texts.start + best]])
        terms = matched_terms(shares, asked, locate(text, model.text), model.text.space)
    return Evidence(text, terms, float(strength[best]))


def matched_terms(
    shares: Sequence[tuple[int, float]], asked: Located, offered: Located, space: ConceptSpace
) -> tuple[MatchedTerm, ...]:
    """The words of two texts that stand for the given concepts, heaviest first.

    shares: concepts both texts have, each with its share of the score, heaviest first.
    """
    wanted = [concept for concept, _ in shares]
    in_query, in_text = _spans(asked, wanted, space), _spans(offered, wanted, space)
    merged: dict[tuple[str, str], MatchedTerm] = {}
    for concept, share in shares:
        if concept not in in_query or concept not in in_text:
            continue
        one, other = in_query[concept], in_text[concept]
        if not convincing(one, other):
            continue
        key = (one.words.lower(), other.words.lower())
        before = merged[key].share if key in merged else 0.0
        merged[key] = MatchedTerm(one, other, before + share)
    return tuple(_without_parts(merged.values())[:MOST_TERMS])


def convincing(one: Span, other: Span) -> bool:
    """Whether a person would see why the two go together.

    The same words do, unless they are one digit. Different ones do if both mean the concept well
    enough, and not by a single Chinese character, which has a dozen senses.
    """
    if one.words.lower() == other.words.lower():
        return len(one.words) > 1 or is_chinese(one.words)
    short = any(len(span.words) == 1 and is_chinese(span.words) for span in (one, other))
    return not short and one.weight * other.weight >= LEAST_MEANING


def _shares(query: Query, document: sparse.csr_array) -> list[tuple[int, float]]:
    """The heaviest shared concepts with their share of the score, heaviest first."""
    common = sparse.csr_array(document.multiply(query.vectors[CONCEPTS]))
    total = float(common.data.sum())
    order = np.argsort(-common.data, kind="stable")[:_LOOKED_AT]
    return [(int(common.indices[place]), float(common.data[place]) / total) for place in order]


def _spans(located: Located, wanted: Iterable[int], space: ConceptSpace) -> dict[int, Span]:
    """Where each wanted concept stands: at the token that means it most, the first of equals."""
    meanings, phrases = _ways_to_say(wanted, space)
    found: dict[int, tuple[float, int, int]] = {}
    previous, began = None, 0
    for number, start, end, joined in located.tokens:
        for concept, weight in meanings.get(number, ()):
            if weight > found.get(concept, _NOWHERE)[0]:
                found[concept] = (weight, start, end)
        phrase = phrases.get((previous, number)) if joined else None
        if phrase is not None:
            found.setdefault(phrase, (1.0, began, end))
        previous, began = number, start
    return {
        concept: Span(located.text[start:end], start, end, weight)
        for concept, (weight, start, end) in found.items()
    }


_NOWHERE = (0.0, 0, 0)


def _ways_to_say(
    wanted: Iterable[int], space: ConceptSpace
) -> tuple[dict[int | None, list[tuple[int, float]]], dict[tuple[int | None, int | None], int]]:
    """Term → the wanted concepts it means and how much; two terms in a row → the wanted phrase."""
    meanings: dict[int | None, list[tuple[int, float]]] = {}
    phrases: dict[tuple[int | None, int | None], int] = {}
    for concept in wanted:
        for term, weight in space.terms(concept):
            meanings.setdefault(term, []).append((concept, weight))
        pair = space.phrase_terms(concept)
        if pair is not None:
            phrases[pair] = concept
    return meanings, phrases


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
