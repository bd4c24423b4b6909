"""The page of interests: for whoever expressed them, and for the manager who has to answer."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.domain.enums import Language, Role
from tests.web.people import signed_in, token_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def firm(app: Flask, person: Callable[..., str]) -> FlaskClient:
    """The browser of an enterprise."""
    login = person("lin", Role.ENTERPRISE, node="n1", language=Language.EN)
    return signed_in(app.test_client(), login)


@pytest.fixture
def manager(app: Flask, person: Callable[..., str]) -> FlaskClient:
    """The browser of the manager m1, the only one with an account."""
    login = person("qin", Role.MANAGER, node="n1", manager="m1", language=Language.EN)
    return signed_in(app.test_client(), login)


def send(client: FlaskClient, path: str, **form: str) -> str:
    data = {"csrf_token": token_in(client.get("/interests")), **form}
    answer = client.post(path, data=data, headers=HTMX)
    assert answer.status_code == 200, answer.text
    return answer.text


def only(text: str) -> dict[str, str]:
    """The id and the version of the only interest on a page that can be answered."""
    found = re.search(r'"/interests/(X-[^/"]+)/accept".*?name="version" value="(\d+)"', text, re.S)
    assert found is not None, text
    return {"id": found[1], "version": found[2]}


def test_what_is_said_appears_at_its_manager_who_takes_it_up(
    firm: FlaskClient, manager: FlaskClient
) -> None:
    seen = re.search(r"seen=(\w+)", manager.get("/interests").text)[1]  # type: ignore[index]
    assert manager.get(f"/interests/now?seen={seen}", headers=HTMX).status_code == 204
    send(firm, "/interests", outcome="o1", text="How thick?")
    now = manager.get(f"/interests/now?seen={seen}", headers=HTMX)
    assert "How thick?" in now.text
    one = only(now.text)
    taken = send(manager, f"/interests/{one['id']}/accept", version=one["version"])
    assert "taken up" in taken
    assert "/accept" not in taken
    assert "taken up" in firm.get("/interests").text


def test_one_that_is_declined_is_gone_for_the_manager_and_open_for_the_firm(
    firm: FlaskClient, manager: FlaskClient
) -> None:
    send(firm, "/interests", outcome="o1", text="How thick?")
    one = only(manager.get("/interests").text)
    left = send(
        manager, f"/interests/{one['id']}/decline", version=one["version"], reason="no_capacity"
    )
    assert "How thick?" not in left
    assert "No interests yet" in left
    assert "not routed" in firm.get("/interests").text
    assert "an admin of your node looks for somebody" in firm.get("/interests").text


def test_an_answer_to_what_has_changed_changes_nothing(
    firm: FlaskClient, manager: FlaskClient
) -> None:
    send(firm, "/interests", outcome="o1")
    one = only(manager.get("/interests").text)
    path = f"/interests/{one['id']}/accept"
    send(manager, path, version=one["version"])
    data = {"csrf_token": token_in(manager.get("/interests")), "version": one["version"]}
    answer = manager.post(path, data=data, headers=HTMX)
    assert answer.status_code == 409


def test_ones_own_is_taken_back_without_scripts_too(firm: FlaskClient) -> None:
    send(firm, "/interests", outcome="o1")
    page = firm.get("/interests")
    path, version = re.search(  # type: ignore[misc]
        r'action="(/interests/X-[^"]+/withdraw)".*?name="version" value="(\d+)"', page.text, re.S
    ).groups()
    answer = firm.post(path, data={"csrf_token": token_in(page), "version": version})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/interests")
    assert "withdrawn" in firm.get("/interests").text


def test_an_admin_has_it_looked_at_once_more(
    app: Flask, firm: FlaskClient, person: Callable[..., str]
) -> None:
    send(firm, "/interests", outcome="o1")
    chief = signed_in(app.test_client(), person("chief", Role.ADMIN, node="n1"))
    page = chief.get("/interests").text
    path, version = re.search(  # type: ignore[misc]
        r'action="(/interests/X-[^"]+/route)".*?name="version" value="(\d+)"', page, re.S
    ).groups()
    [why] = re.findall(r'hx-get="(/interests/why\?of=X-[^"]+)"', page)
    told = chief.get(why, headers=HTMX).text
    assert "有账户的经理人中没有合适的" in told
    assert 'href="/people/new?manager=m1"' in told
    assert firm.get(why, headers=HTMX).status_code == 403
    assert chief.get(why).location.startswith("/interests?")
    person("qin", Role.MANAGER, node="n1", manager="m1")
    told = chief.get(why, headers=HTMX).text
    assert "现在有人可以接：请点“再找一位经理人”。" in told
    assert "再找一位经理人</button>" in page
    assert "没有合适的" not in told
    assert "manager=m1" not in told
    assert "待答复" in send(chief, path, version=version)


def test_a_holder_has_no_such_page(stranger: FlaskClient, person: Callable[..., str]) -> None:
    client = signed_in(stranger, person("zhou", Role.HOLDER, node="n1"))
    assert client.get("/interests").status_code == 404
    assert 'href="/interests"' not in client.get("/find").text


def test_who_took_it_up_learns_who_asked_and_the_firm_is_led_to_its_need(
    app: Flask, person: Callable[..., str], manager: FlaskClient
) -> None:
    more = {"name": "Lin", "email": "lin@example.org", "language": Language.EN}
    firm = signed_in(app.test_client(), person("lin2", Role.ENTERPRISE, node="n1", **more))
    send(firm, "/interests", outcome="o1", text="How thick?\nWe coat guideways.")
    assert "mailto:" not in manager.get("/interests").text
    one = only(manager.get("/interests").text)
    taken = send(manager, f"/interests/{one['id']}/accept", version=one["version"])
    assert 'href="mailto:lin@example.org"' in taken
    assert "ask them to name theirs here" in taken
    assert "Write a new need" not in taken
    own = firm.get("/interests").text
    assert "mailto:" not in own
    form = firm.get(f"/new/need?interest={one['id']}").text
    assert f'href="/new/need?interest={one["id"]}"' in own
    assert re.search(r'id="title"[^>]*value="How thick\?"', form)
    assert "How thick?\nWe coat guideways.</textarea>" in form
    assert "Take this need" not in own
    entered = {"csrf_token": token_in(firm.get("/new/need")), "title": "Guideways"}
    entered["key"] = re.search(r'name="key" value="([^"]+)"', form)[1]  # type: ignore[index]
    saved = firm.post("/new/need", data={**entered, "visibility": "brokers"}).location
    need = saved.removesuffix("#saved").rpartition("/")[2]
    [version] = re.findall(
        r'/need".*?name="version" value="(\d+)"', firm.get("/interests").text, re.S
    )
    told = send(firm, f"/interests/{one['id']}/need", need=need, version=version)
    assert "waiting for an answer" in told
    again = manager.get("/interests").text
    assert "Guideways" in again
    answered = send(manager, f"/interests/{one['id']}/accept", version=only(again)["version"])
    assert "Open the follow-up" in answered
    stranger = signed_in(app.test_client(), person("other", Role.ENTERPRISE, node="n1"))
    assert stranger.get(f"/new/need?interest={one['id']}").status_code == 404


def test_a_need_that_the_manager_cant_see_leads_to_its_form(
    app: Flask, person: Callable[..., str]
) -> None:
    firm = signed_in(
        app.test_client(), person("lin", Role.ENTERPRISE, node="n2", language=Language.EN)
    )
    west = signed_in(app.test_client(), person("qin", Role.MANAGER, node="n3", manager="m1"))
    send(firm, "/interests", outcome="o1", text="How thick?")
    one = only(west.get("/interests").text)
    send(west, f"/interests/{one['id']}/accept", version=one["version"])
    before = firm.get("/interests").text
    seen = re.search(r"seen=(\w+)", before)[1]  # type: ignore[index]
    form = firm.get("/new/need").text
    key = re.search(r'name="key" value="([^"]+)"', form)[1]  # type: ignore[index]
    entered = {"csrf_token": token_in(firm.get("/new/need")), "title": "Guideways", "key": key}
    saved = firm.post("/new/need", data={**entered, "visibility": "brokers"}).location
    need = saved.removesuffix("#saved").rpartition("/")[2]
    now = firm.get(f"/interests/now?seen={seen}", headers=HTMX)
    assert f'<option value="{need}">' in now.text, "What another tab wrote can be chosen."
    version = re.findall(r'/need".*?name="version" value="(\d+)"', now.text, re.S)[0]
    path = f"/interests/{one['id']}/need"
    data = {"csrf_token": token_in(firm.get("/interests")), "need": need, "version": version}
    for headers in (HTMX, {}):
        answer = firm.post(path, data=data, headers=headers)
        assert answer.status_code == 403
        assert "The manager can’t see this need." in answer.text
        assert f'href="/edit/need/{need}"' in answer.text
        assert ("<html" in answer.text) is not bool(headers)
    others = firm.post(path, data={**data, "need": "w1"}, headers=HTMX)
    assert others.status_code == 403
    assert "can’t see this need" not in others.text
    edited = firm.get(f"/edit/need/{need}")
    [kept] = re.findall(r'name="version" value="(\d+)"', edited.text)
    wider = {"csrf_token": token_in(edited), "title": "Guideways", "version": kept}
    firm.post(f"/edit/need/{need}", data={**wider, "visibility": "public"})
    assert "waiting for an answer" in send(firm, path, need=need, version=version)
