"""The columns of nodes are the fields of the domain's Node."""

import dataclasses

from matcher.domain import Node
from matcher.store.schema.node import NodeRow


def test_every_field_has_a_column_and_none_is_null() -> None:
    columns = NodeRow.__table__.c
    assert set(columns.keys()) == {field.name for field in dataclasses.fields(Node)}
    assert not any(column.nullable for column in columns)
