"""Outcomes side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Noun, Role, Visibility
from matcher.settings import Settings
from tests.platforms import outcome, put
from tests.web.people import signed_in


@pytest.fixture
def client(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    return signed_in(stranger, person("lin", Role.ENTERPRISE, node="n1", language=Language.EN))


def test_each_has_a_column_and_each_field_a_row(client: FlaskClient) -> None:
    text = client.get("/compare?id=o2&id=o1").text
    assert text.count('<th scope="col">') == 2
    assert text.index("Rice breeding") < text.index("石墨烯耐磨涂层")
    assert '<th scope="row">Summary</th>' in text


def test_more_than_three_and_what_isnt_there_are_told(
    client: FlaskClient, standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform:
        hidden = outcome("s1", "zq9zephyr", visibility=Visibility.NAMED, owner="x")
        put(platform, Noun.OUTCOME, hidden)
    text = client.get("/compare?id=o1&id=s1&id=o1&id=nowhere&id=o2").text
    assert text.count('<th scope="col">') == 1
    assert "Up to 3 are compared" in text
    assert "2 of them are gone, or not for you to see." in text
    assert "zq9zephyr" not in text


def test_without_any_it_says_how_to_choose(client: FlaskClient) -> None:
    assert "Tick two or three results" in client.get("/compare").text
