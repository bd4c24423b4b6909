"""Phrases of two terms, and which are worth being a concept."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.phrases import pairs, phrase_key, phrase_parts, repeated_phrases
from matcher.text.stream import Stream

numbers = st.integers(0, 2**31 - 1)
A, B, C, ZH = 0, 1, 2, 3
LATIN = np.array([True, True, True, False])


@given(first=numbers, second=numbers)
def test_a_key_is_its_two_terms(first: int, second: int) -> None:
    key = phrase_key(first, second)
    assert phrase_parts(key) == (first, second)
    assert np.int64(key) == key


@given(one=st.tuples(numbers, numbers), other=st.tuples(numbers, numbers))
def test_keys_are_in_the_order_of_their_terms(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert (phrase_key(*one) < phrase_key(*other)) == (one < other)


def stream(*texts: list[int], joined: bool = True) -> Stream:
    terms = np.array([term for text in texts for term in text], np.int32)
    starts = np.cumsum([0, *map(len, texts)])
    follows = np.full(len(terms), joined)
    follows[starts[:-1][starts[:-1] < len(terms)]] = False
    return Stream(terms, starts, follows)


def test_pairs_are_the_joined_ones_with_their_text() -> None:
    keys, owners = pairs(stream([A, B, C], [], [B, A]))
    assert [phrase_parts(int(key)) for key in keys] == [(A, B), (B, C), (B, A)]
    assert owners.tolist() == [0, 0, 2]
    assert not len(pairs(stream([A, B], joined=False))[0])


def repeated(*streams: Stream, senses: set[int] | None = None) -> list[tuple[int, int]]:
    return [phrase_parts(int(key)) for key in repeated_phrases(streams, LATIN, senses or set())]


def test_a_phrase_has_to_be_in_two_texts() -> None:
    assert repeated(stream([A, B], [A, B])) == [(A, B)]
    assert repeated(stream([A, B]), stream([A, B])) == [(A, B)]
    assert repeated(stream([A, B, A, B], [B, C])) == []


def test_or_in_a_text_and_in_the_dictionary() -> None:
    senses = {phrase_key(A, B), phrase_key(C, A)}
    assert repeated(stream([A, B]), senses=senses) == [(A, B)]
    assert repeated(senses=senses) == []


def test_chinese_words_make_no_phrase_and_keys_ascend() -> None:
    texts = [B, C, A, B, ZH, A, ZH], [A, B, ZH, A, C, B, C]
    assert repeated(stream(*texts)) == [(A, B), (B, C)]
