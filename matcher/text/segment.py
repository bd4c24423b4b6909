"""Text → tokens: English words, model numbers, Chinese words.

Chinese is cut by jieba's algorithm (rjieba) with a domain dictionary added, because without one
石墨烯 falls into 石墨 and 烯. English words are lower-cased and reduced to their Snowball stem;
a token that holds a digit (`Q235B`, `10kV`) is kept as it is, in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import rjieba
import Stemmer

from matcher.text.stopwords import CHINESE_STOPWORDS, ENGLISH_STOPWORDS

# With the rare characters beyond 16 bits: heavy elements such as 𬬻 are written with them.
_HAN_RANGE = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
# A Latin word, a run of Han characters, or one character that ends a phrase. Blanks, hyphens,
# slashes and middle dots join their neighbours into a phrase and are skipped.
_PIECE = re.compile(rf"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ0-9]+(?:['’][a-z]+)?|[{_HAN_RANGE}]+|[^\s\-/·]")
_HAN = re.compile(f"[{_HAN_RANGE}]")
# jieba gives a word of ours this count when it has none of its own: rare, yet above its parts.
_WORD_FREQUENCY = 10


class Token(NamedTuple):
    """One token: its normal form and the half-open span of characters it stands at.

    `joined` says that it follows the token before it closely enough to make a phrase with it:
    no punctuation between them (stop words don't count).
    """

    term: str
    start: int
    end: int
    joined: bool


def is_chinese(text: str) -> bool:
    """Whether `text` holds at least one Han character."""
    return _HAN.search(text) is not None


class Segmenter:
    """Cuts repaired text (see repair.py) into tokens. Deterministic; threads may share it."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        """`words`: Chinese words to know beside jieba's own, such as a dictionary's head words."""
        self._jieba = rjieba.Jieba()
        for word in words:
            if len(word) > 1 and not self._jieba.has_word(word):
                self._jieba.add_word(word, _WORD_FREQUENCY, "n")
        self._stem = Stemmer.Stemmer("english", 0).stemWord
        # Half of the time a text takes is stemming the same words again.
        self.stem = lru_cache(maxsize=100_000)(self._normal_form)

    def tokens(self, text: str) -> Iterator[Token]:
        """Every token that carries meaning, in order of appearance."""
        joined = False
        for piece in self.found(text):
            start = piece.start()
            for word, width in self.words(piece.group()):
                if word is None:
                    joined = False
                elif word:
                    yield Token(word, start, start + width, joined)
                    joined = True
                start += width

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """The pieces of a text where they stand."""
        return _PIECE.finditer(text)

    def pieces(self, text: str) -> list[str]:
        """The raw pieces `words` takes apart: Latin words, Han runs, phrase-ending characters."""
        return _PIECE.findall(text)

    def words(self, piece: str) -> list[tuple[str | None, int]]:
        """One piece → (normal form, width in characters) of each word in it.

        The form is empty for a stop word and None for a character that ends a phrase.
        """
        if _HAN.match(piece):
            return [
                ("" if word in CHINESE_STOPWORDS else word, len(word))
                for word in self._jieba.cut(piece)
            ]
        if piece[0].isalnum():
            return [(self.stem(piece), len(piece))]
        return [(None, len(piece))]

    def _normal_form(self, word: str) -> str:
        """The normal form of one Latin-script word or number; empty for a stop word."""
        lower = word.lower().partition("'")[0].partition("’")[0]
        if lower in ENGLISH_STOPWORDS or (len(lower) < 2 and lower.isalpha()):
            return ""
        return self._stem(lower) if lower.isalpha() else lower
