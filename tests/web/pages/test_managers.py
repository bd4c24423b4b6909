"""Managers' records on pages: the list, the form of an admin, and one's own profile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.actions.manager_list import ManagerWish, manager_list
from matcher.actions.reading import get
from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.manager import Manager
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from matcher.store import records
from tests.platforms import NOW, manager, put
from tests.web.people import csrf_of, signed_in


@pytest.fixture
def admin(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


@pytest.fixture
def broker(app: Flask, person: Callable[..., str]) -> FlaskClient:
    login = person("qin", Role.MANAGER, node="n1", manager="m1", language=Language.EN)
    return signed_in(app.test_client(), login)


def send(client: FlaskClient, path: str, **form: str) -> TestResponse:
    return client.post(path, data={"csrf_token": csrf_of(client), "key": "k" * 20, **form})


def record(settings: Settings, id: str = "m1") -> Manager:
    with open_platform(settings) as platform:
        found: Manager = get(platform, SYSTEM, Noun.MANAGER, id).record
    return found


SHOWN = {"statement": "涂层、新材料方向,懂石墨烯。", "active": "1", "node": "n1"}
"""What the form of m1 shows."""


def test_managers_are_listed_and_found(admin: FlaskClient) -> None:
    text = admin.get("/managers").text
    assert 'href="/managers/edit/m1"' in text
    assert "0 in hand" in text
    assert 'href="/people/new?manager=m1"' in text
    assert "There is no such manager" in admin.get("/managers?q=nobody").text


def test_an_admin_changes_a_record_by_the_version_that_was_seen(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    form = {**SHOWN, "name": "覃工", "fields": "新材料", "capacity": "3"}
    assert send(admin, "/managers/edit/m1", version="1", **form).status_code == 303
    kept = record(standard_settings)
    assert (kept.name, kept.capacity, kept.active) == ("覃工", 3, True)
    assert [deal.title for deal in kept.deals] == ["graphene coating licence"]
    late = send(admin, "/managers/edit/m1", version="1", **{**form, "name": "Other"})
    assert late.status_code == 409
    assert "Somebody has changed this" in late.text
    assert 'value="Other"' in late.text
    assert record(standard_settings).name == "覃工"


def test_what_cant_be_read_is_told_beside_its_field_and_stays(admin: FlaskClient) -> None:
    form = {**SHOWN, "name": '<b onclick="x">', "fields": "Wizardry"}
    answer = send(admin, "/managers/edit/m1", version="1", **form)
    assert answer.status_code == 422
    assert 'id="fields-fault"' in answer.text
    assert 'value="Wizardry"' in answer.text
    assert "<b onclick" not in answer.text


def test_a_manager_is_entered_once(admin: FlaskClient, standard_settings: Settings) -> None:
    assert send(admin, "/managers/new", name="", statement="Pumps").status_code == 422
    for _ in range(2):
        done = send(admin, "/managers/new", name="Lin", statement="Pumps", node="n2", active="1")
        assert done.headers["Location"] == "/managers?q=Lin"
    assert admin.get("/managers?q=Lin").text.count('class="name"') == 1


def test_who_is_entered_without_a_tick_isnt_active(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    form = {"name": "Lin", "node": "n2", "conflicts": "Foo, Inc.\r\nU1", "industries": "C36"}
    assert send(admin, "/managers/new", **form).status_code == 303
    with open_platform(standard_settings) as platform:
        [line] = manager_list(platform, SYSTEM, ManagerWish(text="Lin"))
    kept = record(standard_settings, line.id)
    assert (kept.active, kept.node) == (False, "n2")
    assert (kept.conflicts, kept.industries) == (("Foo, Inc.", "U1"), ("C36",))


def test_a_name_isnt_taken_away_and_a_deal_isnt_a_day(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform:
        put(platform, Noun.MANAGER, manager("m9", "Pumps", name="Lin"))
    form = {"statement": "Pumps", "active": "1", "node": "n1", "name": ""}
    answer = send(admin, "/managers/edit/m9", version="1", **form)
    assert answer.status_code == 422
    assert 'id="name-fault"' in answer.text
    form = {**form, "name": "Lin", "deal_date_0": "2026-01-02"}
    answer = send(admin, "/managers/edit/m9", version="1", **form)
    assert answer.status_code == 422
    assert 'id="deal_title_0-fault"' in answer.text
    assert record(standard_settings, "m9").deals == ()


def test_what_was_merged_is_changed_as_what_it_became(
    admin: FlaskClient, broker: FlaskClient, standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform:
        put(platform, Noun.MANAGER, manager("m9", "Pumps", name="Lin"))
        with platform.database.writing() as session:
            records.set_merged(session, Noun.MANAGER, "m1", "m9", actor="chief", at=NOW)
    assert admin.get("/managers/edit/m1").headers["Location"] == "/managers/edit/m9"
    late = send(admin, "/managers/edit/m1", version="1", **SHOWN, name="Late")
    assert late.status_code == 409
    assert 'method="post" action="/managers/edit/m9"' in late.text
    form = {"statement": "Valves", "active": "1", "node": "n1", "name": "Lin"}
    assert send(admin, "/managers/edit/m9", version="1", **form).status_code == 303
    assert record(standard_settings, "m9").statement == "Valves"
    for answer in (broker.get("/profile"), send(broker, "/profile", version="1", statement="x")):
        assert answer.status_code == 409
        assert "was merged into another one" in answer.text


def test_managers_write_their_own_profile_and_nothing_that_others_vouch_for(
    broker: FlaskClient, standard_settings: Settings
) -> None:
    assert "My profile" in broker.get("/profile").text
    form = {"statement": "Coatings & <i>pumps</i>", "drop_0": "1", "deal_title_0": "Pump licence"}
    done = send(broker, "/profile", version="1", **form, name="Boss", active="")
    assert done.headers["Location"] == "/profile?saved=yes"
    kept = record(standard_settings)
    assert (kept.name, kept.active) == ("", True)
    assert (kept.statement, kept.deals[0].title) == ("Coatings & <i>pumps</i>", "Pump licence")
    assert "Coatings &amp; &lt;i&gt;" in broker.get("/profile?saved=yes").text
    assert broker.get("/managers/edit/m1").status_code == 404


def test_an_empty_day_leads_to_the_profile(
    app: Flask, broker: FlaskClient, person: Callable[..., str]
) -> None:
    assert 'href="/profile"' in broker.get("/today").text
    untied = signed_in(app.test_client(), person("new", Role.MANAGER, node="n1"))
    assert untied.get("/profile").status_code == 200
    assert send(untied, "/profile", version="1").status_code == 404


def test_an_admin_of_another_node_may_not_change_it(
    app: Flask, person: Callable[..., str], standard_settings: Settings
) -> None:
    client = signed_in(app.test_client(), person("west", Role.ADMIN, node="n3"))
    assert 'class="name"' not in client.get("/managers").text
    assert client.get("/managers/edit/m1").status_code == 403
    assert send(client, "/managers/edit/m1", version="1", **SHOWN).status_code == 403
