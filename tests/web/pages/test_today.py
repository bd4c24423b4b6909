"""The manager's page without a browser: what is in it, and what its forms do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.actions.decisions import Decision, decide
from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from tests.platforms import manager, outcome, put
from tests.web.people import signed_in, token_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def m1(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    """The browser of the manager m1."""
    login = person("qin", Role.MANAGER, node="n1", manager="m1", language=Language.EN)
    return signed_in(stranger, login)


def first_id(text: str) -> str:
    found = re.search(r'id="pair-([^"]+)"', text)
    assert found is not None
    return found[1]


def send(client: FlaskClient, path: str, **form: str) -> str:
    """What comes in the place of the form that was sent."""
    data = {"csrf_token": token_in(client.get("/today")), "version": "0", **form}
    answer = client.post(path, data=data, headers=HTMX)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_pair_is_read_in_one_glance(m1: FlaskClient) -> None:
    text = m1.get("/today").text
    assert "Graphene coating wanted" in re.sub(r"<[^>]+>", "", text)
    assert "石墨烯耐磨涂层" in re.sub(r"<[^>]+>", "", text)
    assert re.search(r'<mark class="term" data-term="1">', text)
    assert 'lang="zh-Hans"' in text
    assert text.startswith('<!doctype html>\n<html lang="en">')


def test_a_decision_answers_with_a_line_and_the_way_back(m1: FlaskClient) -> None:
    id_ = first_id(m1.get("/today").text)
    text = send(m1, f"/today/{id_}/decline", reason="price")
    assert "Declined" in text
    assert "price" in text
    assert id_ not in re.findall(r'id="pair-([^"]+)" aria', m1.get("/today").text)
    followup, version = (
        re.search(rf'name="{name}" value="([^"]+)"', text)[1]  # type: ignore[index]
        for name in ("followup", "version")
    )
    again = send(m1, f"/today/{id_}/undo", followup=followup, version=version)
    assert f'id="pair-{id_}"' in again
    assert first_id(m1.get("/today").text) == id_


def test_what_no_button_of_the_page_says_is_not_done(m1: FlaskClient) -> None:
    page = m1.get("/today").text
    assert 'value="price"' in page
    assert 'value="other"' not in page
    assert "Put off" in send(m1, f"/today/{first_id(page)}/snooze", days="99999999999")


def test_without_scripts_the_page_comes_again(m1: FlaskClient) -> None:
    page = m1.get("/today")
    data = {"csrf_token": token_in(page), "version": "0", "days": "7"}
    answer = m1.post(f"/today/{first_id(page.text)}/snooze", data=data)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today#pairs")


def test_a_form_that_was_made_of_something_else_changes_nothing(m1: FlaskClient) -> None:
    page = m1.get("/today")
    id_ = first_id(page.text)
    send(m1, f"/today/{id_}/accept")
    data = {"csrf_token": token_in(page), "version": "0", "reason": "price"}
    answer = m1.post(f"/today/{id_}/decline", data=data, headers=HTMX)
    assert answer.status_code == 409
    assert "Somebody has changed this in the meantime" in answer.text


@pytest.mark.parametrize("form", [{}, {"version": "0"}, {"version": "0", "reason": "<b>"}])
def test_a_form_that_lacks_something_is_refused_in_words(
    m1: FlaskClient, form: dict[str, str]
) -> None:
    page = m1.get("/today")
    data = {"csrf_token": token_in(page), **form}
    answer = m1.post(f"/today/{first_id(page.text)}/decline", data=data)
    assert answer.status_code == 422
    assert "Something isn&#39;t right in what was sent" in answer.text
    assert "<b>" not in answer.text


def test_markup_in_a_record_stays_text(m1: FlaskClient, standard_settings: Settings) -> None:
    with open_platform(standard_settings) as platform:
        put(
            platform,
            Noun.OUTCOME,
            outcome("o1", "<img src=x> 石墨烯耐磨涂层", "<script>x</script>"),
        )
    text = m1.get("/today").text
    assert "<img src=x>" not in text
    assert "<script>x" not in text


def test_an_empty_list_says_what_to_do_next(m1: FlaskClient, standard_settings: Settings) -> None:
    with open_platform(standard_settings) as platform:
        put(platform, Noun.MANAGER, manager("m1", "涂层", capacity=0))
    assert "End a follow-up or put one on hold" in m1.get("/today").text


def test_what_is_in_hand_stands_beside_the_room_and_too_much_is_said(
    m1: FlaskClient, standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform:
        put(platform, Noun.MANAGER, manager("m1", "涂层、电池", capacity=1))
        decide(platform, SYSTEM, "m1", "w3", "o5", Decision.ACCEPT)
    full = m1.get("/today").text
    assert "1 of 1 in hand" in full
    assert 'href="/profile#capacity"' in full
    with open_platform(standard_settings) as platform:
        put(platform, Noun.MANAGER, manager("m1", "涂层、电池", capacity=2))
    id_ = first_id(m1.get("/today").text)
    with open_platform(standard_settings) as platform:
        put(platform, Noun.MANAGER, manager("m1", "涂层、电池", capacity=1))
    told = send(m1, f"/today/{id_}/accept")
    assert "2 in hand now, more than the 1 you stated" in told
    assert re.search(r'id="in-hand" hx-swap-oob="true">.*2 of 1 in hand', told)


def test_a_manager_without_a_record_is_told_so(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    client = signed_in(stranger, person("new", Role.MANAGER, node="n1", language=Language.EN))
    assert "no manager record of yours" in client.get("/today").text


def test_to_other_roles_it_isnt_there(stranger: FlaskClient, person: Callable[..., str]) -> None:
    client = signed_in(stranger, person("lin", Role.ENTERPRISE, node="n1", language=Language.EN))
    answer = client.get("/today")
    assert answer.status_code == 404
    assert "There is nothing here, or not for you to see" in answer.text


def test_a_stranger_comes_back_after_signing_in(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    answer = stranger.get("/today")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=/today")
    assert stranger.get("/today", headers=HTMX).status_code == 401
    assert stranger.post("/today/x/accept").status_code == 401


def test_a_form_of_another_site_is_refused(m1: FlaskClient) -> None:
    id_ = first_id(m1.get("/today").text)
    answer = m1.post(f"/today/{id_}/accept", data={"version": "0"})
    assert answer.status_code == 400
    assert "The page was too old" in answer.text
    assert first_id(m1.get("/today").text) == id_
