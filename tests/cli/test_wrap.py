"""Lines of Chinese and English are broken, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from matcher.cli.wrap import wrap

TEXT = st.text(st.sampled_from("ab Z09-,.()石墨烯，。（）《》 ↔·%\n"), max_size=80)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("short", 10, ["short"]),
        ("two words", 6, ["two", "words"]),
        ("石墨烯涂层", 6, ["石墨烯", "涂层"]),
        ("用graphene做", 10, ["用graphene", "做"]),
        ("石墨烯，涂", 6, ["石墨", "烯，涂"]),
        ("石墨（烯）", 6, ["石墨", "（烯）"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
    ],
)
def test_by_hand(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(TEXT, st.integers(4, 40))
def test_no_line_is_too_wide_and_no_character_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
