"""What of a query is understood."""

from __future__ import annotations

import pytest

from matcher.actions.understanding import MOST_WORDS, Heard, understood


def test_a_chinese_word_of_the_dictionary_is_known_and_one_of_nowhere_isnt() -> None:
    found = {one.words: one.known for one in understood("石墨烯 qwertyzx")}
    assert found == {"石墨烯": True, "qwertyzx": False}


def test_what_a_result_says_is_known_in_any_case_and_as_part_of_a_phrase() -> None:
    found = understood("Graphene coating zq9", matched=["graphene COATING"])
    assert found == (Heard("Graphene", True), Heard("coating", True), Heard("zq9", False))


def test_each_word_stands_once_and_stop_words_not_at_all() -> None:
    assert [one.words for one in understood("the coating of Coating")] == ["coating"]


@pytest.mark.parametrize("text", ["", "  ", "。,", "<b>"])
def test_nothing_is_made_of_nothing(text: str) -> None:
    assert [one.known for one in understood(text)].count(True) == 0


def test_very_many_words_are_cut_short() -> None:
    assert len(understood(" ".join(f"word{n}x" for n in range(100)))) == MOST_WORDS
