"""Moving a follow-up without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.domain.enums import Language, Role
from tests.web.pages.test_pipeline import HTMX, deals, m1
from tests.web.people import signed_in, token_in

__all__ = ["deals", "m1"]


def send(
    client: FlaskClient, path: str, version: int, *, quick: bool = True, **form: str
) -> TestResponse:
    data = {
        **{"csrf_token": token_in(client.get("/pipeline?view=table")), "version": str(version)},
        **{"next": "/pipeline", **form},
    }
    return client.post(path, data=data, headers=HTMX if quick else {})


def test_only_legal_steps_are_offered(m1: FlaskClient, deals: tuple[str, str]) -> None:
    text = m1.get(f"/pipeline/{deals[1]}/move?next=/pipeline", headers=HTMX).text
    steps = re.findall(r'name="to" value="(\w+)"', text)
    assert steps == ["paid", "commission_settled", "closed", "expired", "withdrawn"]
    # What asks for more has its own form.
    assert re.findall(r'href="[^"]*to=(\w+)', text) == [
        *("registered", "declined", "on_hold", "duplicate")
    ]


def test_a_move_answers_with_a_line_and_the_way_back(
    m1: FlaskClient, deals: tuple[str, str]
) -> None:
    path = f"/pipeline/{deals[0]}"
    moved = send(m1, f"{path}/move", 2, to="negotiating")
    assert moved.headers["HX-Trigger"] == "moved"
    assert "Moved to “negotiating”" in moved.text
    version = int(re.search(r'name="version" value="(\d+)"', moved.text)[1])  # type: ignore[index]
    back = send(m1, f"{path}/back", version)
    assert "Taken back to “accepted”" in back.text
    assert "data-undo" not in back.text


def test_a_column_with_one_step_needs_no_question_and_one_without_says_so(
    m1: FlaskClient, deals: tuple[str, str]
) -> None:
    path = f"/pipeline/{deals[0]}/move?next=/pipeline&phase="
    assert "data-only" in m1.get(f"{path}negotiation", headers=HTMX).text
    several = m1.get(f"{path}exchange", headers=HTMX).text
    assert several.count("data-choice") == 2
    assert "data-only" not in several
    assert "can’t go to" in m1.get(f"{path}payment", headers=HTMX).text


@pytest.mark.parametrize(
    ("to", "field", "value"),
    [
        ("registered", "contract_reg_no", "2026610100001234"),
        ("declined", "reason", "price"),
        ("on_hold", "until", "2090-01-01"),
    ],
)
def test_what_goes_with_a_step_is_asked_for(
    m1: FlaskClient, deals: tuple[str, str], to: str, field: str, value: str
) -> None:
    path = f"/pipeline/{deals[1]}/move"
    assert f'name="{field}"' in m1.get(f"{path}?to={to}&next=/pipeline", headers=HTMX).text
    assert send(m1, path, 2, to=to).status_code == 422
    assert send(m1, path, 2, to=to, **{field: value}).status_code == 200
    assert value in m1.get(f"/pipeline/{deals[1]}").text or to != "registered"


def test_a_duplicate_is_chosen_by_name(m1: FlaskClient, deals: tuple[str, str]) -> None:
    path = f"/pipeline/{deals[1]}/move"
    text = m1.get(f"{path}?to=duplicate&next=/pipeline", headers=HTMX).text
    assert re.findall(r'<option value="([^"]+)"', text) == [deals[0]]
    assert send(m1, path, 2, to="duplicate", of=deals[0]).status_code == 200


def test_a_step_may_say_why(m1: FlaskClient, deals: tuple[str, str]) -> None:
    path = f"/pipeline/{deals[0]}"
    assert 'name="why"' in m1.get(f"{path}/move?next={path}").text
    send(m1, f"{path}/move", 2, quick=False, to="contacted", why="Met at the fair", next=path)
    assert "Met at the fair" in m1.get(path).text


def test_without_scripts_whoever_comes_second_keeps_what_they_typed(
    m1: FlaskClient, deals: tuple[str, str]
) -> None:
    path = f"/pipeline/{deals[0]}/move"
    done = send(m1, path, 2, quick=False, to="contacted", next="")
    assert (done.status_code, done.location) == (303, f"/pipeline/{deals[0]}")
    late = send(m1, path, 2, quick=False, to="declined", reason="other", why="Found another")
    assert late.status_code == 409
    assert "Found another" in late.text
    assert 'name="version" value="3"' in late.text


def test_another_managers_is_not_there(
    stranger: FlaskClient, person: Callable[..., str], deals: tuple[str, str]
) -> None:
    login = person("su", Role.MANAGER, node="n1", manager="m2", language=Language.EN)
    other = signed_in(stranger, login)
    path = f"/pipeline/{deals[0]}/move"
    assert other.get(path).status_code == 404
    assert send(other, path, 2, to="contacted").status_code == 404
