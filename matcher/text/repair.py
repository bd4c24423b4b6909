"""Repairs what real files do to a text: wrong decoding, HTML, odd characters, Traditional script,
pinyin glosses, lost bytes, site furniture, the same article twice.

Every step is a pure function `text → (text, how often)`. Steps run in order until nothing changes,
so that repairing twice is repairing once. The original is the caller's to keep.
"""

from __future__ import annotations

import re
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


Steps = tuple[tuple[Change, Step], ...]
StepsFor = Callable[[str], Steps]


# Glosses before script: only 軟體 without its (ruǎn) is found in the table of Taiwan's words.
_STEPS: Steps = (
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
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_WIDE_BY = 0xFEE0
_ODD_BLANK = re.compile("[\u3000\xa0\u2000-\u200a\u202f\u205f]")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and what was done: (kind, how often), in the order of the steps."""

    text: str
    changes: tuple[tuple[Change, int], ...]


def repair(text: str) -> Repaired:
    """`text` repaired, with the count of every kind of change; never raises.

    What is counted as lost are the places marked `�` in the result.
    """
    return _repaired(text, _steps_for)


def repair_for_reading(text: str) -> Repaired:
    """`text` repaired as `repair` does, but in the writer's own script and forms; never raises.

    Traditional script stays, and so do ligatures, units and other compatibility forms; only
    full-width letters, digits and blanks become half width.
    """
    return _repaired(text, _reading_steps_for)


def repair_text(text: str) -> str:
    """The repaired text alone, for many texts."""
    return repair(text).text


def _repaired(text: str, steps_for: StepsFor) -> Repaired:
    counts: Counter[Change] = Counter()
    for _ in range(MAX_ROUNDS):
        before = text
        text = _round(text, counts, steps_for(text))
        if text == before:
            break
    counts[Change.LOST] = text.count(LOST)
    return Repaired(text, tuple((kind, counts[kind]) for kind, _ in _STEPS if counts[kind]))


def _round(text: str, counts: Counter[Change], steps: Steps) -> str:
    for kind, step in steps:
        repaired, count = step(text)
        if repaired != text:
            counts[kind] += count
            text = repaired
    return text


def _narrow(text: str) -> tuple[str, int]:
    """Full-width letters, digits and blanks at half width, and how many there were."""
    text, blanks = _ODD_BLANK.subn(" ", text)
    text, letters = _WIDE.subn(lambda wide: chr(ord(wide[0]) - _WIDE_BY), text)
    return text, blanks + letters


def _steps_for(text: str) -> Steps:
    """The steps that may find something: most texts need only the quick ones."""
    if not is_plain(text):
        return _STEPS
    return _ASCII_STEPS if text.isascii() else _PLAIN_STEPS


def _reading_steps_for(text: str) -> Steps:
    return tuple(
        (kind, _narrow if kind is Change.FORMS else step)
        for kind, step in _steps_for(text)
        if kind is not Change.TRADITIONAL
    )
