"""Docking plans without a browser: drafted by a job, edited by version, confirmed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from python_calamine import load_workbook
from werkzeug.test import TestResponse

from matcher.actions.followup_reading import list_followups
from matcher.actions.job_work import due, run_job
from matcher.actions.plan_reading import get_plan, list_plans
from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Role
from matcher.domain.plan import Plan
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from matcher.store import plans
from tests.web.pages.test_imports import HTMX
from tests.web.people import csrf_of, signed_in
from tests.web.routes.test_plans import PLAN


@pytest.fixture
def admin(
    stranger: FlaskClient, person: Callable[..., str], standard_settings: Settings
) -> FlaskClient:
    with open_platform(standard_settings) as platform, platform.database.writing() as session:
        plans.add(session, PLAN)
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


def send(client: FlaskClient, path: str, **form: str) -> TestResponse:
    data = {"csrf_token": csrf_of(client), "key": "k" * 20, **form}
    return client.post(path, data=data)


def the_plan(settings: Settings, id: str = "P1") -> Plan:
    with open_platform(settings) as platform:
        return get_plan(platform, SYSTEM, id).plan


def test_a_plan_is_drafted_once_by_a_job_whose_page_leads_to_it(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    wanted = {"least": "1", "most": "3", "outcomes": "2", "fairness": "best", "weak": "yes"}
    asked = send(admin, "/plans", **wanted)
    assert send(admin, "/plans", **wanted).headers["Location"] == "/plans"
    where = asked.headers["Location"]
    assert "Drafting a docking plan" in admin.get(where).text
    assert f'hx-get="{where}"' in admin.get(where, headers=HTMX).text
    with open_platform(standard_settings) as platform:
        for id_ in due(platform):
            run_job(platform, id_, "tests")
        made = [plan for plan, _ in list_plans(platform, SYSTEM) if plan.id != "P1"]
    [plan] = made
    assert (str(plan.quota), plan.fairness) == ("1:3", 0.0)
    assert admin.get(where).headers["Location"] == f"/plans/{plan.id}"
    assert admin.get(where, headers=HTMX).headers["HX-Redirect"] == f"/plans/{plan.id}"


def test_what_cant_be_read_is_told_beside_its_field_and_stays(admin: FlaskClient) -> None:
    answer = send(admin, "/plans", least="4", most="2", fairness="most")
    assert answer.status_code == 422
    assert 'value="4" aria-describedby="least-example" aria-invalid="true"' in answer.text
    assert 'value="most" checked' in answer.text
    assert send(admin, "/plans", most="many").status_code == 422


def test_a_plan_is_confirmed_after_it_said_how_many_follow_ups_come_of_it(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    ask = admin.get("/plans/P1/confirm", headers=HTMX).text
    assert "2 follow-ups are made" in ask
    assert send(admin, "/plans/P1/confirm", version="7").status_code == 409
    assert send(admin, "/plans/P1/confirm", version="1").status_code == 303
    text = admin.get("/plans/P1?done=confirmed").text
    assert "2 follow-ups were made" in text
    assert 'href="/pipeline/' in text
    with open_platform(standard_settings) as platform:
        assert len(list_followups(platform, SYSTEM)) == 2
    assert "This plan is confirmed" in admin.get("/plans/P1/discard").text


def test_what_cant_be_any_more_is_told_before_and_after(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform, platform.database.writing() as session:
        twin = replace(PLAN, id="P2", lines=PLAN.lines[:1])
        plans.add(session, twin)
    send(admin, "/plans/P2/confirm", version="1")
    ask = admin.get("/plans/P1/confirm").text
    assert "1 follow-up is made" in ask
    assert "the pair is pursued, or was dealt with" in ask
    done = send(admin, "/plans/P1/confirm", version="1")
    assert done.status_code == 200
    assert "the pair is pursued, or was dealt with" in done.text


def test_a_draft_is_put_aside_and_comes_as_a_sheet(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    sheet = load_workbook(BytesIO(admin.get("/plans/P1/plan.xlsx").data)).get_sheet_by_index(0)
    assert len(sheet.to_python()) == 4
    assert send(admin, "/plans/P1/discard", version="1").status_code == 303
    assert the_plan(standard_settings).state.value == "discarded"


def test_to_others_there_is_none(
    admin: FlaskClient, app: object, person: Callable[..., str]
) -> None:
    client = signed_in(app.test_client(), person("west", Role.ADMIN, node="n3"))  # type: ignore[attr-defined]
    assert "P1" not in client.get("/plans").text
    for path in ("/plans/P1", "/plans/P1/confirm", "/plans/P1/why", "/plans/P1/plan.xlsx"):
        assert client.get(path).status_code == 404
    assert send(client, "/plans/P1/pairs", do="remove").status_code == 404
