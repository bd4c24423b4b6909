"""The words of a synthetic platform: pairs of a Chinese and an English term of the lexicon.

A topic has words of its own, the same in both languages, so that the two meet through the
product's dictionary; noise is words of no topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from matcher.domain.enums import Language
from matcher.resources import data_path
from matcher.text.lexicon import LexiconTerm, read_terms

TERMS, GENERAL = "terms.tsv", "general-a.tsv"
LARGEST_TOPIC = 40
NOISE_WORDS = 1500
_CLOSE = 1.0
_SEPARATORS = {Language.ZH: "，", Language.EN: " "}

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Words by place: topic after topic, `of_topic` words each, then the noise.

    zh and en hold the two terms of a word at the same place.
    """

    zh: npt.NDArray[Any]
    en: npt.NDArray[Any]
    topics: int
    of_topic: int

    @classmethod
    def of(cls, topics: int) -> Self:
        """The words for so many topics. Terms that stand together in the lexicon share one."""
        terms = _terms(TERMS)
        of_topic = min(LARGEST_TOPIC, len(terms) // topics)
        starts = np.linspace(0, len(terms) - of_topic, topics).astype(int)
        taken = [term for start in starts for term in terms[start : start + of_topic]]
        noise = _without(_terms(GENERAL), terms)
        words = [*taken, *noise[:: max(1, len(noise) // NOISE_WORDS)]]
        return cls(
            zh=np.array([word.zh for word in words], object),
            en=np.array([word.en for word in words], object),
            topics=topics,
            of_topic=of_topic,
        )

    @property
    def noise(self) -> int:
        """How many words belong to no topic."""
        return len(self.zh) - self.topics * self.of_topic

    def text(self, places: Places, language: Language) -> str:
        """The words at these places, in their order."""
        words = self.words(places, language)
        return _SEPARATORS[language].join(words)

    def words(self, places: Places, language: Language) -> list[str]:
        """The same, one by one."""
        found = self.zh if language is Language.ZH else self.en
        return [str(word) for word in found[places]]


def _without(terms: Sequence[LexiconTerm], others: Iterable[LexiconTerm]) -> list[LexiconTerm]:
    """Those that share no word with the others."""
    known = {word for term in others for word in _words(term)}
    return [term for term in terms if known.isdisjoint(_words(term))]


def _words(term: LexiconTerm) -> set[str]:
    return {term.zh, *term.en.lower().split()}


@cache
def _terms(name: str) -> tuple[LexiconTerm, ...]:
    """The close pairs of a list, one for each Chinese and each English term."""
    terms: list[LexiconTerm] = []
    seen: set[str] = set()
    for term in read_terms(data_path("lexicon", name)):
        words = {term.zh, term.en.lower()}
        if term.weight == _CLOSE and seen.isdisjoint(words):
            terms.append(term)
            seen |= words
    return tuple(terms)
