"""`matcher followup` over a platform, as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from matcher.settings import Settings

Run = Callable[..., Any]

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
PAIR = ("--manager", "m1", "--need", "w1", "--outcome", "o1")


@pytest.fixture
def followup(matcher: Run, standard_settings: Settings) -> Run:
    return lambda *typed: matcher("--home", standard_settings.home, "followup", *typed)


def test_a_deal_from_acceptance_to_the_registered_contract(followup: Run) -> None:
    begun = json.loads(followup("accept", *PAIR, "--json").out)
    id_ = begun["id"]
    assert (begun["state"], begun["version"]) == ("accepted", 1)
    followup("note", id_, "Called.", "--next", "Send the NDA", "--due", "2030-01-02")
    followup("move", id_, "contract_signed", "--value", "500000", "--signed-on", "2026-11-01")
    ran = followup("move", id_, "registered", "--reg-no", "2026-7", "--json")
    found = json.loads(ran.out)
    assert found["contract"]["value"] == 500_000
    assert found["contract"]["contract_reg_no"] == "2026-7"
    assert [note["text"] for note in found["notes"]] == ["Called."]
    shown = followup("show", id_, "--lang", "en").out
    assert "contract registered (registered)" in shown
    assert "Graphene coating wanted" in shown
    listed = followup("list", "--manager", "m1").out
    assert id_ in listed
    assert "2030-01-02" in listed
    assert json.loads(followup("list", "--state", "paid", "--json").out) == []


def test_a_decline_and_its_undoing(followup: Run) -> None:
    ran = followup("decline", *PAIR, "--reason", "price", "--why", "dear", "--json")
    declined = json.loads(ran.out)
    assert declined["history"][0]["reason"] == "price"
    assert json.loads(followup("undo", declined["id"], "--json").out)["state"] == "suggested"
    assert "no decision" in followup("undo", declined["id"]).err


def test_putting_off(followup: Run) -> None:
    ran = followup("snooze", *PAIR, "--until", "2030-01-02", "--json")
    assert json.loads(ran.out)["due"] == "2030-01-02"


def test_what_cannot_be_is_refused(followup: Run) -> None:
    assert followup("decline", *PAIR).code == 2
    assert followup("snooze", *PAIR, "--until", "2020-01-02").code == 1
    assert "'F-9'" in followup("show", "F-9").err
    id_ = json.loads(followup("accept", *PAIR, "--json").out)["id"]
    refused = followup("move", id_, "paid")
    assert (refused.code, "contacted" in refused.err) == (1, True)
    assert followup("note", id_, "--due", "2030-01-02").code == 2
    assert followup("note", id_).code == 1
