"""Records as items, with the portfolios that may be shown to anyone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from matcher.actions.items import _BATCH, brokered, items_of, live_items
from matcher.actions.platform import OPERATOR
from matcher.domain.enums import Noun, Secrecy, Visibility
from matcher.domain.manager import Deal, Manager
from matcher.store import records
from matcher.store.database import Database
from tests.platforms import NOW, manager, need, outcome


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def keep(session: Session, noun: Noun, *found: object) -> None:
    records.put(session, noun, found, actor=OPERATOR, at=NOW)  # type: ignore[arg-type]


def broker(*deals: Deal) -> Manager:
    return replace(manager("m", "Says so."), deals=deals)


def test_a_portfolio_has_the_texts_of_deals_and_of_what_they_name(session: Session) -> None:
    keep(session, Noun.OUTCOME, outcome("o", "Coating", "graphene"))
    keep(session, Noun.NEED, need("n", "Wanted", "coating"))
    deal = Deal(title="A licence", outcome="o", need="n")
    [item] = items_of(session, [broker(deal, Deal(outcome="never"), Deal(outcome="o"))])
    assert item.portfolio == ("A licence", "Coating\ngraphene", "Wanted\ncoating")
    assert item.documents == ("Says so.", *item.portfolio)


@pytest.mark.parametrize(
    "hidden",
    [
        {"visibility": Visibility.MEMBERS},
        {"visibility": Visibility.BROKERS},
        {"visibility": Visibility.NAMED},
        {"secrecy": Secrecy.INTERNAL},
    ],
)
def test_a_portfolio_has_no_text_that_somebody_may_not_read(
    session: Session, hidden: dict[str, object]
) -> None:
    keep(session, Noun.OUTCOME, outcome("o", "Coating", **hidden))
    [item] = items_of(session, [broker(Deal(outcome="o"))])
    assert item.portfolio == ()


def test_a_portfolio_has_no_text_of_what_is_gone(session: Session) -> None:
    keep(session, Noun.OUTCOME, outcome("o", "Gone"), outcome("p", "One"), outcome("q", "Other"))
    keep(session, Noun.NEED, need("o", "Of the same id"))
    records.delete(session, Noun.OUTCOME, ["o"], actor=OPERATOR, at=NOW)
    records.set_merged(session, Noun.OUTCOME, "p", "q", actor=OPERATOR, at=NOW)
    [item] = items_of(session, [broker(Deal(outcome="o"), Deal(outcome="p"))])
    assert item.portfolio == ()


def test_what_has_expired_was_brokered_nevertheless(session: Session) -> None:
    keep(session, Noun.OUTCOME, outcome("o", "Coating", valid_until=date(2000, 1, 1)))
    [item] = items_of(session, [broker(Deal(outcome="o"))])
    assert item.portfolio == ("Coating",)


def test_brokered_names_each_record_once_and_those_of_managers_alone() -> None:
    deals = (Deal(outcome="o", need="n"), Deal(outcome="o"), Deal(need="o"), Deal())
    named = ((Noun.OUTCOME, "o"), (Noun.NEED, "n"), (Noun.NEED, "o"))
    assert brokered(broker(*deals)) == named
    assert brokered(outcome("o")) == ()


def test_live_items_are_all_that_is_live_in_the_order_of_ids(session: Session) -> None:
    ids = [f"o{number:04}" for number in range(2 * _BATCH + 1)]
    keep(session, Noun.OUTCOME, *(outcome(id_) for id_ in reversed(ids)))
    records.delete(session, Noun.OUTCOME, ids[:1], actor=OPERATOR, at=NOW)
    assert [item.id for item in live_items(session, Noun.OUTCOME)] == ids[1:]
    assert list(live_items(session, Noun.NEED)) == []
