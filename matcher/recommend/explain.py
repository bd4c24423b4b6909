"""The evidence for a pair: the words of both texts that mean the same, and how much they cover."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from math import ceil
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.domain.item import Item
from matcher.recommend.corpus import TextModel
from matcher.recommend.located import Span, spans
from matcher.recommend.model import Model, Query
from matcher.recommend.recipe import CONCEPTS, CONTENT
from matcher.text.light_words import is_light
from matcher.text.reading import Reading
from matcher.text.segment import is_chinese

# A reason names at most this many terms; the concepts looked at are more, because some say the
# same.
MOST_TERMS = 6
_LOOKED_AT = 24
# How well two different words must mean a concept, multiplied: a word with five equal senses means
# each by 0.2. Measured by eye on the sample: below it come pairs such as maintain ↔ insulate.
LEAST_MEANING = 0.1
# Two Chinese words that have no character in common mean the same only by way of English, where
# more is lost: below it come 东北 ↔ 中国专利 (both have China), 另外 ↔ 额外 or 南方 ↔ 零件.
LEAST_APART = 0.3
# What two English words must have in common of the longer one to be guessed to be akin: a
# beginning alone makes kin of transducers and transfer.
LEAST_BEGINNING = 0.5

Shares = Sequence[tuple[int, float]]
"""Concepts that two texts have, each with its share of the score, heaviest first."""


class MatchedTerm(NamedTuple):
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

    @property
    def distinct(self) -> int:
        """How many terms there are on the side that has fewer: one long word may match two."""
        asked = {(term.query.start, term.query.end) for term in self.terms}
        offered = {(term.candidate.start, term.candidate.end) for term in self.terms}
        return min(len(asked), len(offered))


def evidence(
    query: Query, candidates: Sequence[int], items: Sequence[Item], model: Model
) -> list[Evidence]:
    """Look at each candidate's document that scores best on concepts and content together.

    candidates, items: where they are, and what stands there. There are no terms for a query
    without a text of its own.
    """
    rows = [model.texts(candidate) for candidate in candidates]
    strengths = _strengths(query, rows, model)
    best = [int(np.argmax(strength)) for strength in strengths]
    read = model.text.reading
    texts = [read(item.documents[one]) for item, one in zip(items, best, strict=True)]
    body = read(query.item.body)
    terms: Sequence[tuple[MatchedTerm, ...]] = [()] * len(texts)
    if body.text and texts:
        documents = np.array([own.start + one for own, one in zip(rows, best, strict=True)])
        shares = _shares(query.vectors[CONCEPTS], model.index.vectors(CONCEPTS, documents))
        terms = _terms(body, texts, shares, model.text)
    return [
        Evidence(text.text, found, float(strength[one]))
        for text, found, strength, one in zip(texts, terms, strengths, best, strict=True)
    ]


def _terms(
    body: Reading, texts: Sequence[Reading], shares: Sequence[Shares], model: TextModel
) -> list[tuple[MatchedTerm, ...]]:
    """The matched terms of a query's text and each of the candidates'."""
    wanted = dict.fromkeys(concept for own in shares for concept, _ in own)
    asked = spans(body, list(wanted), model)
    return [
        matched_terms(
            own, asked, spans(text, [concept for concept, _ in own], model), model.space.beginnings
        )
        for text, own in zip(texts, shares, strict=True)
    ]


def _strengths(
    query: Query, texts: Sequence[range], model: Model
) -> list[npt.NDArray[np.floating]]:
    """How well each text of each candidate goes with the query, 0 to 1; bands.py says more."""
    rows = np.array([row for own in texts for row in own], np.int64)
    covered, likeness = (
        np.maximum(model.index.score(space, query.vectors[space], rows)[0], 0)
        for space in (CONCEPTS, CONTENT)
    )
    total = float(query.vectors[CONCEPTS].sum())
    covered = covered / total if total > 0 else covered * 0
    strengths = (np.minimum(covered, 1) + likeness) / 2
    return np.split(strengths, np.cumsum([len(own) for own in texts])[:-1])


def matched_terms(
    shares: Shares,
    in_query: Mapping[int, Span],
    in_text: Mapping[int, Span],
    guesses: Container[int] = (),
) -> tuple[MatchedTerm, ...]:
    """The words of two texts that stand for the given concepts, heaviest first.

    guesses: concepts that make no pair of words which don't look alike; they add to one that
    another concept says. A beginning that two stems have in common is one: graphene isn't 图纸
    (graph paper). Everyday words, bare numbers and bare units aren't among them.
    """
    merged: dict[tuple[str, str], MatchedTerm] = {}
    for concept, share in sorted(shares, key=lambda own: own[0] in guesses):
        if concept not in in_query or concept not in in_text:
            continue
        one, other = in_query[concept], in_text[concept]
        key = (one.words.lower(), other.words.lower())
        guessed = concept in guesses and key not in merged
        if guessed and not _is_akin(one.words, other.words):
            continue
        if not convincing(one, other):
            continue
        before = merged[key].share if key in merged else 0.0
        merged[key] = MatchedTerm(one, other, before + share)
    named = (term for term in _without_parts(merged.values()) if not _is_light(term))
    return tuple(islice(named, MOST_TERMS))


def _is_light(term: MatchedTerm) -> bool:
    return is_light(term.query.words) or is_light(term.candidate.words)


def convincing(one: Span, other: Span) -> bool:
    """Whether a person would see why the two go together.

    The same words do, unless they are one digit. Different ones do if both mean the concept well
    enough, and not by a single Chinese character, which has a dozen senses.
    """
    if one.words.lower() == other.words.lower():
        return len(one.words) > 1 or is_chinese(one.words)
    short = any(len(span.words) == 1 and is_chinese(span.words) for span in (one, other))
    if short:
        return False
    both = is_chinese(one.words) and is_chinese(other.words)
    apart = both and not set(one.words) & set(other.words)
    return one.weight * other.weight >= (LEAST_APART if apart else LEAST_MEANING)


def _is_akin(one: str, other: str) -> bool:
    """Whether two words of the Latin script begin alike for long enough."""
    if is_chinese(one) or is_chinese(other):
        return False
    least = ceil(LEAST_BEGINNING * max(len(one), len(other)))
    return one[:least].lower() == other[:least].lower()


def _shares(asked: sparse.csr_array, documents: sparse.csr_array) -> list[Shares]:
    """For each document the heaviest concepts it shares with the query."""
    places = np.minimum(np.searchsorted(asked.indices, documents.indices), asked.nnz - 1)
    common = asked.indices[places] == documents.indices if asked.nnz else places >= 0
    found: list[Shares] = []
    for start, end in pairwise(documents.indptr.tolist()):
        own = start + np.flatnonzero(common[start:end])
        products = documents.data[own] * asked.data[places[own]]
        order = np.argsort(-products, kind="stable")[:_LOOKED_AT]
        total = float(products.sum())
        concepts, shares = documents.indices[own[order]].tolist(), products[order].tolist()
        found.append([(one, share / total) for one, share in zip(concepts, shares, strict=True)])
    return found


def _without_parts(terms: Iterable[MatchedTerm]) -> list[MatchedTerm]:
    """Leave out a term whose words stand inside another's on both sides, which gets its share."""
    kept: list[MatchedTerm] = []
    places: list[tuple[int, int, int, int]] = []
    for term in sorted(terms, key=lambda term: (-_length(term), *_place(term))):
        (_, start, end, _), (_, other_start, other_end, _), share = term
        # Numbers, not spans: this is asked some hundred times for each match.
        for place, (begins, ends, other_begins, other_ends) in enumerate(places):
            if (
                begins <= start
                and end <= ends
                and other_begins <= other_start
                and other_end <= other_ends
            ):
                kept[place] = kept[place]._replace(share=kept[place].share + share)
                break
        else:
            kept.append(term)
            places.append((start, end, other_start, other_end))
    return sorted(kept, key=_place)


def _place(term: MatchedTerm) -> tuple[float, int, int]:
    """The weightiest first, equals in the order of the texts: that of their concepts would depend
    on records that others may not know of."""
    return -term.share, term.query.start, term.candidate.start


def _length(term: MatchedTerm) -> int:
    """Longer than of any term inside it."""
    return len(term.query.words) + len(term.candidate.words)
