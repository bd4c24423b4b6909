"""Results as pages list them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from matcher.actions.cards import Card
from matcher.domain.enums import Language, Noun
from matcher.domain.outcome import Outcome
from matcher.files.match_row import MatchRow
from matcher.web.result import address_of, fits, results_shown, said
from matcher.web.say import Say

EN = Say(Language.EN, datetime(2026, 11, 22, 9, tzinfo=UTC))
BOTH = Outcome(
    id="o/1 x", title="石墨烯涂层", title_en="Graphene film", summary_en="A graphene film."
)
PAIRS = [{"query": "graphene", "candidate": "石墨烯", "share": 0.6}]


@pytest.fixture(autouse=True)
def asked(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def row(id_: str = "o/1 x", band: str = "strong", rank: int = 1) -> MatchRow:
    reasons = [{"code": "terms", "pairs": PAIRS}] if band else []
    texts = ["Terms in common"] if band else []
    return MatchRow("", id_, rank, 0.5, {"concepts": 0.5}, reasons, texts, band=band)


def test_the_askers_words_are_marked_where_the_text_has_them_too() -> None:
    [found] = results_shown([row()], {"o/1 x": Card(BOTH, "Harbour University", 1)}, EN)
    assert '<mark class="term" data-term="1">Graphene</mark> film' in found.side.title
    assert '<mark class="term" data-term="1">graphene</mark>' in found.side.excerpt
    assert found.address == "/outcomes/o/1%20x"
    assert found.why is not None
    assert (found.why.band, found.side.party) == ("strong", "Harbour University")


def test_where_nothing_was_asked_there_is_no_why() -> None:
    [found] = results_shown([row(band="")], {"o/1 x": Card(BOTH, "", 1)}, EN)
    assert found.why is None


def test_a_row_whose_record_is_gone_isnt_shown() -> None:
    assert results_shown([row("gone")], {}, EN) == ()


def test_only_those_that_are_named_are_marked_as_new() -> None:
    known = {id_: Card(BOTH, "", 1) for id_ in ("o1", "o2")}
    found = results_shown([row("o1"), row("o2")], known, EN, ["o2", "o3"])
    assert [one.fresh for one in found] == [False, True]
    assert not any(one.fresh for one in results_shown([row("o1")], known, EN))


def test_weak_ones_dont_fit_and_their_words_are_told() -> None:
    assert fits([row(band="weak"), row(band="possible")])
    assert not fits([row(band="weak"), row(band="")])
    assert said([row(), row(band="")]) == {"graphene"}


def test_both_kinds_of_record_have_an_address() -> None:
    assert address_of(Noun.NEED, "a") == "/needs/a"
    assert address_of(Noun.OUTCOME, "编号 1") == "/outcomes/%E7%BC%96%E5%8F%B7%201"
