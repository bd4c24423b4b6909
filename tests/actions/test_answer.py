"""The answer as pages and scripts take it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.actions.answer import (
    HEAD,
    Wish,
    answer_of,
    request_of,
    title_of,
    visible_heads,
    visible_records,
)
from matcher.actions.conflicted import organisation_of
from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun, Visibility
from matcher.domain.item import Item
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import PUBLIC, SYSTEM, Viewer, audience
from matcher.errors import UsageError
from matcher.recommend.facts import NOTHING_STANDS, Standing
from matcher.recommend.filters import Filters
from matcher.recommend.ranking import Match, Ranking
from matcher.recommend.rules import Rule
from matcher.store.codec import record_of, row_of
from matcher.store.tables import kind_of
from tests.platforms import manager, outcome, put, remove
from tests.store.some_records import any_record

ANYONE = Viewer(None, frozenset({PUBLIC}))
MATCHES = tuple(Match(id_, rank, 1 / rank, {}) for rank, id_ in enumerate(("o1", "o2", "o3"), 1))


def test_matches_whose_records_are_not_there_leave_no_gap(platform: Platform) -> None:
    remove(platform, Noun.OUTCOME, ["o2"])
    serving = platform.live.serving()
    with platform.database.reading() as session:
        there = visible_records(session, Noun.OUTCOME, MATCHES, ANYONE)
    ranking = Ranking("", MATCHES, Counter({Rule.EXPIRED: 2}))
    answer = answer_of(serving, Noun.OUTCOME, Item("q"), ranking, there, Language.ZH)
    assert [(match.candidate_id, match.rank) for match in answer.matches] == [("o1", 1), ("o3", 2)]
    assert (answer.removed, answer.found) == ({"expired": 2}, 0)


def test_records_are_those_that_the_viewer_may_know_of_now(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("o1", visibility=Visibility.BROKERS))
    with platform.database.reading() as session:
        assert list(visible_records(session, Noun.OUTCOME, MATCHES, ANYONE)) == ["o2", "o3"]
        assert list(visible_records(session, Noun.OUTCOME, MATCHES, SYSTEM)) == ["o1", "o2", "o3"]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_an_answer_is_plain_json(platform: Platform) -> None:
    serving = platform.live.serving()
    with platform.database.reading() as session:
        there = visible_records(session, Noun.OUTCOME, MATCHES[:1], ANYONE)
    ranking = Ranking("", MATCHES[:1], Counter({Rule.CONFLICT: 1}))
    answer = answer_of(serving, Noun.OUTCOME, Item("q"), ranking, there, Language.ZH)
    mapping = answer.to_mapping()
    assert json.loads(json.dumps(mapping)) == mapping
    assert mapping["removed"] == {"conflict": 1}
    assert mapping["matches"] == [
        {
            "candidate_id": "o1",
            "title": "石墨烯耐磨涂层",
            "rank": 1,
            "score": 1.0,
            "band": "",
            "parts": {},
            "reasons": [],
            "reason_texts": [],
        }
    ]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_match_says_how_likely_it_is_once_that_is_known(platform: Platform) -> None:
    likely = (replace(MATCHES[0], likelihood=0.25),)
    serving = platform.live.serving()
    with platform.database.reading() as session:
        there = visible_records(session, Noun.OUTCOME, likely, ANYONE)
    ranking = Ranking("", likely, Counter())
    answer = answer_of(serving, Noun.OUTCOME, Item("q"), ranking, there, Language.ZH)
    assert answer.matches[0].likelihood == 0.25
    assert answer.to_mapping()["matches"][0]["likelihood"] == 0.25


def test_a_title_is_in_the_language_asked_for_where_there_is_one() -> None:
    both = outcome("o", "石墨烯", title_en="Graphene")
    assert title_of(both, Language.ZH) == "石墨烯"
    assert title_of(both, Language.EN) == "Graphene"
    assert title_of(outcome("o", "石墨烯"), Language.EN) == "石墨烯"
    assert title_of(manager("m", name_en="A broker"), Language.ZH) == "A broker"
    assert title_of(outcome("o"), Language.ZH) == ""


def test_a_wish_becomes_a_request() -> None:
    filters = Filters(trl_min=3)
    day = date(2026, 11, 1)
    request = request_of(Wish(3, filters, facts=False), ANYONE, day, excluded=["o"])
    assert (request.k, request.filters, request.facts) == (3, filters, False)
    assert (request.on, request.viewer, request.only) == (day, ANYONE, None)
    assert (request.excluded, request.avoided) == (["o"], {})
    assert request.standing is NOTHING_STANDS
    standing = Standing(on=day)
    assert request_of(Wish(), ANYONE, day, standing=standing).standing is standing
    with pytest.raises(UsageError):
        request_of(Wish(k=0), ANYONE, day)


@given(st.data(), st.sampled_from([Noun.OUTCOME, Noun.NEED, Noun.MANAGER]))
def test_a_head_tells_who_may_know_and_who_keeps_out(data: st.DataObject, noun: Noun) -> None:
    cls = kind_of(noun).cls
    whole = data.draw(any_record(cls))
    row = row_of(whole)
    head = record_of(cls, {name: row[name] for name in HEAD & row.keys()})
    assert audience(head) == audience(whole)
    for language in Language:
        assert title_of(head, language) == title_of(whole, language)
    if isinstance(whole, Manager) and isinstance(head, Manager):
        assert (head.conflicts, head.same_person) == (whole.conflicts, whole.same_person)
    elif isinstance(whole, Outcome | Need) and isinstance(head, Outcome | Need):
        assert organisation_of(head) == organisation_of(whole)
        assert head.owner == whole.owner


def test_heads_hold_nothing_else_and_are_those_that_may_be_known_of(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("o1", visibility=Visibility.BROKERS))
    remove(platform, Noun.OUTCOME, ["o2"])
    with platform.database.reading() as session:
        found = visible_heads(session, Noun.OUTCOME, MATCHES, ANYONE)
        whole = visible_records(session, Noun.OUTCOME, MATCHES, ANYONE)
    assert list(found) == list(whole) == ["o3"]
    assert whole["o3"].record.summary
    assert not found["o3"].record.summary
    assert title_of(found["o3"].record, Language.ZH) == title_of(whole["o3"].record, Language.ZH)
