"""One plan without a browser: who carries what, why, and changing it by version."""

from __future__ import annotations

from flask.testing import FlaskClient

from matcher.settings import Settings
from tests.web.pages.test_imports import HTMX
from tests.web.pages.test_plans import admin, send, the_plan

__all__ = ["admin"]


def test_a_plan_says_who_carries_what_and_what_found_nobody(admin: FlaskClient) -> None:
    listed = admin.get("/plans").text
    assert "2 pairs" in listed
    text = admin.get("/plans/P1").text
    for told in ("2 pairs for 2 managers", "Graphene coating wanted", "No manager fits", "1 found"):
        assert told in text
    assert (
        "Lithium battery recycling"
        not in admin.get("/plans/P1?q=graphene").text.split('id="add"')[0]
    )
    why = admin.get("/plans/P1/why?need=w1&outcome=o1&manager=m1", headers=HTMX).text
    assert "石墨烯" in why
    assert "Nothing in common" in admin.get("/plans/P1/why?need=w9&outcome=o1&manager=m9").text


def test_a_pair_is_moved_taken_out_and_put_back(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    pair = {"need": "w1", "outcome": "o1", "manager": "m2"}
    moved = send(admin, "/plans/P1/pairs", version="1", do="move", at="m-1", **pair)
    assert moved.headers["Location"] == "/plans/P1?done=move#m-1"
    send(admin, "/plans/P1/pairs", version="2", do="remove", need="w2", outcome="o3")
    assert [line.manager for line in the_plan(standard_settings).active] == ["m2"]
    text = admin.get("/plans/P1").text
    assert "Taken out" in text
    back = {"need": "http://here/needs/w2", "outcome": "/outcomes/o3?x", "manager": "m2"}
    assert send(admin, "/plans/P1/pairs", version="3", do="add", **back).status_code == 303
    assert len(the_plan(standard_settings).active) == 2


def test_who_edits_in_two_tabs_or_against_a_rule_is_told_and_keeps_what_was_typed(
    admin: FlaskClient, standard_settings: Settings
) -> None:
    pair = {"need": "w1", "outcome": "o1"}
    send(admin, "/plans/P1/pairs", version="1", do="move", manager="m2", **pair)
    late = send(admin, "/plans/P1/pairs", version="1", do="move", manager="m1", **pair)
    assert late.status_code == 409
    assert "Somebody has changed this" in late.text
    assert 'value="m1"' in late.text
    nobody = send(admin, "/plans/P1/pairs", version="2", do="move", manager="Zz", **pair)
    assert nobody.status_code == 422
    full = {"need": "w3", "outcome": "o5", "manager": "m2"}
    answer = send(admin, "/plans/P1/pairs", version="2", do="add", **full)
    assert "as many pairs as the plan allows" in answer.text
    gone = send(
        admin, "/plans/P1/pairs", version="2", do="add", need="x", outcome="o1", manager="m1"
    )
    assert gone.status_code == 404
    assert "There is nothing here" in gone.text
    assert len(the_plan(standard_settings).active) == 2
