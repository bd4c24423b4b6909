"""Every stop word is one that the segmenter can meet and then drops."""

import pytest

from matcher.text.segment import is_chinese
from matcher.text.stopwords import CHINESE_STOPWORDS, ENGLISH_STOPWORDS


@pytest.mark.parametrize("form", [str.lower, str.upper, str.title])
def test_english_ones_vanish_in_any_case(segmenter, form):
    assert {word for word in ENGLISH_STOPWORDS if list(segmenter.tokens(form(word)))} == set()


def test_chinese_ones_vanish(segmenter):
    assert {word for word in CHINESE_STOPWORDS if list(segmenter.tokens(word))} == set()


def test_they_are_words_of_their_language():
    assert all(word.isascii() and word.isalpha() for word in ENGLISH_STOPWORDS)
    assert all(is_chinese(word) for word in CHINESE_STOPWORDS)


@pytest.mark.parametrize("word", ["need", "new", "high", "device", "system", "without"])
def test_words_that_mean_something_stay(word):
    assert (word in ENGLISH_STOPWORDS) is (word == "without")


@pytest.mark.parametrize("word", ["技术", "新", "高", "装置"])
def test_chinese_words_that_mean_something_stay(word):
    assert word not in CHINESE_STOPWORDS
