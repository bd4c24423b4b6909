"""Records of the store as items to be matched, the portfolios of managers filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.domain.listing import item_of
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import PUBLIC, audience
from matcher.store import records

Named = tuple[Noun, str]
_BATCH = 500


def live_items(session: Session, noun: Noun) -> Iterator[Item]:
    """Every live record of a noun as an item, in the order of ids."""
    batch: list[Outcome | Need | Manager] = []
    for stored in records.every(session, noun):
        batch.append(stored.record)
        if len(batch) == _BATCH:
            yield from items_of(session, batch)
            batch = []
    yield from items_of(session, batch)


def items_of(session: Session, found: Sequence[Outcome | Need | Manager]) -> list[Item]:
    """These records as items.

    A manager's portfolio holds the texts of the outcomes and needs their deals name, but only of
    those that anyone signed in may read: a reason may quote a portfolio to anyone.
    """
    texts = _texts(session, {named for record in found for named in brokered(record)})
    return [
        item_of(record, [texts[named] for named in brokered(record) if named in texts])
        for record in found
    ]


def brokered(record: Any) -> tuple[Named, ...]:
    """The outcomes and needs that a manager's deals name; none for another record."""
    if not isinstance(record, Manager):
        return ()
    pairs = ((Noun.OUTCOME, deal.outcome) for deal in record.deals)
    asked = ((Noun.NEED, deal.need) for deal in record.deals)
    return tuple(dict.fromkeys(named for named in (*pairs, *asked) if named[1]))


def _texts(session: Session, wanted: Iterable[Named]) -> dict[Named, str]:
    wanted = set(wanted)
    texts = {}
    for noun in (Noun.OUTCOME, Noun.NEED):
        ids = sorted(id_ for other, id_ in wanted if other is noun)
        for id_, stored in records.get_many(session, noun, ids).items():
            if stored.live and PUBLIC in audience(stored.record):
                texts[(noun, id_)] = item_of(stored.record).body
    return texts
