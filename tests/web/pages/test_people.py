"""People without a browser: who is listed, what a name stands for, and who sees none of it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.organisation import Organisation
from tests.platforms import manager, put
from tests.web.people import signed_in

HTMX = {"HX-Request": "true"}
EVIL = "<b>Evil</b> & Söhne"


@pytest.fixture
def chief(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    """The browser of an admin of the root."""
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


def test_people_are_listed_searched_and_filtered(
    chief: FlaskClient, platform: Platform, person: Callable[..., str]
) -> None:
    put(platform, Noun.ORGANISATION, Organisation(id="u1", name=EVIL))
    person("lin", Role.ENTERPRISE, name="林 <i>", organisation="u1")
    person("qin", Role.MANAGER)
    text = chief.get("/people").text
    for told in ("3 accounts", "林 &lt;i&gt;", "&lt;b&gt;Evil&lt;/b&gt; &amp; Söhne", "today"):
        assert told in text
    assert "1 account" in chief.get(f"/people?q={quote('evil SÖHNE')}").text
    part = chief.get("/people?role=manager&state=active", headers=HTMX).text
    assert "<html" not in part
    assert "qin" in part
    assert "lin" not in part
    assert "Nobody is like that" in chief.get("/people?state=disabled").text
    # What an address says that means nothing is let be.
    assert "3 accounts" in chief.get("/people?role=king&state=x").text


def test_a_page_holds_fifty(chief: FlaskClient, person: Callable[..., str]) -> None:
    for number in range(51):
        person(f"z{number:02}", Role.HOLDER)
    first = chief.get("/people?role=holder").text
    assert "51 accounts" in first
    assert first.count('<th scope="row">') == 50
    rest = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "role=holder" in rest
    assert "z50" in chief.get(rest).text


def test_names_are_offered_while_one_types(chief: FlaskClient, platform: Platform) -> None:
    put(platform, Noun.ORGANISATION, Organisation(id="u1", name=EVIL))
    offered = chief.get("/people/names/organisation?organisation=evil", headers=HTMX).text
    assert offered.strip() == ('<option value="&lt;b&gt;Evil&lt;/b&gt; &amp; Söhne (u1)"></option>')
    assert chief.get("/people/names/manager?manager=m1").text.count("<option") == 1
    assert chief.get("/people/names/organisation").text.strip() == ""
    assert chief.get("/people/names/secret?secret=x").status_code == 404


def test_managers_without_an_account_are_listed(
    chief: FlaskClient, platform: Platform, person: Callable[..., str]
) -> None:
    put(platform, Noun.MANAGER, manager("m7", name="王 七"))
    person("one", Role.MANAGER, manager="m1")
    text = chief.get("/people/managers").text
    assert "王 七" in text
    assert "/people/new?manager=m7" in text
    assert "/people/new?manager=m1" not in text
    assert "Nobody found" in chief.get("/people/managers?q=zzz").text


def test_an_admin_of_a_part_sees_their_part(
    stranger: FlaskClient, platform: Platform, person: Callable[..., str]
) -> None:
    put(platform, Noun.MANAGER, manager("m7", name="Wang", node="n2"))
    person("chief", Role.ADMIN, node="n1")
    person("west", Role.HOLDER, node="n3")
    east = signed_in(stranger, person("east", Role.ADMIN, node="n2", language=Language.EN))
    text = east.get("/people").text
    assert "1 account<" in text
    assert "west" not in text
    managers = east.get("/people/managers").text
    assert "Wang" in managers
    assert "manager=m1" not in managers


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ENTERPRISE, Role.HOLDER])
def test_to_others_it_is_not_there(
    stranger: FlaskClient, person: Callable[..., str], role: Role
) -> None:
    client = signed_in(stranger, person("somebody", role, node="n1"))
    for path in ("", "/new", "/managers", "/names/organisation?organisation=a", "/x"):
        assert client.get(f"/people{path}").status_code == 404
