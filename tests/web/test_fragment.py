"""Parts of pages that are opened by themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.domain.enums import Language, Role
from tests.web.people import signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def chief(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("/models/versions", "/models"),
        ("/models/work?seen=x", "/models"),
        ("/models/compare/same?first=0001&second=0002&seen=x", "/models/compare"),
        ("/interests/now?seen=x", "/interests"),
    ],
)
def test_who_opens_a_part_bare_is_led_to_the_page(
    chief: FlaskClient, part: str, whole: str
) -> None:
    bare = chief.get(part)
    assert (bare.status_code, bare.location.partition("?")[0]) == (303, whole)
    assert "seen" not in bare.location
    assert ("first=0001" in bare.location) == ("first" in part)
    fetched = chief.get(part, headers=HTMX)
    assert fetched.status_code == 200
    assert "<html" not in fetched.text
