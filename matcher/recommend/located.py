"""Where terms stand in a text, and where a text says a concept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.recommend.corpus import TextModel
from matcher.text.concepts import ConceptSpace
from matcher.text.reading import UNKNOWN, Reading

_NOWHERE = (0.0, 0, 0)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters start to end of a text, which read `words` and mean a concept by `weight`."""

    words: str
    start: int
    end: int
    weight: float


class Located(NamedTuple):
    """A repaired text and its tokens: term number, start, end, joined to the one before."""

    text: str
    tokens: list[tuple[int | None, int, int, bool]]


def locate(
    reading: Reading, model: TextModel, wanted: Collection[int | None] | None = None
) -> Located:
    """The tokens of a reading as terms of a model, to be looked at for many concepts.

    A Chinese word that came after the model was learned stands there as each of its stems.
    wanted: terms; most of the others are left out, and nothing is joined to what was left out.
    """
    kept = np.ones(len(reading.numbers), bool)
    if wanted is not None:
        kept = _flags(wanted, len(model.space.expander.table))[reading.numbers]
    follows = reading.joined & np.concatenate(([True], kept[:-1]))
    places = np.flatnonzero(kept)
    columns = (reading.numbers, reading.starts, reading.ends, follows)
    tokens: list[tuple[int | None, int, int, bool]] = []
    for place, number, start, end, joined in zip(
        places.tolist(), *(column[places].tolist() for column in columns), strict=True
    ):
        if number != UNKNOWN:
            tokens.append((number, start, end, joined))
            continue
        first, *stems = _numbers(reading.unknown[place], model)
        tokens.append((first, start, end, joined))
        tokens.extend((stem, start, end, False) for stem in stems)
    return Located(reading.text, tokens)


def _flags(wanted: Collection[int | None], fitted: int) -> npt.NDArray[np.bool_]:
    """bool[fitted terms and one for the unknown]: what is wanted; what is unknown may be."""
    flags = np.zeros(fitted + 1, bool)
    flags[[term for term in wanted if term is not None and term < fitted]] = True
    flags[UNKNOWN] = True
    return flags


def _numbers(word: str, model: TextModel) -> tuple[int | None, ...]:
    """The terms that a word counts as which isn't fitted."""
    number = model.reader.table.get(word)
    return (number,) if number is not None else (None, *model.space.stems(word))


@dataclass(frozen=True, slots=True)
class Sayings:
    """How some concepts are said.

    meanings: term → the concepts it means and how much. phrases: two terms in a row → a concept.
    """

    meanings: Mapping[int | None, list[tuple[int, float]]]
    phrases: Mapping[tuple[int | None, int | None], int]

    @classmethod
    def of(cls, concepts: Iterable[int], space: ConceptSpace) -> Sayings:
        """The ways to say these concepts."""
        meanings: dict[int | None, list[tuple[int, float]]] = {}
        phrases: dict[tuple[int | None, int | None], int] = {}
        for concept in concepts:
            for term, weight in space.terms(concept):
                meanings.setdefault(term, []).append((concept, weight))
            pair = space.phrase_terms(concept)
            if pair is not None:
                phrases[pair] = concept
        return cls(meanings, phrases)

    @property
    def terms(self) -> frozenset[int | None]:
        """All terms that these ways are made of."""
        return frozenset(self.meanings).union(*self.phrases)

    def spans(self, located: Located) -> dict[int, Span]:
        """Where each concept stands: at the token that means it most, the first of equals."""
        found: dict[int, tuple[float, int, int]] = {}
        meanings, seconds = self.meanings, {second for _, second in self.phrases}
        previous, began = None, 0
        for number, start, end, joined in located.tokens:
            if number in meanings:
                for concept, weight in meanings[number]:
                    if weight > found.get(concept, _NOWHERE)[0]:
                        found[concept] = (weight, start, end)
            ends = joined and number in seconds
            phrase = self.phrases.get((previous, number)) if ends else None
            if phrase is not None:
                found.setdefault(phrase, (1.0, began, end))
            previous, began = number, start
        return {
            concept: Span(located.text[start:end], start, end, weight)
            for concept, (weight, start, end) in found.items()
        }
