"""Words of topics, in two languages."""

import numpy as np
import pytest

from matcher.domain.enums import Language
from matcher.text.dictionary import standard_dictionary
from matcher.text.segment import Segmenter
from training.simulation.vocabulary import NOISE_WORDS, Vocabulary


@pytest.mark.parametrize("topics", [3, 60, 300])
def test_topics_have_as_many_words_and_none_is_shared(topics: int) -> None:
    words = Vocabulary.of(topics)
    assert 8 <= words.of_topic <= 40
    telling = words.zh[: topics * words.of_topic].tolist()
    assert len(set(telling)) == len(telling)
    assert words.noise >= NOISE_WORDS


def test_noise_has_no_word_of_a_topic() -> None:
    words = Vocabulary.of(60)
    telling, noise = np.split(words.zh, [60 * words.of_topic])
    assert not set(telling.tolist()) & set(noise.tolist())
    telling, noise = np.split(words.en, [60 * words.of_topic])
    single = {word for term in telling for word in term.lower().split()}
    assert not single & {word for term in noise for word in term.lower().split()}


@pytest.mark.slow
def test_the_product_itself_knows_both_terms_of_a_word_for_one_another() -> None:
    words = Vocabulary.of(20)
    dictionary, segmenter = standard_dictionary(), Segmenter()
    for place in range(0, 20 * words.of_topic, 13):
        stems = tuple(token.term for token in segmenter.tokens(words.en[place]))
        assert stems in {sense.stems for sense in dictionary.senses(words.zh[place])}


def test_a_text_is_its_words_in_their_order() -> None:
    words = Vocabulary(np.array(["甲", "乙"], object), np.array(["a", "b"], object), 1, 1)
    assert words.text(np.array([1, 0, 1]), Language.ZH) == "乙，甲，乙"
    assert words.text(np.array([1, 0, 1]), Language.EN) == "b a b"
    assert words.noise == 1
