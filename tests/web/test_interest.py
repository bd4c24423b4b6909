"""Interests as pages show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from matcher.actions.interest_reading import SeenInterest
from matcher.domain.account import Account
from matcher.domain.enums import Language, Role
from matcher.domain.interest import Interest, InterestState, step
from matcher.domain.visibility import Viewer
from matcher.store.interests import KeptInterest
from matcher.web.interest import interest_shown
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EN = Say(Language.EN, NOW)
REASONS = (
    {"code": "terms", "for": "outcome", "pairs": [{"query": "coating", "candidate": "涂层"}]},
    {"code": "suitability", "score": 0.8},
    {"code": "room", "load": 1, "capacity": 6},
)
NEW = Interest(id="X-1", outcome="o1", account="lin", made_at=NOW, text="How thick?")
ROUTED = step(NEW, InterestState.ROUTED, by="lin", at=NOW, manager="m1", reasons=REASONS)


@pytest.fixture(autouse=True)
def asked(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def viewer(id_: str, manager: str = "") -> Viewer:
    role = Role.MANAGER if manager else Role.ENTERPRISE
    return Viewer(Account(id=id_, login=id_, roles=(role,), manager=manager), frozenset())


SEEN = SeenInterest(KeptInterest(ROUTED, 2), "Coating", "", "Qin", "", REASONS, False)


def test_whose_it_is_and_who_has_it_know_it() -> None:
    own, mine = (interest_shown(SEEN, who, EN) for who in (viewer("lin"), viewer("b", "m1")))
    assert (own.own, own.mine, mine.own, mine.mine) == (True, False, False, True)
    assert own.waits
    assert (own.outcome, own.outcome_address, own.need_address) == ("Coating", "/outcomes/o1", "")
    assert (own.manager, own.made, own.version) == ("Qin", "today", 2)


def test_who_isnt_a_manager_any_more_has_it_no_longer() -> None:
    account = Account(id="b", login="b", roles=(Role.HOLDER,), manager="m1")
    assert not interest_shown(SEEN, Viewer(account, frozenset()), EN).mine


def test_who_has_the_follow_up_is_led_to_it() -> None:
    followed = replace(SEEN, followup="F-1")
    assert interest_shown(followed, viewer("b", "m1"), EN).followup == "/pipeline/F-1"
    assert interest_shown(SEEN, viewer("lin"), EN).followup == ""


def test_why_is_told_in_words() -> None:
    told = interest_shown(SEEN, viewer("b", "m1"), EN).why
    assert told == (
        "With the outcome: Terms in common: coating ↔ 涂层",
        "carries 1 of 6",
    )
    pursues = replace(SEEN, reasons=({"code": "pursues_pair"},))
    assert interest_shown(pursues, viewer("lin"), EN).why == ("is seeing to this pair already",)
    unlimited = replace(SEEN, reasons=({"code": "room", "load": 0, "capacity": None},))
    assert interest_shown(unlimited, viewer("lin"), EN).why == ("carries 0",)


def test_an_interest_of_nobodys_manager_is_nobodys_to_answer() -> None:
    seen = replace(SEEN, kept=KeptInterest(NEW, 1), manager_name="", reasons=())
    shown = interest_shown(seen, viewer("zhou"), EN)
    assert (shown.mine, shown.own, shown.waits, shown.why) == (False, False, False, ())
