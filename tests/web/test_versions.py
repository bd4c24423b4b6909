"""Tags of versions, and what If-Match and If-None-Match make of them."""

from __future__ import annotations

import pytest
from flask import Flask

from matcher.errors import EditConflict, NotFound
from matcher.web.problem import Problem
from matcher.web.versions import is_known, precondition, seen_version, tag_of

APP = Flask("matcher.web")
SHOWN = {"id": "o1", "title": "石墨烯"}


def seen(value: str | None) -> int:
    headers = {} if value is None else {"If-Match": value}
    with APP.test_request_context(headers=headers):
        return seen_version()


def test_a_tag_tells_the_version_and_what_is_shown() -> None:
    tag = tag_of(12, SHOWN)
    assert seen(f'"{tag}"') == 12
    assert tag == tag_of(12, dict(reversed(SHOWN.items())))
    assert len({tag, tag_of(13, SHOWN), tag_of(12, {**SHOWN, "id": "o2"})}) == 3


@pytest.mark.parametrize(
    "value",
    [
        *('W/"1-0123456789ab"', '"1"', '"x"', '"0-0123456789ab"'),
        *('"1-0123456789ab", "2-0123456789ab"', "'", '""'),
        *('"9999999999-0123456789ab"', '"１-0123456789ab"'),
    ],
)
def test_what_is_no_tag_of_ours_is_no_version_there_is(value: str) -> None:
    assert seen(value) == 0


@pytest.mark.parametrize("value", [None, "", "  ", "*"])
def test_a_version_has_to_be_named(value: str | None) -> None:
    with pytest.raises(Problem) as refused:
        seen(value)
    assert refused.value.status == 428


@pytest.mark.parametrize(
    ("value", "known"), [('"t"', True), ('W/"t"', True), ('"s", "t"', True), ('"s"', False)]
)
def test_who_has_it_already(value: str, known: bool) -> None:
    with APP.test_request_context(headers={"If-None-Match": value}):
        assert is_known("t") is known


def test_a_conflict_is_a_failed_precondition_and_other_errors_are_themselves() -> None:
    with pytest.raises(Problem) as refused, precondition():
        raise EditConflict("changed", hint="Load it again.")
    assert (refused.value.status, refused.value.code) == (412, "edit_conflict")
    with pytest.raises(NotFound), precondition():
        raise NotFound("gone")
