"""The needs or outcomes of one account and of its organisation."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.store.codec import is_storable
from matcher.store.stored import Stored, stored_of
from matcher.store.tables import kind_of

PARTY = {Noun.NEED: "organisation", Noun.OUTCOME: "holder"}
"""The field that says whose a record is."""


def own_listings(
    session: Session, noun: Noun, owner: str, parties: Collection[str], limit: int
) -> list[Stored[Any]]:
    """The live records that the account wrote or that are of one of the parties, the last changed
    first. parties: ids and names of organisations, at most some hundred."""
    kind = kind_of(noun)
    columns = kind.table.c
    words = sorted(filter(is_storable, filter(None, parties)))
    theirs = [columns[PARTY[noun]].in_(words)] if words else []
    written = [columns.owner == owner] if owner and is_storable(owner) else []
    if not (theirs or written):
        return []
    live = (columns.deleted_at.is_(None), columns.merged_into == "")
    query = select(kind.table).where(*live, or_(*written, *theirs))
    # A day has many changes; what was written just now is to stand on top.
    order = (columns.updated_at.desc().nulls_last(), columns.changed_at.desc(), columns.id)
    newest = query.order_by(*order).limit(limit)
    return [stored_of(kind, dict(row)) for row in session.execute(newest).mappings()]


def party_words(session: Session, noun: Noun) -> frozenset[str]:
    """By which words the live records of this noun say whose they are."""
    columns = kind_of(noun).table.c
    party = columns[PARTY[noun]]
    query = select(party).where(columns.deleted_at.is_(None), party != "").distinct()
    return frozenset(session.scalars(query))
