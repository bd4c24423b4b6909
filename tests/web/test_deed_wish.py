"""What an audit asks for, as its address has it."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.enums import Noun
from matcher.domain.event import Subject
from matcher.errors import InvalidValue
from matcher.web.deed_wish import DeedWish, deed_wish, typed_wish
from matcher.web.deed_words import DeedKind


def test_nothing_asked_is_everything() -> None:
    assert deed_wish({}) == DeedWish()


def test_each_filter_is_read() -> None:
    asked = {"who": " lin ", "kind": "plans", "since": "2026-11-01", "until": "2026-11-02"}
    found = deed_wish({**asked, "before": "17"})
    assert (found.who, found.kind, found.before) == ("lin", DeedKind.PLANS, 17)
    assert (found.since, found.until) == (date(2026, 11, 1), date(2026, 11, 2))


@pytest.mark.parametrize(
    ("text", "noun", "id"),
    [
        ("need:N1", Noun.NEED, "N1"),
        ("https://here/outcomes/O%201?q=x", Noun.OUTCOME, "O 1"),
        ("/pipeline/F-1", Noun.FOLLOW_UP, "F-1"),
        ("/plans/P-1/confirm", Noun.PLAN, "P-1"),
        ("/managers/edit/a:b", Noun.MANAGER, "a:b"),
        ("/people/A1", Noun.ACCOUNT, "A1"),
        ("account:a:b", Noun.ACCOUNT, "a:b"),
    ],
)
def test_a_thing_is_meant_by_its_address_or_by_kind_and_id(text: str, noun: Noun, id: str) -> None:
    assert deed_wish({"about": text}).about == Subject(noun=noun, id=id)


@pytest.mark.parametrize(
    ("name", "text"),
    [("about", "N1"), ("about", "need:"), ("about", "pump:1"), ("since", "yesterday")],
)
def test_what_cant_be_read_names_its_field(name: str, text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        deed_wish({name: text})
    assert caught.value.where["field"] == name


def test_a_place_that_is_no_number_is_the_beginning_and_fields_are_cut() -> None:
    assert deed_wish({"before": "9" * 40, "kind": "no such"}) == DeedWish()
    assert len(typed_wish({"who": "x" * 999})["who"]) == 300
