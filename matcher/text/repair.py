"""Repairs what real files do to a text: wrong decoding, HTML, odd characters, Traditional script,
pinyin glosses, lost bytes, site furniture, the same article twice.

Every step is a pure function `text → (text, how often)`. Steps run in order until nothing changes,
so that repairing twice is repairing once. The original is the caller's to keep.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from matcher.text.characters import (
    LOST,
    fold_forms,
    fold_white_space,
    is_plain,
    join_surrogates,
    mark_lost,
    remove_controls,
)
from matcher.text.furniture import remove_furniture
from matcher.text.markup import strip_markup
from matcher.text.mojibake import fix_mojibake
from matcher.text.pinyin import remove_glosses
from matcher.text.repetition import drop_repetitions
from matcher.text.script import to_simplified

Step = Callable[[str], tuple[str, int]]

MAX_ROUNDS = 12
"""Two or three do; the bound is for texts that are nested on purpose."""


class Change(StrEnum):
    """What a step repairs."""

    SURROGATES = "surrogates"
    MOJIBAKE = "mojibake"
    MARKUP = "markup"
    CONTROLS = "controls"
    FORMS = "forms"
    GLOSSES = "glosses"
    TRADITIONAL = "traditional"
    LOST = "lost"
    WHITE_SPACE = "white_space"
    FURNITURE = "furniture"
    REPETITIONS = "repetitions"


# Glosses before script: only 軟體 without its (ruǎn) is found in the table of Taiwan's words.
_STEPS: tuple[tuple[Change, Step], ...] = (
    (Change.SURROGATES, join_surrogates),
    (Change.MOJIBAKE, fix_mojibake),
    (Change.MARKUP, strip_markup),
    (Change.CONTROLS, remove_controls),
    (Change.FORMS, fold_forms),
    (Change.GLOSSES, remove_glosses),
    (Change.TRADITIONAL, to_simplified),
    (Change.LOST, mark_lost),
    (Change.WHITE_SPACE, fold_white_space),
    (Change.FURNITURE, remove_furniture),
    (Change.REPETITIONS, drop_repetitions),
)
_NEEDS_UNUSUAL = {Change.SURROGATES, Change.CONTROLS, Change.FORMS}
_NEEDS_FOREIGN = {Change.MOJIBAKE, Change.GLOSSES, Change.TRADITIONAL}
_PLAIN_STEPS = tuple(step for step in _STEPS if step[0] not in _NEEDS_UNUSUAL)
_ASCII_STEPS = tuple(step for step in _PLAIN_STEPS if step[0] not in _NEEDS_FOREIGN)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and what was done: (kind, how often), in the order of the steps."""

    text: str
    changes: tuple[tuple[Change, int], ...]


def repair(text: str) -> Repaired:
    """`text` repaired, with the count of every kind of change; never raises.

    What is counted as lost are the places marked `�` in the result.
    """
    counts: Counter[Change] = Counter()
    for _ in range(MAX_ROUNDS):
        before = text
        text = _round(text, counts)
        if text == before:
            break
    counts[Change.LOST] = text.count(LOST)
    return Repaired(text, tuple((kind, counts[kind]) for kind, _ in _STEPS if counts[kind]))


def repair_text(text: str) -> str:
    """The repaired text alone, for many texts."""
    return repair(text).text


def _round(text: str, counts: Counter[Change]) -> str:
    for kind, step in _steps_for(text):
        repaired, count = step(text)
        if repaired != text:
            counts[kind] += count
            text = repaired
    return text


def _steps_for(text: str) -> tuple[tuple[Change, Step], ...]:
    """The steps that may find something: most texts need only the quick ones."""
    if not is_plain(text):
        return _STEPS
    return _ASCII_STEPS if text.isascii() else _PLAIN_STEPS
