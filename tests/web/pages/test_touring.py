"""A newcomer is shown around, once, and again when they ask for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.domain.enums import Role
from matcher.domain.tour import Tour
from matcher.errors import StoreUnavailable
from matcher.web import tour
from tests.web.people import csrf_of, signed_in


def stepped(client: FlaskClient, way: str) -> tuple[int, str]:
    data = {"csrf_token": csrf_of(client), "way": way, "next": "/find"}
    answer = client.post("/tour", data=data)
    return answer.status_code, answer.headers.get("Location", "")


def test_it_goes_from_page_to_page_and_ends(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    client = signed_in(stranger, person("qin", Role.MANAGER, manager="m1"))
    assert "导览 1/4" in (first := client.get("/today").text.replace("</strong> ", ""))
    assert "上一步" not in first
    assert "导览" not in client.get("/find").text.split("<main")[1]
    assert stepped(client, "on") == (303, "/today")
    assert stepped(client, "on") == (303, "/pipeline")
    assert 'class="tour"' in client.get("/pipeline").text
    assert stepped(client, "back") == (303, "/today")
    assert stepped(client, "on") == (303, "/pipeline")
    assert "接着看" in client.get("/today").text
    for _ in range(2):
        stepped(client, "on")
    assert 'class="tour"' not in client.get("/find").text
    assert stepped(client, "begin") == (303, "/today")
    assert 'class="tour"' in client.get("/today").text


def test_who_skips_it_is_left_alone(stranger: FlaskClient, person: Callable[..., str]) -> None:
    client = signed_in(stranger, person("qin", Role.MANAGER, manager="m1"))
    assert stepped(client, "end") == (303, "/find")
    assert 'class="tour"' not in client.get("/today").text


def test_another_way_is_refused(stranger: FlaskClient, person: Callable[..., str]) -> None:
    client = signed_in(stranger, person("qin", Role.MANAGER, manager="m1"))
    assert stepped(client, "sideways")[0] == 422


def test_a_page_is_there_without_the_tour_where_it_cant_be_looked_up(
    stranger: FlaskClient, person: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(stranger, person("qin", Role.MANAGER, manager="m1"))

    def away(*_: object) -> Tour:
        raise StoreUnavailable("The database is away.")

    monkeypatch.setattr(tour, "tour_of", away)
    answer = client.get("/today")
    assert answer.status_code == 200
    assert 'class="tour"' not in answer.text
