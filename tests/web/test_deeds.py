"""What was done as sentences, by day."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask

from matcher.actions.audit_reading import Entry
from matcher.actions.subject_names import SubjectName
from matcher.domain.enums import Language, Noun
from matcher.domain.event import Event, Subject
from matcher.web.deeds import address_of, deeds_by_day, kind_told
from matcher.web.say import Say

EN = Say(Language.EN, datetime(2026, 11, 3, tzinfo=UTC))
NEED = Subject(noun=Noun.NEED, id="w1")
TOKEN = Subject(noun=Noun.TOKEN, id="t1")
GONE = Subject(noun=Noun.OUTCOME, id="o9")


def entry(seq: int, actor: str, verb: str, day: int, *subjects: Subject, login: str = "") -> Entry:
    at = datetime(2026, 11, day, 9, 30, tzinfo=UTC)
    return Entry(seq, Event(actor=actor, verb=verb, at=at, subjects=subjects), login)


def test_deeds_are_told_by_day_with_names_and_links(app: Flask) -> None:
    entries = [
        entry(3, "a1", "record_changed", 2, NEED, TOKEN, GONE, login="lin"),
        entry(2, "operator", "backed_up", 1),
        entry(1, "a9", "noted", 1),
    ]
    names = {
        NEED: SubjectName("Coating"),
        Subject(noun=Noun.ACCOUNT, id="a1"): SubjectName("Lin Wu"),
        GONE: SubjectName("Pump", there=False),
    }
    with app.test_request_context():
        (second, [changed]), (first, [backed, noted]) = deeds_by_day(entries, names, EN)
    assert (second.day, first.day) == (2, 1)
    assert (changed.time, changed.who, changed.by, changed.did) == (
        *("09:30", "Lin Wu", "lin", "changed"),
    )
    need, token, gone = changed.about
    assert (gone.name, gone.address, gone.about) == ("Pump", "", "outcome:o9")
    assert (need.name, need.address, need.about) == ("Coating", "/needs/w1", "need:w1")
    assert (token.name, token.address) == ("t1", "")
    assert (backed.who, backed.by) == ("The operator", "operator")
    assert (noted.who, noted.by) == ("Another account", "")


def test_whoever_isnt_known_stays_unnamed(app: Flask) -> None:
    names = {Subject(noun=Noun.ACCOUNT, id="a9"): SubjectName("Secret")}
    with app.test_request_context():
        [(_, [one])] = deeds_by_day([entry(1, "a9", "noted", 1)], names, EN)
    assert one.who == "Another account"


def test_every_kind_has_a_name_and_where_it_has_a_page_an_address(app: Flask) -> None:
    with app.test_request_context():
        for noun in Noun:
            assert kind_told(noun, EN)
            address = address_of(Subject(noun=noun, id="x/y"))
            assert address.startswith("/") or noun in (Noun.ORGANISATION, Noun.TOKEN, Noun.INTEREST)


def test_a_pair_is_named_once_and_who_did_it_not_again(app: Flask) -> None:
    pair = Subject(noun=Noun.FOLLOW_UP, id="F-1")
    own = Subject(noun=Noun.ACCOUNT, id="a1")
    told = entry(1, "a1", "accepted", 1, own, pair, NEED, login="lin")
    with app.test_request_context():
        [(_, [named])] = deeds_by_day([told], {pair: SubjectName("Coating → Graphene")}, EN)
        [(_, [unnamed])] = deeds_by_day([told], {}, EN)
    assert [one.name for one in named.about] == ["Coating → Graphene"]
    assert [one.name for one in unnamed.about] == ["F-1", "w1"]
