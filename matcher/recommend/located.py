"""Where terms stand in a text, and where a text says a concept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.recommend.corpus import TextModel
from matcher.text.concepts import ConceptSpace
from matcher.text.repair import repair_text
from matcher.text.segment import Segmenter
from matcher.text.stream import TermTable

Word = tuple[int, int, str]
"""A word of a piece of text: its fitted term or what stands in its place, width in characters, and
the word."""
MOST_KNOWN = 100_000
"""Pieces of text that a locator remembers, before it begins anew: some tens of megabytes."""
MOST_READ = 8_192
"""Texts that a locator remembers, those that were asked for last: some tens of megabytes."""
_NOWHERE = (0.0, 0, 0)
# In the place of a number: a word that is no fitted term, a stop word, what ends a phrase.
_UNKNOWN, _STOP, _BREAK = -1, -2, -3


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


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A repaired text and all its tokens, good for every model of the same fitted terms.

    numbers: int32[tokens], fitted terms, -1 for a word that is none; unknown: place of a token →
    such a word. starts, ends: int32[tokens], characters. joined: bool[tokens], to the one before.
    """

    text: str
    numbers: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    joined: npt.NDArray[np.bool_]
    unknown: Mapping[int, str]


class Locator:
    """Reads texts; threads may share it. What it learns of a text or a word it knows next time."""

    def __init__(self, segmenter: Segmenter, fitted: TermTable) -> None:
        self._segmenter, self._fitted = segmenter, fitted
        self._known: dict[str, list[Word]] = {}
        self.reading = lru_cache(MOST_READ)(self._reading)
        """The reading of a text as it was written; it is repaired first."""

    def locate(
        self, reading: Reading, model: TextModel, wanted: Collection[int | None] | None = None
    ) -> Located:
        """The tokens of a reading as terms of a model, to be looked at for many concepts.

        A Chinese word that came after the model was learned stands there as each of its stems.
        wanted: terms; most of the others are left out, and nothing is joined to what was left out.
        """
        kept = np.ones(len(reading.numbers), bool)
        if wanted is not None:
            kept = _flags(wanted, len(self._fitted))[reading.numbers]
        follows = reading.joined & np.concatenate(([True], kept[:-1]))
        places = np.flatnonzero(kept)
        columns = (reading.numbers, reading.starts, reading.ends, follows)
        tokens: list[tuple[int | None, int, int, bool]] = []
        for place, number, start, end, joined in zip(
            places.tolist(), *(column[places].tolist() for column in columns), strict=True
        ):
            if number != _UNKNOWN:
                tokens.append((number, start, end, joined))
                continue
            first, *stems = _numbers(reading.unknown[place], model)
            tokens.append((first, start, end, joined))
            tokens.extend((stem, start, end, False) for stem in stems)
        return Located(reading.text, tokens)

    def _reading(self, text: str) -> Reading:
        text = repair_text(text)
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        codes, starts, ends = list[int](), list[int](), list[int]()
        unknown: dict[int, str] = {}
        for piece in self._segmenter.found(text):
            start = piece.start()
            for code, width, word in self._known.get(piece.group()) or self._learn(piece.group()):
                if code == _UNKNOWN:
                    unknown[len(codes)] = word
                codes.append(code)
                starts.append(start)
                start += width
                ends.append(start)
        return _read(text, np.array((codes, starts, ends), np.int32), unknown)

    def _learn(self, piece: str) -> list[Word]:
        """The words of a piece of text."""
        words = self._segmenter.words(piece)
        learned = [(self._code(word), width, word or "") for word, width in words]
        self._known[piece] = learned
        return learned

    def _code(self, word: str | None) -> int:
        """The number of a word, or what stands in its place."""
        if not word:
            return _BREAK if word is None else _STOP
        number = self._fitted.get(word)
        return _UNKNOWN if number is None else number


def _read(text: str, found: npt.NDArray[np.int32], unknown: Mapping[int, str]) -> Reading:
    """The reading of int32[3, words] without stop words and breaks, after which none is joined."""
    places = np.flatnonzero(found[0] != _STOP)
    is_break = found[0, places] == _BREAK
    joined = ~np.concatenate(([True], is_break))[:-1] & ~is_break
    places, joined = places[~is_break], joined[~is_break]
    tokens = {place: token for token, place in enumerate(places.tolist())}
    words = {tokens[place]: word for place, word in unknown.items()}
    numbers, starts, ends = found[:, places]
    return Reading(text, numbers, starts, ends, joined, words)


def _flags(wanted: Collection[int | None], fitted: int) -> npt.NDArray[np.bool_]:
    """bool[fitted terms and one for the unknown]: what is wanted; what is unknown may be."""
    flags = np.zeros(fitted + 1, bool)
    flags[[term for term in wanted if term is not None and term < fitted]] = True
    flags[_UNKNOWN] = True
    return flags


def _numbers(word: str, model: TextModel) -> tuple[int | None, ...]:
    """The terms that a word counts as which isn't fitted."""
    number = model.reader.table.get(word)
    return (number,) if number is not None else (None, *model.space.stems(word))


@lru_cache(maxsize=4)
def _locator(segmenter: Segmenter, fitted: TermTable) -> Locator:
    return Locator(segmenter, fitted)


def locator_of(model: TextModel) -> Locator:
    """The locator of a model's fitted terms, the same for all answers, whatever came since."""
    return _locator(model.reader.segmenter, model.space.expander.table)


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
