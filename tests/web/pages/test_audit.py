"""What was done, on a page: in sentences, by filters, without what isn't for the reader."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

import matcher.web.pages.audit as module
from matcher.actions.editing import change, create
from matcher.actions.platform import Platform
from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from tests.web.pages.test_imports import HTMX
from tests.web.people import signed_in


@pytest.fixture
def admin(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    login = person("chief", Role.ADMIN, node="n1", language=Language.EN, name="Wu <b>")
    return signed_in(stranger, login)


def entered(platform: Platform, title: str, node: str = "n1") -> str:
    fields = {"title": title, "problem": "Leaks.", "node": node}
    return create(platform, SYSTEM, Noun.NEED, fields).record.id


@pytest.fixture
def done(standard_settings: Settings) -> str:
    """A need that was entered and changed; its id."""
    with open_platform(standard_settings) as platform:
        id_ = entered(platform, "Pump that leaks")
        change(platform, SYSTEM, Noun.NEED, id_, {"problem": "Leaks much."}, 1)
    return id_


def deeds(text: str) -> list[str]:
    """The sentences of a page."""
    lines = text.partition('<ol class="deeds">')[2].partition('id="seals-title"')[0].split("<li")
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", f"<li{one}")).strip() for one in lines[1:]]


def test_what_was_done_is_told_in_sentences_with_links(admin: FlaskClient, done: str) -> None:
    page = admin.get("/audit").text
    told = deeds(page)
    assert any("The operator changed: need Pump that leaks" in one for one in told)
    assert any("Wu &lt;b&gt; signed in" in one for one in told)
    assert f'href="/needs/{done}"' in page
    assert "record_changed" not in page
    assert any("looked at what was done" in one for one in deeds(admin.get("/audit").text))


def test_pages_of_records_lead_to_their_history(admin: FlaskClient, done: str) -> None:
    assert f'href="/audit?about=need:{done}"' in admin.get(f"/needs/{done}").text


def test_filters_narrow_it_down(admin: FlaskClient, done: str) -> None:
    about = deeds(admin.get(f"/audit?about=http://here/needs/{done}").text)
    assert [("changed" in one, "entered" in one) for one in about] == [(True, False), (False, True)]
    assert deeds(admin.get("/audit?kind=plans").text) == []
    assert all("Wu" in one for one in deeds(admin.get("/audit?who=chief").text))
    assert "Nothing like that was done" in admin.get("/audit?until=2020-01-01").text
    wrong = admin.get("/audit?about=pump&who=chief")
    assert wrong.status_code == 422
    assert "About: It isn’t clear" in wrong.text.replace("isn&#39;t", "isn’t")
    assert 'value="chief"' in wrong.text


def test_it_comes_by_pages(admin: FlaskClient, done: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SIZE", 1)
    first = admin.get(f"/audit?about=need:{done}").text
    following = re.search(r'href="(/audit\?before=[^"]+)"', first)
    assert following is not None
    second = admin.get(following[1].replace("&amp;", "&")).text
    assert ("changed" in deeds(first)[0], "entered" in deeds(second)[0]) == (True, True)
    assert "Back to the newest" in second
    assert "before=" not in second.replace(following[1], "")
    assert admin.get("/audit?before=" + "9" * 30).status_code == 200


def test_an_admin_below_reads_nothing_of_other_nodes(
    admin: FlaskClient, app: Flask, person: Callable[..., str], done: str
) -> None:
    client = signed_in(app.test_client(), person("west", Role.ADMIN, node="n3"))
    assert done not in client.get("/audit").text
    assert deeds(client.get(f"/audit?about=need:{done}").text) == []
    assert "核心节点的管理员" in client.get("/audit/seals").text
    manager = signed_in(app.test_client(), person("qin", Role.MANAGER, node="n1"))
    assert manager.get("/audit").status_code == 404


def test_the_seals_are_checked_on_demand(admin: FlaskClient, done: str) -> None:
    assert "entries are as they were written" in admin.get("/audit/seals").text
    assert admin.get("/audit/seals", headers=HTMX).text.startswith('<p class="notice good">')
