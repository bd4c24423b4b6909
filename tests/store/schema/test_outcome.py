"""The columns of outcomes are the fields of the domain's Outcome."""

import dataclasses

from sqlalchemy import BigInteger

from matcher.domain import Outcome
from matcher.store.schema.columns import RecordColumns
from matcher.store.schema.outcome import OutcomeRow

TABLE = OutcomeRow.__table__


def test_every_field_has_a_column_and_every_column_a_field() -> None:
    fields = {field.name for field in dataclasses.fields(Outcome)}
    books = {name for name in vars(RecordColumns)["__annotations__"] if name not in fields}
    assert set(TABLE.c.keys()) == fields | books


def test_only_what_may_be_unknown_may_be_null() -> None:
    unknown = {field.name for field in dataclasses.fields(Outcome) if field.default is None}
    nullable = {column.name for column in TABLE.c if column.nullable}
    assert nullable == unknown | {"title_key", "deleted_at"}


def test_what_is_looked_up_has_an_index() -> None:
    indexed = {column.name for index in TABLE.indexes for column in index.columns}
    assert indexed == {
        "external_id",
        "node",
        "changed_at",
        "reg_no",
        "holder",
        "title_key",
        "visibility",
        "valid_until",
    }


def test_amounts_have_room_for_the_largest() -> None:
    assert isinstance(TABLE.c.price_min.type, BigInteger)
    assert isinstance(TABLE.c.price_max.type, BigInteger)
