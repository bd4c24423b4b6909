"""Where terms stand in a text, and where a text says a concept."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from matcher.recommend.corpus import TextModel
from matcher.text.concepts import ConceptSpace

Numbers = tuple[int | None, ...]
"""The terms one word counts as; none for a stop word."""
MOST_KNOWN = 100_000
"""Pieces of text that a locator remembers, before it begins anew: some tens of megabytes."""
_NOWHERE = (0.0, 0, 0)
# In the place of a number: a piece that is to be looked into, a stop word, what ends a phrase.
_NOT_PLAIN, _STOP, _BREAK = -1, -2, -3


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


@dataclass(frozen=True, slots=True)
class Locator:
    """Reads texts; threads may share it. What it learns of a word it knows in the next text."""

    model: TextModel
    _known: dict[str, list[tuple[Numbers | None, int]]] = field(default_factory=dict)
    _plain: dict[str, int | None] = field(default_factory=dict)

    def locate(self, text: str, wanted: Container[int | None] | None = None) -> Located:
        """Read a repaired text once, to be looked at for many concepts.

        A Chinese word that came after the model was learned stands there as each of its stems.
        wanted: terms; most of the others are left out, and nothing is joined to what was left out.
        """
        tokens: list[tuple[int | None, int, int, bool]] = []
        known, plain, joined = self._known, self._plain, False
        if len(known) > MOST_KNOWN:
            known.clear()
            plain.clear()
        for piece in self.model.reader.segmenter.found(text):
            word = piece.group()
            number = plain.get(word, _NOT_PLAIN)
            if number == _STOP:
                continue
            if number != _NOT_PLAIN:
                # Most pieces are one known word: no need to look into them.
                kept = number != _BREAK and (wanted is None or number in wanted)
                if kept:
                    tokens.append((number, *piece.span(), joined))
                joined = kept
                continue
            start = piece.start()
            for numbers, width in known.get(word) or self._learn(word):
                if numbers is None:
                    joined = False
                elif numbers:
                    tokens.append((numbers[0], start, start + width, joined))
                    tokens.extend((stem, start, start + width, False) for stem in numbers[1:])
                    joined = True
                start += width
        return Located(text, tokens)

    def _learn(self, piece: str) -> list[tuple[Numbers | None, int]]:
        """The numbers and the width in characters of each word; None for what ends a phrase."""
        words = self.model.reader.segmenter.words(piece)
        learned = [(None if word is None else self._numbers(word), width) for word, width in words]
        self._known[piece] = learned
        if len(learned) == 1 and (plain := _plain_number(learned[0][0])) != _NOT_PLAIN:
            self._plain[piece] = plain
        return learned

    def _numbers(self, word: str) -> Numbers:
        if not word:
            return ()
        number = self.model.reader.table.get(word)
        return (number,) if number is not None else (None, *self.model.space.stems(word))


def _plain_number(numbers: Numbers | None) -> int | None:
    """The only number of a word, or what stands in its place."""
    if numbers is None:
        return _BREAK
    if not numbers:
        return _STOP
    return numbers[0] if len(numbers) == 1 else _NOT_PLAIN


@lru_cache(maxsize=4)
def locator_of(model: TextModel) -> Locator:
    """The locator of a model, the same for all answers: a model is replaced when it changes."""
    return Locator(model)


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
