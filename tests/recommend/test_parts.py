"""Parts: a record by languages; a few foreign words don't make it bilingual."""

from __future__ import annotations

import numpy as np

from matcher.domain.enums import Language
from matcher.domain.item import Item
from matcher.recommend.matcher import Matcher
from matcher.recommend.parts import parts_of, split, vectors_of
from tests.recommend.some_duplicates import PUMP_BOTH, PUMP_EN, PUMP_ZH


def test_a_bilingual_record_has_a_text_in_each_language() -> None:
    parts = split(PUMP_BOTH)
    assert parts[Language.EN] == f"{PUMP_EN.title}\n{PUMP_EN.text}"
    assert parts[Language.ZH].splitlines()[:2] == [PUMP_ZH.title, PUMP_ZH.text]


def test_a_line_of_english_words_stays_with_the_chinese_text() -> None:
    item = Item("a", PUMP_ZH.title, PUMP_ZH.text, ("MEMS", "CFD"))
    assert split(item) == {Language.ZH: item.body}


def test_an_empty_record_has_no_part() -> None:
    assert split(Item("a")) == {}


def test_the_parts_of_a_model_are_those_of_its_live_items(matcher: Matcher) -> None:
    model = matcher.model
    parts = parts_of(model)
    assert parts.owners.tolist() == [0, 1, 2, 3, 4]
    assert parts.chinese.tolist() == [True, False, False, True, False]
    lengths = np.linalg.norm(parts.content, axis=1)
    # The encoder knows no word of the last one.
    assert np.allclose(lengths, [1, 1, 1, 1, 0])


def test_a_text_read_anew_is_what_the_index_holds(matcher: Matcher) -> None:
    parts = parts_of(matcher.model)
    concepts, content = vectors_of(matcher.model.text, parts.texts)
    assert np.allclose(concepts.toarray(), parts.concepts.toarray(), atol=1e-5)
    assert np.allclose(content, parts.content, atol=1e-5)
