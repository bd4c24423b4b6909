"""Saved searches without a browser: kept from Find, opened with what is new, one's own alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Role
from matcher.errors import NoModel
from matcher.settings import Settings
from matcher.store import saved_searches
from tests.platforms import outcome
from tests.web.pages.test_find import fill, titles, words
from tests.web.people import csrf_of, signed_in

SCRIPT = {"HX-Request": "true"}
LISTED = "/find/searches"
BATTERY = {"q": "lithium battery recycling"}
Send = Callable[..., TestResponse]


@pytest.fixture
def client(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    return signed_in(stranger, person("lin", Role.MANAGER, node="n1", language=Language.EN))


@pytest.fixture
def send(client: FlaskClient) -> Send:
    """Send a form."""

    def sent(path: str, script: bool = False, **fields: str) -> TestResponse:
        data = {**fields, "csrf_token": csrf_of(client)}
        return client.post(path, data=data, headers=SCRIPT if script else {})

    return sent


def one_more(settings: Settings) -> None:
    found = "Recovers lithium and cobalt from battery cells."
    fill(settings, outcome("o8", "Lithium battery recycling line", found))


def id_in(html: str) -> str:
    found = re.search(r'id="search-(S-\w+)"', html)
    assert found is not None, html
    return found[1]


def test_what_is_new_is_counted_and_marked_once(
    client: FlaskClient, send: Send, standard_settings: Settings
) -> None:
    page = client.get("/find?q=lithium battery recycling&trl_min=").text
    assert 'name="name" class="form-control" value="lithium battery recycling"' in page
    assert 'hx-get="/find/searches" hx-trigger="load"' in page
    kept = send(LISTED, **BATTERY, name="Cells")
    assert kept.status_code == 303
    assert "Saved: Cells" in words(client.get(kept.location).text)
    one_more(standard_settings)
    listed = client.get(LISTED).text
    assert "Cells 1 new" in words(listed)
    opened = client.get(f"{LISTED}/{id_in(listed)}")
    assert opened.status_code == 303
    text = client.get(opened.location).text
    assert "1 new since you last looked" in words(text)
    marked = re.findall(r'<span class="new"[^>]*>new</span> <a href="(/outcomes/\w+)"', text)
    assert marked == ["/outcomes/o8"]
    assert " new" not in words(client.get(LISTED, headers=SCRIPT).text)
    assert "since you last looked" not in client.get("/find?q=lithium battery recycling").text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
)
def test_what_nobody_here_asked_for_takes_no_marks_away(
    client: FlaskClient, send: Send, standard_settings: Settings, headers: dict[str, str]
) -> None:
    send(LISTED, **BATTERY, name="Cells")
    one_more(standard_settings)
    path = f"{LISTED}/{id_in(client.get(LISTED).text)}"
    assert "new=o8" in client.get(path, headers=headers).location
    client.head(path)
    assert "Cells 1 new" in words(client.get(LISTED).text)
    assert "new=o8" in client.get(path, headers={"Sec-Fetch-Site": "same-origin"}).location
    assert "Cells 1 new" not in words(client.get(LISTED).text)


def test_one_that_cant_be_read_takes_no_other_away_and_can_be_deleted(
    client: FlaskClient, send: Send, standard_settings: Settings
) -> None:
    send(LISTED, **BATTERY, name="Cells")
    send(LISTED, q="graphene", name="Broken")
    broken = id_in(client.get(LISTED).text)
    with open_platform(standard_settings) as opened, opened.database.writing() as session:
        [found] = [one for one in saved_searches.every(session) if one.id == broken]
        saved_searches.save(session, replace(found, filters={"colour": "red"}))
    one_more(standard_settings)
    listed = client.get(LISTED).text
    assert "Cells 1 new" in words(listed)
    assert "Broken its restrictions can’t be read any more" in words(listed)
    assert f'href="{LISTED}/{broken}"' not in listed
    assert "Broken" in words(client.get(LISTED, headers=SCRIPT).text)
    assert send(f"{LISTED}/{broken}/forget").status_code == 303
    assert "Broken" not in client.get(LISTED).text


def test_without_a_model_they_stay_listed(
    client: FlaskClient, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> tuple[str, ...]:
        raise NoModel("There is no model.", hint="Train one.")

    send(LISTED, **BATTERY, name="Cells")
    monkeypatch.setattr("matcher.actions.saved_searches.fresh_of", none)
    assert "Cells" in words(client.get(LISTED).text)


def test_a_script_saves_in_place_and_the_list_comes_later(send: Send) -> None:
    answer = send(LISTED, script=True, **BATTERY, name="")
    assert "Saved: lithium battery recycling" in words(answer.text)
    assert 'id="searches" class="searches" hx-get="/find/searches"' in answer.text
    assert "hx-swap-oob" in answer.text
    assert "new" not in words(answer.text)


def test_restrictions_are_kept_and_opened_again(client: FlaskClient, send: Send) -> None:
    wanted = {"region": "330000", "mode": "license,equity", "price_max": "5", "currency": "USD"}
    send(LISTED, noun="outcome", name="Usual", **wanted)
    listed = client.get(LISTED).text
    assert "Usual Outcomes · Zhejiang" in words(listed)
    where = client.get(f"{LISTED}/{id_in(listed)}").location
    for part in ("region=330000", "mode=license,equity", "price_max=5", "currency=USD"):
        assert part in where.replace("%2C", ",")


def test_renaming_and_deleting(client: FlaskClient, send: Send) -> None:
    for name in ("Cells", "Other"):
        send(LISTED, **BATTERY, name=name)
    text = client.get(LISTED).text
    newest = f"{LISTED}/{id_in(text)}"
    assert send(f"{newest}/name", name="Cells").status_code == 422
    assert (
        "You have a search of that name" in send(f"{newest}/name", script=True, name="cells").text
    )
    assert send(f"{newest}/name", name="Kiln").location == LISTED
    changed = send(f"{newest}/name", script=True, name="Oven").text
    assert "Oven" in words(changed)
    assert "Renamed" in words(changed)
    assert send(f"{newest}/forget").location == LISTED
    assert "Oven" not in client.get(LISTED).text
    assert send(f"{newest}/forget").status_code == 404
    last = f"{LISTED}/{id_in(client.get(LISTED).text)}"
    assert "There are no saved searches" in words(send(f"{last}/forget", script=True).text)
    assert words(client.get(LISTED, headers=SCRIPT).text) == ""


def test_what_cant_be_saved_is_told_in_words(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    send(LISTED, **BATTERY, name="Cells")
    taken = send(LISTED, q="graphene", name="Cells")
    assert taken.status_code == 422
    assert "This name can’t be used" in words(taken.text)
    assert send(LISTED, q="graphene", trl_min="99").status_code == 422
    monkeypatch.setattr("matcher.actions.saved_searches.MOST", 1)
    full = send(LISTED, script=True, q="graphene")
    assert full.status_code == 409
    assert "You have saved 1 searches" in words(full.text)


def test_another_person_has_none_of_it(
    client: FlaskClient, send: Send, app: Flask, person: Callable[..., str]
) -> None:
    send(LISTED, **BATTERY, name="Cells")
    id_ = id_in(client.get(LISTED).text)
    other = signed_in(app.test_client(), person("wu", Role.ADMIN, node="n1"))
    assert "Cells" not in other.get(LISTED).text
    assert "Cells" not in other.get(f"/find?saved={id_}").text
    assert other.get(f"{LISTED}/{id_}").status_code == 404
    for act in ("name", "forget"):
        data = {"csrf_token": csrf_of(other), "name": "x"}
        assert other.post(f"{LISTED}/{id_}/{act}", data=data).status_code == 404
    assert "Cells" in client.get(LISTED).text


def test_needs_stay_listed_for_who_no_longer_looks_for_them(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    client = signed_in(stranger, person("lin", Role.ENTERPRISE, node="n1", language=Language.EN))
    data = {"csrf_token": csrf_of(client), "noun": "need", "name": "Wanted"}
    assert client.post(LISTED, data=data).status_code == 303
    text = client.get(LISTED).text
    assert "you don’t look for needs in your role" in words(text)
    assert f'href="{LISTED}/' not in text
    assert client.get(f"{LISTED}/{id_in(text)}").status_code == 404


def test_html_in_a_name_stays_text(client: FlaskClient, send: Send) -> None:
    send(LISTED, q="<b>kiln</b>", name="<script>alert(1)</script>")
    for text in (client.get(LISTED).text, client.get(f"{LISTED}", headers=SCRIPT).text):
        assert "&lt;script&gt;alert(1)" in text
        assert "<script>alert" not in text
        assert "<b>" not in text


def test_all_that_is_new_stands_on_the_first_page(
    client: FlaskClient, standard_settings: Settings
) -> None:
    fill(
        standard_settings, *(outcome(f"g{n:02}", f"Film {n}", "Graphene film.") for n in range(23))
    )
    assert len(titles(client.get("/find?q=graphene film").text)) == 10
    text = client.get("/find?q=graphene film&new=g01&new=nothing").text
    assert len(titles(text)) == 20
    assert "1 new since you last looked" in words(text)
