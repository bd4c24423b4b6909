"""A record as an item to be matched: its texts as they are searched, its facts, its audience."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from matcher.domain.item import Facts, Item
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.domain.record import Record
from matcher.domain.visibility import audience

_TITLES = ("title", "title_en", "name", "name_en")
_KEYWORDS = ("keywords", "keywords_en")
# An audience of nobody must not look like none, which is everybody.
_NOBODY = ("nobody",)


def item_of(record: Outcome | Need | Manager, portfolio: Sequence[str] = ()) -> Item:
    """The item that a record is. portfolio: texts of what a manager has brokered, beside deals."""
    titles = [text for name in _TITLES if (text := getattr(record, name, ""))]
    return Item(
        id=record.id,
        title=titles[0] if titles else "",
        text="\n".join([*titles[1:], *_prose(record)]),
        keywords=tuple(word for name in _KEYWORDS for word in getattr(record, name, ())),
        portfolio=_portfolio(record, portfolio),
        facts=_facts(record),
        audience=tuple(sorted(audience(record))) or _NOBODY,
    )


def _prose(record: Record) -> list[str]:
    names = (name for name in record.TEXT_FIELDS if name not in (*_TITLES, *_KEYWORDS))
    both = (getattr(record, each, "") for name in names for each in (name, f"{name}_en"))
    return [text for text in both if text]


def _portfolio(record: Outcome | Need | Manager, more: Sequence[str]) -> tuple[str, ...]:
    if not isinstance(record, Manager):
        return ()
    deals = ("\n".join(deal.pieces()) for deal in record.deals)
    return tuple(dict.fromkeys(filter(None, (*deals, *more))))


def _facts(record: Outcome | Need | Manager) -> Facts:
    match record:
        case Outcome():
            return Facts(
                price=record.price,
                valid_until=record.valid_until,
                updated_at=record.updated_at,
                trl=record.trl,
                region=record.region,
                modes=record.transfer_modes,
                field=record.field,
                organisation=record.holder,
                owner=record.owner,
                pay_after_use=record.pay_after_use,
            )
        case Need():
            return Facts(
                budget=record.budget,
                valid_until=record.valid_until,
                updated_at=record.updated_at,
                min_trl=record.min_trl,
                region=record.region,
                modes=record.coop_modes,
                field=record.field,
                organisation=record.organisation,
                owner=record.owner,
            )
        case Manager():
            return Facts(
                updated_at=record.updated_at,
                organisation=record.agency,
                avoids=record.conflicts,
                persons=record.same_person,
                fields=record.fields,
                regions=record.regions,
                languages=record.languages,
                grade=record.grade,
                capacity=record.capacity if record.active else 0,
            )
        case _:
            assert_never(record)
