"""Letters, and the addresses that they may go to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.message import LONGEST_ADDRESS, Message, require_address
from matcher.errors import InvalidValue


@pytest.mark.parametrize(
    "text",
    [
        "li@example.org",
        "l.i+notices@mail.example.org",
        "o'neil@localhost",
        f"{'a' * 64}@example.org",
        f"a@{'b' * 63}.{'c' * 63}.{'d' * 60}.org",
    ],
)
def test_a_mailbox(text: str) -> None:
    require_address(text, "email")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "li",
        "@example.org",
        "li@",
        "li@@example.org",
        "li @example.org",
        ".li@example.org",
        "li..li@example.org",
        "li@-example.org",
        "li@example..org",
        "li@example.org.",
        "Li <li@example.org>",
        "li@example.org,wang@example.org",
        "li@example.org\nBcc: wang@example.org",
        "李@example.org",
        f"{'a' * 65}@example.org",
        f"a@{'b.' * LONGEST_ADDRESS}org",
    ],
)
def test_no_mailbox(text: str) -> None:
    with pytest.raises(InvalidValue, match="mail address") as refused:
        require_address(text, "email")
    assert refused.value.where == {"field": "email"}
    with pytest.raises(InvalidValue):
        Message(to=text, subject="s", text="t", html="h", id="i")


@given(st.text(alphabet="a@. \r\n<>,:\u202e\0"))
def test_whatever_is_taken_is_one_line_without_blanks(text: str) -> None:
    try:
        require_address(text, "email")
    except InvalidValue:
        return
    assert text.isprintable()
    assert not set(text) & set(" <>,:")
    assert text.count("@") == 1
