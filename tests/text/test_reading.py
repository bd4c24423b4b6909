"""Readings of texts: every token with its term and place, and the same stream as a reader's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import reading
from matcher.text.dictionary import segmenter_of, standard_dictionary
from matcher.text.reading import UNKNOWN, TextReader, stream_of
from matcher.text.repair import repair_text
from matcher.text.stream import Reader, TermTable

SEGMENTER = segmenter_of(standard_dictionary())
TEXTS = (
    "Wear resistant graphene coating, for guideways. 石墨烯耐磨涂层的工艺",
    "zzqx lithium-battery recycling / 废旧锂电池",
    "the of; coating of the coating",
    "ｌａｓｅｒ  welding",
    "",
    "。。。",
)
WORDS = ("graphene", "石墨烯", "the", "的", ",", "。", " ", "-", "zzqx", "锂电池", "Q235B")


def fitted() -> TermTable:
    """The terms of a few texts."""
    reader = Reader(SEGMENTER)
    reader.read(map(repair_text, TEXTS[:1]))
    return reader.table


FITTED = fitted()


def test_a_token_has_its_term_and_stands_where_it_is_said() -> None:
    found = TextReader(SEGMENTER, FITTED).read(TEXTS[1] + " graphene")
    words = [found.text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]
    assert words[:3] == ["zzqx", "lithium", "battery"]
    assert found.unknown[0] == "zzqx"
    assert found.numbers[0] == UNKNOWN
    assert (words[-1], found.numbers[-1]) == ("graphene", FITTED.get("graphen"))
    assert found.joined[:3].tolist() == [False, True, True]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), max_size=4))
def test_readings_make_the_stream_that_a_reader_makes(texts: list[str]) -> None:
    texts += TEXTS
    reader = TextReader(SEGMENTER, FITTED)
    expected = Reader(SEGMENTER, TermTable(FITTED)).read(map(repair_text, texts))
    found = stream_of([reader.read(text) for text in texts], TermTable(FITTED))
    np.testing.assert_array_equal(found.terms, expected.terms)
    np.testing.assert_array_equal(found.starts, expected.starts)
    np.testing.assert_array_equal(found.joined, expected.joined)


def test_nothing_read_is_an_empty_stream() -> None:
    assert len(stream_of([], TermTable(FITTED))) == 0


def test_what_was_read_is_remembered_and_forgotten_before_it_is_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader = TextReader(SEGMENTER, FITTED)
    assert reader.read(TEXTS[0]) is reader.read(TEXTS[0])
    monkeypatch.setattr(reading, "MOST_KNOWN", 2)
    forgetful = TextReader(SEGMENTER, FITTED)
    for text in TEXTS:
        assert forgetful.read(text).numbers.tolist() == reader.read(text).numbers.tolist()
    longest = max(len(SEGMENTER.pieces(text)) for text in TEXTS)
    assert len(forgetful._known) <= 2 + longest


def test_every_piece_is_taken_apart_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten candidates for one query use the same words over and over."""
    taken, words = list[str](), type(SEGMENTER).words
    monkeypatch.setattr(
        type(SEGMENTER), "words", lambda self, piece: (taken.append(piece), words(self, piece))[1]
    )
    reader = TextReader(SEGMENTER, FITTED)
    for end in range(10):
        reader.read(f"graphene coating 石墨烯 graphene {end}.")
    assert len(taken) == len(set(taken))
    assert {"coating", "graphene", "石墨烯"} < set(taken)
