"""Organisations by name, a page at a time, in the order of their ids."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_
from sqlalchemy.orm import Session

from matcher.domain.enums import Noun
from matcher.store import rows
from matcher.store.codec import is_storable
from matcher.store.stored import Stored, stored_of
from matcher.store.tables import kind_of

_KIND = kind_of(Noun.ORGANISATION)


def page(session: Session, after: str, limit: int, named: str = "") -> list[Stored[Any]]:
    """The first live organisations whose ids come after `after`.

    named: only those one of whose names holds this, whatever the case of its Latin letters.
    """
    if not is_storable(after + named):
        return []
    columns = _KIND.table.c
    wanted = [columns.deleted_at.is_(None), columns.merged_into == ""]
    if named:
        wanted.append(_named(session, named))
    found = rows.fetch_after(session, _KIND.table, after, limit, *wanted)
    return [stored_of(_KIND, row) for row in found]


def _named(session: Session, part: str) -> ColumnElement[bool]:
    columns = _KIND.table.c
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    each = func.json_each if on_sqlite else func.jsonb_array_elements_text
    alias = each(columns.aliases).table_valued("value")
    return or_(
        columns.name.icontains(part, autoescape=True),
        columns.name_en.icontains(part, autoescape=True),
        exists().select_from(alias).where(alias.c.value.icontains(part, autoescape=True)),
    )
