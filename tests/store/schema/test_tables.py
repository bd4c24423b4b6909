"""The list of tables: complete, and in an order in which rows can be loaded."""

import pkgutil

import matcher.store.schema
from matcher.store.schema.tables import MODULES, tables

SHARED = {"append_only", "base", "columns", "tables"}


def test_every_module_of_the_room_is_in_the_list():
    there = {module.name for module in pkgutil.iter_modules(matcher.store.schema.__path__)}
    assert {module.__name__.rpartition(".")[2] for module in MODULES} == there - SHARED


def test_every_module_declares_a_table():
    declared = {mapper.class_.__module__ for mapper in _mappers()}
    assert declared == {module.__name__ for module in MODULES}


def test_a_table_comes_after_those_that_it_refers_to():
    seen: set[str] = set()
    for table in tables():
        referred = {key.column.table.name for key in table.foreign_keys}
        assert referred <= seen
        seen.add(table.name)


def test_a_numbered_table_never_gives_a_number_twice():
    numbered = [table for table in tables() if table.autoincrement_column is not None]
    assert {table.name for table in numbered} >= {"change", "event", "transition", "note"}
    assert all(table.dialect_options["sqlite"]["autoincrement"] for table in numbered)


def _mappers():
    return matcher.store.schema.base.Base.registry.mappers
