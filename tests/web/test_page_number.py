"""Which page of a list is asked for."""

import pytest

from matcher.web.page_number import DEEPEST, page_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 1), ("3", 3), ("0", 1), ("-2", 1), ("x", 1), ("²", 1), ("9" * 30, 1), ("9999", DEEPEST)],
)
def test_what_is_no_page_stands_for_the_first(text: str, number: int) -> None:
    assert page_number(text) == number
