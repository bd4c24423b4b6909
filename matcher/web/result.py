"""Results of a search as pages list them: what is offered, and why it is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from matcher.actions.cards import Card
from matcher.domain.enums import Noun
from matcher.files.match_row import MatchRow
from matcher.recommend.bands import Band
from matcher.web.excerpt import Term
from matcher.web.pair import SideShown, TermShown, WhyShown, asked, offered, side_shown, why_shown
from matcher.web.say import Say


@dataclass(frozen=True, slots=True)
class ResultShown:
    """A record of a list. why: None where nothing was asked. rank: from 1.

    fresh: whether it is new since the reader looked last.
    """

    rank: int
    side: SideShown
    address: str
    why: WhyShown | None
    fresh: bool = False


def results_shown(
    rows: Iterable[MatchRow],
    cards: Mapping[str, Card],
    say: Say,
    fresh: Collection[str] = (),
) -> tuple[ResultShown, ...]:
    """The rows whose records are there. fresh: ids of those that are marked as new."""
    return tuple(
        _shown(row, cards[row.candidate_id], say, row.candidate_id in fresh)
        for row in rows
        if row.candidate_id in cards
    )


def fits(rows: Iterable[MatchRow]) -> bool:
    """Whether any of them is more than weak."""
    return any(row.band and row.band != Band.WEAK for row in rows)


def said(rows: Iterable[MatchRow]) -> frozenset[str]:
    """The words of the query that stand in any of them."""
    pairs = (pair for row in rows for reason in row.reasons for pair in reason.get("pairs", ()))
    return frozenset(pair["query"] for pair in pairs)


def address_of(noun: Noun, id: str) -> str:
    """Where the page of a record is."""
    return url_for(f"page.record.{noun.value}", id=id)


def _shown(row: MatchRow, card: Card, say: Say, fresh: bool) -> ResultShown:
    why = why_shown(row, say) if row.band else None
    side = side_shown(card, _marks(why.terms) if why else (), say)
    return ResultShown(row.rank, side, address_of(card.noun, card.record.id), why, fresh)


def _marks(terms: tuple[TermShown, ...]) -> list[Term]:
    """The terms as the text has them, and as the asker wrote them: a text may have both."""
    return list(dict.fromkeys([*offered(terms), *asked(terms)]))
