"""The forms of needs and outcomes, and the lists of one's own."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.actions.platform import Platform
from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Noun, Role, TransferMode
from matcher.domain.organisation import Organisation
from matcher.settings import Settings
from matcher.store import records
from tests.platforms import need, put
from tests.web.people import signed_in, token_in

Reader = Callable[..., FlaskClient]
WHOLE = {
    "title": "导轨耐磨涂层",
    "problem": "铸铁导轨磨损。",
    "keywords": "涂层、导轨",
    "budget": "50-80万",
    "coop_modes": ["development", "license"],
    "min_trl": "6",
    "valid_until": "2090-01-31",
    "region": "浙江",
    "visibility": "members",
}


@pytest.fixture
def reader(
    stranger: FlaskClient, person: Callable[..., str], standard_settings: Settings
) -> Reader:
    """The browser of somebody in a role."""
    with open_platform(standard_settings) as platform:
        put(platform, Noun.ORGANISATION, Organisation(id="U7", name="东方机床"))

    def entered(role: Role = Role.ENTERPRISE, **more: str) -> FlaskClient:
        return signed_in(stranger, person("lin", role, node="n1", language=Language.EN, **more))

    return entered


def begun(client: FlaskClient, path: str = "/new/need") -> dict[str, str]:
    """What a form holds that nobody types."""
    page = client.get(path)
    key = re.search(r'name="(key|version)" value="([^"]+)"', page.text)
    assert key is not None, page.text
    return {"csrf_token": token_in(page), key[1]: key[2]}


def entered(client: FlaskClient, **more: object) -> TestResponse:
    return client.post("/new/need", data={**begun(client), **WHOLE, **more})


def test_a_need_is_entered_as_it_was_typed_and_its_page_leads_back(reader: Reader) -> None:
    client = reader(organisation="U7")
    saved = entered(client)
    assert (saved.status_code, saved.location[-6:]) == (303, "#saved")
    shown = html.unescape(client.get(saved.location).text)
    for told in ("导轨耐磨涂层", "CNY 500k–800k", "TRL ≥ 6", "Zhejiang", "technology development"):
        assert told in shown
    [edit] = set(re.findall(r'href="(/edit/need/[^"]+)"', shown))
    form = html.unescape(client.get(edit).text)
    assert 'value="CNY 500k–800k"' in form
    assert 'name="organisation"' not in form
    mine = client.get("/needs").text
    assert "导轨耐磨涂层" in mine
    assert "% complete" in mine
    stored = client.get("/api/v1/needs/" + edit.split("/")[3]).json
    assert stored is not None
    assert (stored["organisation"], stored["budget_max"]) == ("U7", 800_000)
    assert stored["coop_modes"] == [TransferMode.DEVELOPMENT, TransferMode.LICENSE]


def test_a_form_that_is_sent_twice_enters_one_need(reader: Reader) -> None:
    client = reader()
    form = {**begun(client), **WHOLE}
    first, second = (client.post("/new/need", data=form) for _ in range(2))
    assert second.location == "/needs#saved"
    assert first.location != second.location
    assert client.get("/needs").text.count('class="result own"') == 1


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(reader: Reader) -> None:
    client = reader()
    wrong = entered(client, budget="plenty <b>")
    assert wrong.status_code == 422
    assert re.search(
        r'id="budget"[^>]*value="plenty &lt;b&gt;"[^>]*aria-invalid="true"', wrong.text
    )
    assert 'id="budget-fault"' in wrong.text
    assert "铸铁导轨磨损。" in wrong.text
    assert re.search(r'value="license" checked', wrong.text)
    assert entered(client, title=" ").status_code == 422
    assert "There are no needs yet" in client.get("/needs").text


def test_who_saves_second_sees_both_and_loses_nothing(reader: Reader) -> None:
    client = reader()
    path = "/edit/need/" + entered(client).location.removesuffix("#saved").split("/")[2]
    first, second = begun(client, path), begun(client, path)
    assert client.post(path, data={**first, **WHOLE, "title": "Theirs"}).status_code == 303
    refused = client.post(path, data={**second, **WHOLE, "title": "Mine", "min_trl": "7"})
    assert refused.status_code == 409
    text = html.unescape(refused.text)
    for told in ("Theirs", 'value="Mine"', "What you typed is still below"):
        assert told in text
    again = client.post(path, data={**second, **WHOLE, "title": "Mine", "version": "2"})
    assert again.status_code == 303
    assert "Mine" in client.get(again.location).text


def test_what_the_form_has_no_room_for_stays(reader: Reader, standard_settings: Settings) -> None:
    with open_platform(standard_settings) as platform:
        put(platform, Noun.NEED, need("old", "涂层", title_en="Coating", node="n1", reg_no="R-1"))
    client = reader(Role.ADMIN)
    form = begun(client, "/edit/need/old")
    saved = client.post("/edit/need/old", data={**form, "title": "新涂层", "problem": ""})
    assert saved.location == "/needs/old#saved"
    stored = client.get("/api/v1/needs/old").json
    assert stored is not None
    assert (stored["title"], stored["title_en"], stored["reg_no"]) == ("新涂层", "Coating", "R-1")


def test_the_coach_and_the_matches_follow_what_is_typed_and_keep_nothing(reader: Reader) -> None:
    client = reader()
    token = begun(client)["csrf_token"]
    empty = client.post("/needs/coach", data={"csrf_token": token})
    assert "Write a few words" in empty.text
    typed = {"csrf_token": token, "problem": "石墨烯 耐磨涂层", "budget": "half a wor"}
    part = client.post("/needs/coach", data=typed, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert 'href="/outcomes/o1"' in part.text
    assert part.text.count("<li>") == 3
    assert "<html" not in part.text
    assert "There are no needs yet" in client.get("/needs").text


@pytest.mark.parametrize(
    ("role", "needs", "outcomes"),
    [
        (Role.ENTERPRISE, 200, 404),
        (Role.HOLDER, 404, 200),
        (Role.MANAGER, 200, 200),
        (Role.ADMIN, 200, 200),
    ],
)
def test_each_role_finds_the_forms_that_are_for_it(
    reader: Reader, role: Role, needs: int, outcomes: int
) -> None:
    client = reader(role)
    for one, other in (("/needs", "/outcomes"), ("/new/need", "/new/outcome")):
        assert client.get(one).status_code == needs
        assert client.get(other).status_code == outcomes


def test_somebody_elses_need_isnt_changed(reader: Reader) -> None:
    client = reader()
    assert client.get("/edit/need/w1").status_code == 403
    assert "/edit/need/w1" not in client.get("/needs/w1").text
    form = {**begun(client), "version": "1", "title": "Mine"}
    assert client.post("/edit/need/w1", data=form).status_code == 403


def test_what_wasnt_found_is_written_as_a_need(reader: Reader) -> None:
    client = reader()
    found = html.unescape(client.get("/find?q=zyxwv").text)
    [address] = re.findall(r'href="(/new/need\?problem=[^"]+)"', found)
    assert "zyxwv</textarea>" in client.get(address).text


def test_an_outcome_is_entered_by_its_holder(reader: Reader) -> None:
    client = reader(Role.HOLDER, organisation="U7")
    data = {"title": "<i>涂层</i>", "price": "面议", "pay_after_use": "1", "trl": "7"}
    saved = client.post("/new/outcome", data={**begun(client, "/new/outcome"), **data})
    assert saved.status_code == 303
    text = client.get(saved.location).text
    assert "&lt;i&gt;涂层&lt;/i&gt;" in text
    assert "TRL 7" in text
    assert "涂层" in client.get("/outcomes").text


def test_a_record_of_any_id_has_a_page_beside_the_forms(reader: Reader, platform: Platform) -> None:
    found = {id_: need(id_, f"Need called {id_}") for id_ in ("new", "w9/edit", "coach")}
    put(platform, Noun.NEED, *found.values())
    client = reader(Role.ADMIN)
    for id_, one in found.items():
        assert one.title in client.get(f"/needs/{id_}").text
        form = client.get(f"/edit/need/{id_}")
        assert f'value="{one.title}"' in form.text
    data = {**begun(client, "/edit/need/w9/edit"), "title": "Another"}
    assert client.post("/edit/need/w9/edit", data=data).location == "/needs/w9/edit#saved"


def test_what_is_ones_own_and_long_untouched_is_said_to_be_valid_still(
    reader: Reader, platform: Platform
) -> None:
    client = reader(organisation="U7")
    for number in "12":
        assert entered(client, title=f"T{number}").status_code == 303
    mine = re.findall(r'href="/edit/need/([^"]+)"', client.get("/needs").text)
    with platform.database.reading() as session:
        first, second = (records.get(session, Noun.NEED, id_) for id_ in mine)
    put(
        platform,
        Noun.NEED,
        replace(first.record, updated_at=date(2020, 1, 1)),
        replace(second.record, valid_until=date(2020, 1, 1)),
        need("imported", "Imported", organisation="U7", updated_at=date(2020, 1, 1)),
    )
    text = client.get("/needs").text
    assert (text.count("Still valid"), text.count("Change until when")) == (1, 1)
    assert text.count("an admin can change it") == 1
    assert "Still valid" in client.get(f"/needs/{mine[0]}").text
    assert "Still valid" not in client.get("/needs/imported").text
    data = {"csrf_token": token_in(client.get("/needs")), "version": "2", "next": "/needs"}
    told = client.post(f"/confirm/need/{mine[0]}", data=data)
    assert (told.status_code, told.location) == (303, "/needs#saved")
    assert "Still valid" not in client.get("/needs").text
    assert client.post(f"/confirm/need/{mine[0]}", data=data).status_code == 409
    assert client.post("/confirm/need/imported", data=data).status_code == 403


@pytest.mark.parametrize(
    ("role", "there"),
    [
        (Role.MANAGER, {"/new/need", "/new/outcome"}),
        (Role.ADMIN, {"/new/need", "/new/outcome"}),
        (Role.ENTERPRISE, {"/new/need"}),
        (Role.HOLDER, {"/new/outcome"}),
    ],
)
def test_find_leads_whoever_may_write_to_the_forms(
    reader: Reader, role: Role, there: set[str]
) -> None:
    client = reader(role)
    found = client.get("/find").text
    assert set(re.findall(r'href="(/new/[a-z]+)"', found)) == there
    posted = "Post this as a need" in client.get("/find?q=xylophone").text
    assert posted == ("/new/need" in there)


@pytest.mark.parametrize(
    ("role", "path", "circle"),
    [
        (Role.ENTERPRISE, "/new/need", "brokers"),
        (Role.MANAGER, "/new/need", "public"),
        (Role.HOLDER, "/new/outcome", "public"),
    ],
)
def test_a_firms_own_need_is_for_managers_unless_it_says_otherwise(
    reader: Reader, role: Role, path: str, circle: str
) -> None:
    text = reader(role).get(path).text
    assert re.findall(r'<option value="(\w+)" selected>', text) == [circle]
    assert ("not other firms" in text) == (path == "/new/need")


def test_rivals_dont_see_it_and_managers_do(
    app: Flask, reader: Reader, person: Callable[..., str]
) -> None:
    firm = reader()
    [circle] = re.findall(r'<option value="(\w+)" selected>', firm.get("/new/need").text)
    address = entered(firm, visibility=circle).location.removesuffix("#saved")
    people = {
        person("rival", Role.ENTERPRISE, node="n1"): 404,
        person("holder", Role.HOLDER, node="n1"): 404,
        person("broker", Role.MANAGER, node="n1", manager="m1"): 200,
        person("chief", Role.ADMIN, node="n1"): 200,
    }
    for login, status in people.items():
        assert signed_in(app.test_client(), login).get(address).status_code == status
    assert firm.get(address).status_code == 200
