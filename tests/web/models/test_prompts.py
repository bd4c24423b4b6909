"""The page of prompts."""

from matcher.web.models.prompts import PromptsParams, PromptsShown


def test_a_page_is_asked_for_like_any_other() -> None:
    assert PromptsParams().cursor == ""
    assert PromptsShown(items=[], next_cursor=None).items == []
