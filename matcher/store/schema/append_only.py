"""Tables whose rows are written once: the database itself refuses to change or delete them.

The triggers come with the table (`create_all`, and a migration that runs the statements of
`CREATE`). They stop every client, a person at the database's own shell included; only who may
drop the triggers can get round them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Table, event

Seq = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database gives out, larger for every row: order in time without a clock."""

TABLES = ("event", "event_subject", "transition", "note")
"""The append-only tables, in the order in which they can be created."""

_KEYS = {"event_subject": ("event", "noun", "id")}
_SEQ = ("seq",)
_FUNCTION = "refuse_rewriting"


def triggers(table: str) -> dict[str, tuple[str, ...]]:
    """Return, by the dialect's name, the statements that make `table` append-only."""
    return {"sqlite": _for_sqlite(table), "postgresql": _for_postgresql(table)}


def no_triggers(table: str) -> dict[str, tuple[str, ...]]:
    """Return, by the dialect's name, the statements that take the triggers off again."""
    return {
        "sqlite": tuple(
            f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete", "replace")
        ),
        "postgresql": (
            f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
            f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
        ),
    }


def guard(table: Table) -> None:
    """Have the triggers created with `table` wherever SQLAlchemy creates it."""

    def create(target: Table, connection: Connection, **_: Any) -> None:
        for statement in triggers(target.name)[connection.dialect.name]:
            connection.exec_driver_sql(statement)

    event.listen(table, "after_create", create)


def _for_sqlite(table: str) -> tuple[str, ...]:
    """One trigger an operation; REPLACE deletes without its trigger, so it is caught before."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    same = " AND ".join(f"{name} = NEW.{name}" for name in _KEYS.get(table, _SEQ))
    exists = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 names of ours
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {exists} {refuse}",
    )


def _for_postgresql(table: str) -> tuple[str, ...]:
    return (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only',"
        " ERRCODE = 'restrict_violation'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()",
    )


CREATE = {
    dialect: tuple(sql for table in TABLES for sql in triggers(table)[dialect])
    for dialect in ("sqlite", "postgresql")
}
"""By the dialect's name: what a migration runs once the tables are there."""

DROP = {
    "sqlite": tuple(sql for table in TABLES for sql in no_triggers(table)["sqlite"]),
    "postgresql": (
        *(sql for table in TABLES for sql in no_triggers(table)["postgresql"]),
        f"DROP FUNCTION IF EXISTS {_FUNCTION}()",
    ),
}
"""By the dialect's name: what a migration runs before the tables go."""
