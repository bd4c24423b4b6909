"""One follow-up without a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.actions.decisions import Decision, decide
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun, Role
from matcher.domain.followup import FollowUp
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from matcher.store import accounts, followups
from tests.platforms import need, put
from tests.web.pages.test_pipeline import deals, m1
from tests.web.people import token_in

__all__ = ["deals", "m1"]

SAVED = re.compile(r'class="kept" role="status"')


def send(client: FlaskClient, path: str, version: int, **form: str) -> TestResponse:
    token = token_in(client.get("/pipeline?view=table"))
    return client.post(path, data={"csrf_token": token, "version": str(version), **form})


def test_it_tells_who_with_whom_what_next_and_what_was(
    m1: FlaskClient, deals: tuple[str, str]
) -> None:
    text = m1.get(f"/pipeline/{deals[0]}").text
    for told in ("Some Works", 'href="/needs/w1"', 'href="/outcomes/o1"', 'value="Call"'):
        assert told in text
    assert "<strong>accepted</strong>" in text
    assert m1.get("/pipeline/F-nothing").status_code == 404


def test_the_next_step_and_a_note_are_saved(m1: FlaskClient, deals: tuple[str, str]) -> None:
    path = f"/pipeline/{deals[0]}"
    planned = send(m1, f"{path}/next", 2, next_action="Write", due_on="2090-01-01")
    assert (planned.status_code, planned.location) == (303, f"{path}?saved=next#next")
    assert SAVED.search(m1.get(planned.location).text)
    assert not SAVED.search(m1.get(path).text)
    noted = send(m1, f"{path}/note", 3, text="<i>Rang</i>")
    assert noted.status_code == 303
    text = m1.get(path).text
    assert 'value="Write"' in text
    assert "&lt;i&gt;Rang&lt;/i&gt;" in text
    assert send(m1, f"{path}/note", 4, text=" ").status_code == 422


@pytest.mark.parametrize(
    ("form", "typed", "now"),
    [
        ("next", {"next_action": "Mine", "due_on": "2090-02-02"}, "Theirs"),
        ("note", {"text": "Mine"}, ""),
        ("contract", {"value": "Mine 5", "contract_reg_no": "Mine"}, ""),
    ],
)
def test_whoever_saves_second_sees_both_and_loses_nothing(
    m1: FlaskClient, deals: tuple[str, str], form: str, typed: dict[str, str], now: str
) -> None:
    path = f"/pipeline/{deals[0]}"
    sent = {"value": "5", **typed} if form == "contract" else typed
    sent = {**sent, "value": "5"} if form == "contract" else sent
    assert send(m1, f"{path}/next", 2, next_action="Theirs").status_code == 303
    second = send(m1, f"{path}/{form}", 2, **sent)
    assert second.status_code == 409
    text = html.unescape(second.text)
    assert "What you typed is still below" in text
    assert now in text
    for value in sent.values():
        assert value in text
    again = send(m1, f"{path}/{form}", 3, **sent)
    assert again.status_code == 303


def test_the_contract_sheet_works_out_the_commission(
    m1: FlaskClient, deals: tuple[str, str]
) -> None:
    path = f"/pipeline/{deals[1]}"
    saved = send(m1, f"{path}/contract", 2, mode="license", value="80万", commission="5%")
    assert (saved.status_code, saved.location) == (303, f"{path}?saved=contract#contract")
    text = m1.get(path).text
    assert "CNY 40k" in text
    assert "5% of the value" in text
    wrong = send(m1, f"{path}/contract", 3, value="10", technical_value="many")
    assert wrong.status_code == 422
    assert re.search(r'value="many"[^>]*aria-invalid="true"', wrong.text)
    assert not SAVED.search(wrong.text)
    above = send(m1, f"{path}/contract", 3, value="10", technical_value="11")
    assert 'id="technical_value-fault"' in above.text
    assert above.text.count("Technical value can’t be more than the value.") == 2


def test_a_step_may_be_taken_back_for_a_while(m1: FlaskClient, deals: tuple[str, str]) -> None:
    path = f"/pipeline/{deals[1]}"
    assert "Take back the last move" in m1.get(path).text
    assert send(m1, f"{path}/back", 2, next=path).location == path
    assert "taken back to “accepted”" in m1.get(path).text


def test_an_id_may_hold_what_addresses_are_made_of(
    m1: FlaskClient, standard_settings: Settings
) -> None:
    odd = FollowUp(id="east/7 ü?", need="w2", outcome="o3", manager="m1", node="n1")
    with open_platform(standard_settings) as platform, platform.database.writing() as session:
        followups.add(session, odd)
    [address] = set(re.findall(r'class="deal-link" href="([^"]+)"', m1.get("/pipeline").text))
    assert m1.get(address).status_code == 200
    assert m1.get(f"{address}/move").status_code == 200


def test_records_that_are_gone_are_told_as_gone(
    m1: FlaskClient, deals: tuple[str, str], standard_settings: Settings
) -> None:
    lost = FollowUp(id="F-lost", need="gone", outcome="gone", manager="m1", node="n1")
    with open_platform(standard_settings) as platform:
        with platform.database.writing() as session:
            followups.add(session, lost)
        decide(platform, SYSTEM, "m1", "w2", "o3", Decision.ACCEPT)
    assert "It is gone" in m1.get("/pipeline/F-lost").text
    assert "(a need that is gone)" in m1.get("/pipeline").text


def test_it_tells_whom_to_ring_or_that_nobody_is_known(
    m1: FlaskClient,
    deals: tuple[str, str],
    standard_settings: Settings,
    person: Callable[..., str],
) -> None:
    person("lin", Role.ENTERPRISE, node="n1", name="<Lin>", email="lin+x@example.org")
    with open_platform(standard_settings) as platform:
        with platform.database.reading() as session:
            lin = accounts.by_login(session, "lin")
        assert lin is not None
        put(platform, Noun.NEED, need("w1", "Coating wanted", owner=lin.id))
    text = m1.get(f"/pipeline/{deals[0]}").text
    assert "&lt;Lin&gt;" in text
    assert 'href="mailto:lin%2Bx@example.org"' in text
    assert text.count("No contact is known; ask an admin (core).") == 1
