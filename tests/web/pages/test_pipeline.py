"""The board and the table without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from openpyxl import load_workbook

from matcher.actions.decisions import Decision, decide
from matcher.actions.followups import move, note
from matcher.bootstrap import open_platform
from matcher.domain.enums import FollowUpState as S
from matcher.domain.enums import Language, Noun, Role
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from matcher.store import events
from tests.platforms import need, put
from tests.web.people import signed_in, token_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def deals(standard_settings: Settings) -> tuple[str, str]:
    """One that is overdue, and one that waits for its registration; both of m1."""
    with open_platform(standard_settings) as platform:
        put(platform, Noun.NEED, need("w1", "<b>Coating</b> wanted", organisation="Some Works"))
        late = decide(platform, SYSTEM, "m1", "w1", "o1", Decision.ACCEPT).followup.id
        signed = decide(platform, SYSTEM, "m1", "w1", "o2", Decision.ACCEPT).followup.id
        note(platform, SYSTEM, late, next_action="Call", due_on=date(2020, 1, 1))
        move(platform, SYSTEM, signed, S.CONTRACT_SIGNED)
    return late, signed


@pytest.fixture
def m1(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    """The browser of the manager m1."""
    login = person("qin", Role.MANAGER, node="n1", manager="m1", language=Language.EN)
    return signed_in(stranger, login)


def test_a_card_tells_both_parties_and_what_is_overdue(
    m1: FlaskClient, deals: tuple[str, str]
) -> None:
    text = m1.get("/pipeline").text
    assert "&lt;b&gt;Coating&lt;/b&gt;" in text
    assert "<b>Coating" not in text
    assert "Some Works" in text
    assert "d overdue" in text
    assert text.index(f'data-id="{deals[0]}"') < text.index(f'data-id="{deals[1]}"')
    part = m1.get("/pipeline", headers=HTMX).text
    assert part.startswith('<div id="board"')


def test_without_follow_ups_it_says_how_to_get_some(m1: FlaskClient) -> None:
    for address in ("/pipeline", "/pipeline?view=table"):
        assert "Accept a suggestion on Today" in m1.get(address).text


def test_the_table_is_narrowed_by_its_address(m1: FlaskClient, deals: tuple[str, str]) -> None:
    late, signed = deals
    for query, there in {
        "": {late, signed},
        "&q=coating+call": {late},
        "&due=late": {late},
        "&state=contract_signed&state=paid": {signed},
        "&q=nothing": set(),
        "&sort=state&desc=1&page=7": {late, signed},
    }.items():
        text = m1.get(f"/pipeline?view=table{query}").text
        assert set(re.findall(r'name="pick" value="\d+ ([^"]+)"', text)) == there, query
    assert m1.get("/pipeline?view=table&sort=nonsense").status_code == 422


def test_what_was_declined_is_one_click_away(
    m1: FlaskClient, deals: tuple[str, str], standard_settings: Settings
) -> None:
    with open_platform(standard_settings) as platform:
        put_off = decide(
            platform, SYSTEM, "m1", "w3", "o5", Decision.SNOOZE, until=date(2090, 1, 1)
        ).followup.id
    table = m1.get("/pipeline?view=table&sort=state").text
    assert f"/pipeline/{put_off}" not in table
    [more] = re.findall(r'href="([^"]+)">1 more declined or put off', table)
    whole = m1.get(more.replace("&amp;", "&")).text
    assert f"/pipeline/{put_off}" in whole
    assert 'name="all" value="1"' in whole
    assert "only those taken up" in whole


def test_many_get_another_day_and_what_cannot_says_why(
    m1: FlaskClient, deals: tuple[str, str]
) -> None:
    late, signed = deals
    page = m1.get("/pipeline?view=table")
    data = {"csrf_token": token_in(page), "day": "2030-01-01", "next": "/pipeline?view=table"}
    picks = re.findall(r'name="pick" value="([^"]+)"', page.text)
    answer = m1.post("/pipeline", data={**data, "do": "postpone", "pick": picks})
    assert (answer.status_code, answer.location) == (303, "/pipeline?view=table&done=2")
    assert "2 were changed" in m1.get(answer.location).text
    again = m1.post("/pipeline", data={**data, "do": "hold", "pick": picks})
    assert "somebody has changed it" in again.text
    assert f"/pipeline/{late}" in again.text
    nothing = m1.post("/pipeline", data={**data, "do": "hold"})
    assert nothing.status_code == 400
    odd = m1.post("/pipeline", data={**data, "do": "hold", "pick": signed})
    assert odd.status_code == 422


def test_what_was_ticked_and_chosen_stays_where_nothing_was_changed(
    m1: FlaskClient, deals: tuple[str, str]
) -> None:
    page = m1.get("/pipeline?view=table")
    data = {"csrf_token": token_in(page), "next": "/pipeline?view=table&due=late", "do": "hold"}
    picks = re.findall(r'name="pick" value="([^"]+)"', page.text)
    for day, told in {"": "No day", "soon": "is no day", "2020-01-31": "is past"}.items():
        again = m1.post("/pipeline", data={**data, "day": day, "pick": picks})
        assert (again.status_code, again.text.count(" checked")) == (422, 1)
        assert told in again.text
        assert deals[1] not in again.text
    nothing = m1.post("/pipeline", data={**data, "day": "2030-01-31"})
    assert (nothing.status_code, 'value="2030-01-31"' in nothing.text) == (400, True)
    assert "Nothing is ticked" in nothing.text


def test_what_is_filtered_comes_as_an_excel_sheet(m1: FlaskClient, deals: tuple[str, str]) -> None:
    answer = m1.get("/pipeline.xlsx?due=late")
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert deals[0] in rows[1]


def test_days_come_as_a_calendar_for_who_is_signed_in(
    m1: FlaskClient, deals: tuple[str, str], app: object, standard_settings: Settings
) -> None:
    answer = m1.get("/pipeline.ics")
    assert answer.mimetype == "text/calendar"
    [event] = Calendar.from_ical(answer.data).events
    assert event["url"] == f"http://localhost/pipeline/{deals[0]}"
    with open_platform(standard_settings) as platform, platform.database.reading() as session:
        assert events.latest(session, ["read_export_followup"])
    stranger = app.test_client()  # type: ignore[attr-defined]
    assert stranger.get("/pipeline.ics").location.startswith("/sign-in")


def test_to_an_enterprise_it_is_not_there(
    stranger: FlaskClient, person: Callable[..., str], deals: tuple[str, str]
) -> None:
    firm = signed_in(stranger, person("lin", Role.ENTERPRISE, node="n1"))
    for address in ("/pipeline", "/pipeline.xlsx", "/pipeline.ics", f"/pipeline/{deals[0]}"):
        assert firm.get(address).status_code == 404


def test_an_admin_sees_their_nodes_with_the_managers(
    stranger: FlaskClient, person: Callable[..., str], deals: tuple[str, str]
) -> None:
    chief = signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))
    assert f'data-id="{deals[0]}"' in chief.get("/pipeline").text
    assert "sort=manager" in chief.get("/pipeline?view=table").text
