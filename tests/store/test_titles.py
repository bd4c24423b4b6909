"""Keys of titles: what may be one has one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.store.titles import title_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("石墨烯导热膜", "石墨烯 导热膜。"),
        ("Graphene Film", "graphene-film"),
        ("ＡＢＣ１２", "abc12"),
        ("“一种”方法(2025)", "一种方法2025"),
        ("a_b", "AB"),
    ],
)
def test_spelling_makes_no_difference(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


def test_words_make_a_difference() -> None:
    assert title_key("石墨烯膜") != title_key("石墨膜")


@pytest.mark.parametrize("title", ["", "  ", "——", "!?"])
def test_nothing_to_compare_has_no_key(title: str) -> None:
    assert title_key(title) is None


@given(st.text())
def test_a_key_is_short_and_knows_no_punctuation(title: str) -> None:
    key = title_key(title)
    assert title_key(f"({title}) !") == key
    assert len(title_key(title * 300) or "") <= 200


def test_what_follows_two_hundred_characters_makes_no_difference() -> None:
    assert title_key("长" * 200 + "a") == title_key("长" * 200 + "b") == "长" * 200
