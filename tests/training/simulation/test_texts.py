"""Bags of words that tell a part of what they are about."""

import numpy as np

from matcher.domain.enums import Language
from training.simulation.population import EN, ZH, unit
from training.simulation.texts import LONGEST, NOISE, SHORTEST, Text, texts
from training.simulation.vocabulary import Vocabulary

WORDS = Vocabulary.of(10)
PLACES = {term: place for place, term in enumerate(WORDS.zh)}


def drawn(seed: int, topics: list[int], shares: list[float], count: int = 200) -> list[Text]:
    rows = np.repeat(np.array([topics]), count, axis=0)
    mixed = np.repeat(unit(np.array([shares])), count, axis=0)
    detail, languages = np.ones(count, np.float32), np.full(count, EN)
    return list(texts(np.random.default_rng(seed), WORDS, rows, mixed, detail, languages))


def topic_of(term: str) -> int:
    """The topic of a Chinese term; as many as there are topics for noise."""
    return min(PLACES[term] // WORDS.of_topic, WORDS.topics)


def test_one_seed_draws_the_same_texts() -> None:
    assert drawn(1, [0, 1, 2], [1, 1, 1]) == drawn(1, [0, 1, 2], [1, 1, 1])
    assert drawn(1, [0, 1, 2], [1, 1, 1]) != drawn(2, [0, 1, 2], [1, 1, 1])


def test_words_come_from_the_topics_by_their_squared_shares_and_from_noise() -> None:
    count = 400
    rows = np.repeat(np.array([[3, 5, 7]]), count, axis=0)
    shares = np.repeat(np.array([[0.8, 0.6, 0.0]], np.float32), count, axis=0)
    made = texts(
        np.random.default_rng(0),
        WORDS,
        rows,
        shares,
        np.ones(count, np.float32),
        np.full(count, ZH),
    )
    found = [topic_of(term) for text in made for term in text.body[Language.ZH].split("，")]
    share = np.bincount(found, minlength=11) / len(found)
    assert set(np.flatnonzero(share).tolist()) == {3, 5, 10}
    assert abs(share[10] - NOISE) < 0.02
    assert abs(share[3] / share[5] - 0.64 / 0.36) < 0.15


def test_detail_is_the_length_of_the_body() -> None:
    detail = np.array([0.0, 1.0, 0.5], np.float32)
    rows, shares = np.array([[0, 1, 2]] * 3), unit(np.ones((3, 3)))
    made = texts(np.random.default_rng(0), WORDS, rows, shares, detail, np.full(3, ZH))
    lengths = [len(text.body[Language.ZH].split("，")) for text in made]
    assert lengths == [SHORTEST, LONGEST, (SHORTEST + LONGEST) // 2]


def test_a_record_in_two_languages_says_the_same_in_both() -> None:
    rows, shares = np.array([[0, 1, 2]] * 3), unit(np.ones((3, 3)))
    languages = np.array([ZH, EN, ZH | EN])
    zh, en, both = texts(
        np.random.default_rng(0), WORDS, rows, shares, np.ones(3, np.float32), languages
    )
    assert set(zh.body) == set(zh.title) == set(zh.keywords) == {Language.ZH}
    assert set(en.body) == {Language.EN}
    english = dict(zip(WORDS.zh.tolist(), WORDS.en.tolist(), strict=True))
    terms = both.title[Language.ZH].split("，")
    assert both.title[Language.EN] == " ".join(english[term] for term in terms)
    assert len(both.keywords[Language.ZH]) == len(both.keywords[Language.EN])
