"""Texts of a synthetic platform: bags of words that tell a part of what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.domain.enums import Language
from training.simulation.population import EN, ZH, Floats
from training.simulation.truth import Array
from training.simulation.vocabulary import Places, Vocabulary

TITLE_WORDS, KEYWORDS = 4, 3
SHORTEST, LONGEST = 8, 48
"""Words of a body that tells as little and as much as there is."""

NOISE = 0.45
"""The share of words that say nothing of the topic."""

_COMMON_WORDS = 0.8
_BITS = {Language.ZH: ZH, Language.EN: EN}


@dataclass(frozen=True, slots=True)
class Text:
    """Of one record: the same words in each of its languages."""

    title: dict[Language, str]
    body: dict[Language, str]
    keywords: dict[Language, tuple[str, ...]]


def texts(
    rng: np.random.Generator,
    vocabulary: Vocabulary,
    topics: Array,
    shares: Array,
    detail: Floats,
    languages: Array,
) -> Iterator[Text]:
    """A text for each row; see `population.Topical` and `Listed` for the arrays.

    Titles and keywords hold words of the topics alone.
    """
    lengths = np.round(SHORTEST + (LONGEST - SHORTEST) * detail).astype(int)
    ends = np.cumsum(lengths)
    rows = np.repeat(np.arange(len(topics)), lengths)
    body = _draw(rng, vocabulary, topics[rows], shares[rows], NOISE)
    heads = np.repeat(np.arange(len(topics)), TITLE_WORDS + KEYWORDS)
    head = _draw(rng, vocabulary, topics[heads], shares[heads], 0.0)
    head = head.reshape(-1, TITLE_WORDS + KEYWORDS)
    for row, (end, length) in enumerate(zip(ends, lengths, strict=True)):
        yield _text(vocabulary, head[row], body[end - length : end], int(languages[row]))


def _text(vocabulary: Vocabulary, head: Places, body: Places, bits: int) -> Text:
    spoken = [language for language, bit in _BITS.items() if bits & bit]
    title, keywords = head[:TITLE_WORDS], dict.fromkeys(head[TITLE_WORDS:].tolist())
    return Text(
        title={each: vocabulary.text(title, each) for each in spoken},
        body={each: vocabulary.text(body, each) for each in spoken},
        keywords={each: tuple(vocabulary.words(np.array([*keywords]), each)) for each in spoken},
    )


def _draw(
    rng: np.random.Generator, vocabulary: Vocabulary, topics: Array, shares: Array, noise: float
) -> Places:
    """A word for each row: one of its topics', the more often the larger the share, or noise."""
    bounds = np.cumsum(shares.astype(np.float64) ** 2, axis=1)
    bounds /= bounds[:, -1:]
    which = (rng.random(len(topics))[:, None] >= bounds[:, :-1]).sum(axis=1)
    topic = topics[np.arange(len(topics)), which].astype(np.int64)
    telling = topic * vocabulary.of_topic + _common(rng, vocabulary.of_topic, len(topics))
    silent = vocabulary.topics * vocabulary.of_topic
    other = silent + _common(rng, vocabulary.noise, len(topics))
    return np.where(rng.random(len(topics)) < noise, other, telling)


def _common(rng: np.random.Generator, words: int, count: int) -> Places:
    """Places of words, of which the first are the commonest (Zipf's law)."""
    weights = np.cumsum((1.0 + np.arange(words)) ** -_COMMON_WORDS)
    drawn = np.searchsorted(weights, rng.random(count) * weights[-1], side="right")
    return np.asarray(drawn, np.int64)
