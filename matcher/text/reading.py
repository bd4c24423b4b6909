"""Texts read word by word: which term each word is, and where it stands.

A reading is of the terms that were fitted, so it stays good when records bring new ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from matcher.text.repair import repair_text
from matcher.text.segment import Segmenter
from matcher.text.stream import Stream, TermTable

Word = tuple[int, int, str]
"""A word of a piece of text: its fitted term or what stands in its place, width in characters, and
the word."""
MOST_KNOWN = 100_000
"""Pieces of text that are remembered, before it begins anew: some tens of megabytes."""
MOST_READ = 8_192
"""Texts that are remembered, those that were asked for last: some tens of megabytes."""
UNKNOWN = -1
"""In the place of a number: a word that is no fitted term."""
# A stop word, and what ends a phrase.
_STOP, _BREAK = -2, -3


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


class TextReader:
    """Reads texts of fitted terms; threads may share it. What it read once it knows next time."""

    def __init__(self, segmenter: Segmenter, fitted: TermTable) -> None:
        self._segmenter, self._fitted = segmenter, fitted
        self._known: dict[str, list[Word]] = {}
        self.read = lru_cache(MOST_READ)(self._reading)
        """The reading of a text as it was written; it is repaired first."""

    def _reading(self, text: str) -> Reading:
        text = repair_text(text)
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        codes, starts, ends = list[int](), list[int](), list[int]()
        unknown: dict[int, str] = {}
        for piece in self._segmenter.found(text):
            start = piece.start()
            for code, width, word in self._known.get(piece.group()) or self._learn(piece.group()):
                if code == UNKNOWN:
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
        return UNKNOWN if number is None else number


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


def stream_of(readings: Sequence[Reading], table: TermTable) -> Stream:
    """The readings as one stream; words that aren't fitted get their numbers in `table`."""
    lengths = [len(reading.numbers) for reading in readings]
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    none = np.zeros(0, np.int32)
    terms = np.concatenate([none, *(reading.numbers for reading in readings)])
    joined = np.concatenate([none.astype(bool), *(reading.joined for reading in readings)])
    for reading, start in zip(readings, starts.tolist(), strict=False):
        for place, word in reading.unknown.items():
            terms[start + place] = table.number(word)
    return Stream(terms, starts, joined)
