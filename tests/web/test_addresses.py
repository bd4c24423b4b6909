"""Addresses that lead back to a page."""

import pytest

from matcher.web.addresses import own_path


@pytest.mark.parametrize("where", ["/", "/today", "/find?q=石墨烯&field=1"])
def test_a_path_of_ours_is_followed(where: str) -> None:
    assert own_path(where) == where


@pytest.mark.parametrize(
    "where",
    ["", "today", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb", "/a b"],
)
def test_anything_else_leads_to_the_first_page(where: str) -> None:
    assert own_path(where) == "/"
