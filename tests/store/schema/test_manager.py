"""The columns of managers are the fields of the domain's Manager."""

import dataclasses

from matcher.domain import Manager
from matcher.store.schema.columns import RecordColumns
from matcher.store.schema.manager import ManagerRow

TABLE = ManagerRow.__table__


def test_every_field_has_a_column_and_every_column_a_field() -> None:
    fields = {field.name for field in dataclasses.fields(Manager)}
    books = {name for name in vars(RecordColumns)["__annotations__"] if name not in fields}
    assert set(TABLE.c.keys()) == fields | books


def test_only_what_may_be_unknown_may_be_null() -> None:
    unknown = {field.name for field in dataclasses.fields(Manager) if field.default is None}
    nullable = {column.name for column in TABLE.c if column.nullable}
    assert nullable == unknown | {"title_key", "deleted_at"}


def test_what_is_looked_up_has_an_index() -> None:
    indexed = {column.name for index in TABLE.indexes for column in index.columns}
    assert indexed == {
        "external_id",
        "node",
        "changed_at",
        "agency",
        "registration",
        "title_key",
    }
