"""Statements as a person at the database's own shell would give them."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from sqlalchemy import insert

from matcher.store.database import Database
from matcher.store.schema.tables import tables

Add = Callable[..., None]


@pytest.fixture
def add(database: Database) -> Add:
    """Insert one row into a table, past all functions of the product."""

    def add(name: str, /, **values: Any) -> None:
        table = next(table for table in tables() if table.name == name)
        with database.writing() as session:
            session.execute(insert(table), [values])

    return add


@pytest.fixture
def columns() -> Callable[[str], set[str]]:
    """The names of a table's columns."""
    return lambda name: next({c.name for c in table.c} for table in tables() if table.name == name)


@pytest.fixture
def fields_of() -> Callable[[type], set[str]]:
    """The names of a dataclass's fields."""
    return lambda cls: {field.name for field in fields(cls)}
