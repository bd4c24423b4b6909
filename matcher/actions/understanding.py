"""What of somebody's words the search can do something with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from matcher.text.dictionary import Dictionary, segmenter_of, standard_dictionary
from matcher.text.repair import repair_text
from matcher.text.segment import is_chinese

MOST_WORDS = 30
"""Words that are looked at; who writes more isn't helped by a list of them."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A word of a query. known: the dictionary has it, or a result that is shown says it."""

    words: str
    known: bool


def understood(text: str, matched: Collection[str] = ()) -> tuple[Heard, ...]:
    """The words of a query that carry meaning, each once, in order.

    matched: words of the query that stand in results which the asker sees. Nothing else of what is
    listed is looked at: whether a word is known must not tell of listings that are hidden.
    """
    dictionary = standard_dictionary()
    text = repair_text(text)
    said = {words.lower() for words in matched}
    found: dict[str, Heard] = {}
    for token in segmenter_of(dictionary).tokens(text):
        word = text[token.start : token.end]
        known = _is_known(word.lower(), said, dictionary)
        found.setdefault(word.lower(), Heard(word, known))
    return tuple(found.values())[:MOST_WORDS]


def _is_known(word: str, said: Collection[str], dictionary: Dictionary) -> bool:
    if any(word in words for words in said):
        return True
    return is_chinese(word) and (word in dictionary or bool(dictionary.parts(word)))
