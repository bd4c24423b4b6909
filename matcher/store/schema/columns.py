"""What the tables of records share: the kinds of column, and the book-keeping of versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from matcher.store.schema.base import Json, UtcTime

# In the order of code points on both databases, whatever the language of the server.
_ID = Text().with_variant(Text(collation="C"), "postgresql")
_JSON_OR_NULL = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

Id = Annotated[str, mapped_column(_ID, primary_key=True, sort_order=-1)]
Words = Annotated[str, mapped_column(Text)]
"""A text; empty where it is absent."""
Indexed = Annotated[str, mapped_column(Text, index=True)]
"""A short text that rows are looked up by: an id or a number given by an office."""
Code = Annotated[str, mapped_column(Text)]
"""The code of an enum's member."""
CodeOrNone = Annotated[str | None, mapped_column(Text)]
Items = Annotated[list[Any], mapped_column(Json)]
ObjectOrNone = Annotated[dict[str, Any] | None, mapped_column(_JSON_OR_NULL)]
Amount = Annotated[int | None, mapped_column(BigInteger)]
"""A sum of money in whole units; a 32-bit column ends at two thousand million."""
DayOrNone = Annotated[date | None, mapped_column()]


class RecordColumns:
    """Columns of every record: those that all nouns have, and where the row stands.

    `version` counts from 1; `changed_by`, `changed_at` and `import_id` (empty: by hand) tell who
    wrote this version; `merged_into` is the id of the record that took this one's place, else
    empty; `title_key` is what titles are compared by.
    """

    id: Mapped[Id]
    external_id: Mapped[Indexed]
    node: Mapped[Indexed]
    updated_at: Mapped[DayOrNone]
    source: Mapped[Words]
    title_key: Mapped[str | None] = mapped_column(Text, index=True, sort_order=10)
    version: Mapped[int] = mapped_column(Integer, sort_order=11)
    created_at: Mapped[datetime] = mapped_column(UtcTime, sort_order=12)
    changed_at: Mapped[datetime] = mapped_column(UtcTime, index=True, sort_order=13)
    changed_by: Mapped[str] = mapped_column(Text, sort_order=14)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcTime, sort_order=15)
    merged_into: Mapped[str] = mapped_column(Text, sort_order=16)
    import_id: Mapped[str] = mapped_column(Text, sort_order=17)


class ListedColumns:
    """Columns of what is listed for others to find: outcomes and needs."""

    title: Mapped[Words]
    title_en: Mapped[Words]
    keywords: Mapped[Items]
    keywords_en: Mapped[Items]
    field: Mapped[Words]
    currency: Mapped[Code]
    region: Mapped[Words]
    reg_no: Mapped[Indexed]
    visibility: Mapped[Indexed]
    visible_to: Mapped[Items]
    owner: Mapped[Words]
    valid_until: Mapped[date | None] = mapped_column(index=True)
