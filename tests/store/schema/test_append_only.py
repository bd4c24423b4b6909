"""Append-only tables: what a client with the database's own language can't do to them."""

import pytest
from sqlalchemy import text

from matcher.errors import EditConflict
from matcher.store.schema.append_only import CREATE, DROP, TABLES
from matcher.store.schema.tables import tables

EVENT = (
    "INSERT INTO event (seq, actor, verb, at, subjects, model_version)"
    " VALUES (1, 'A1', 'shown', '2026-11-01 12:00:00', '[]', '')"
)
FOLLOW_UP = (
    "INSERT INTO follow_up (id, need, outcome, manager, state, next_action, node, version)"
    " VALUES ('F1', 'N1', 'O1', 'M1', 'accepted', '', '', 1)"
)
ROWS = {
    "event": (EVENT,),
    "event_subject": (
        EVENT,
        "INSERT INTO event_subject (noun, id, event) VALUES ('need', 'N1', 1)",
    ),
    "transition": (
        FOLLOW_UP,
        "INSERT INTO transition (seq, follow_up, from_state, to_state, by, at, why, of)"
        " VALUES (1, 'F1', 'suggested', 'accepted', 'A1', '2026-11-01 12:00:00', '', '')",
    ),
    "note": (
        FOLLOW_UP,
        "INSERT INTO note (seq, follow_up, by, at, text)"
        " VALUES (1, 'F1', 'A1', '2026-11-01 12:00:00', 'Called.')",
    ),
}
COLUMN = {"event": "actor", "event_subject": "id", "transition": "why", "note": "text"}


def run(database, *statements):
    with database.writing() as session:
        for statement in statements:
            session.execute(text(_quoted(statement)))


def _quoted(statement):
    """`by` and `of` are words of SQL on one of the two."""
    return statement.replace(" by,", ' "by",').replace(" of)", ' "of")')


def everything(database, table):
    with database.reading() as session:
        return session.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608


@pytest.fixture(params=TABLES)
def table(request, database):
    """A table with one row in it."""
    run(database, *ROWS[request.param])
    return request.param


@pytest.mark.parametrize(
    "statement",
    ["UPDATE {table} SET {column} = 'other'", "DELETE FROM {table}"],
)
def test_a_row_is_neither_changed_nor_deleted(database, table, statement):
    before = everything(database, table)
    with pytest.raises(EditConflict, match="append-only"):
        run(database, statement.format(table=table, column=COLUMN[table]))
    assert everything(database, table) == before != []


def test_a_table_is_not_emptied_at_once(database, table):
    statement = "DELETE FROM {}" if database.is_sqlite else "TRUNCATE {} CASCADE"
    with pytest.raises(EditConflict, match="append-only"):
        run(database, statement.format(table))
    assert len(everything(database, table)) == 1


def test_a_row_is_not_replaced_by_one_of_its_key(database, table):
    """SQLite deletes what REPLACE meets without asking the trigger of DELETE."""
    insert = ROWS[table][-1]
    if database.is_sqlite:
        insert = insert.replace("INSERT", "INSERT OR REPLACE")
    with pytest.raises(EditConflict):
        run(database, insert.replace("'A1'", "'A2'"))
    assert "A2" not in str(everything(database, table))


def test_an_upsert_is_an_update(database):
    run(database, EVENT)
    with pytest.raises(EditConflict):
        run(database, f"{EVENT} ON CONFLICT (seq) DO UPDATE SET actor = 'A2'")
    assert "A2" not in str(everything(database, "event"))


def test_a_migration_takes_the_triggers_off_and_puts_them_on(database):
    dialect = "sqlite" if database.is_sqlite else "postgresql"
    run(database, EVENT, *DROP[dialect], "UPDATE event SET actor = 'A2'", *CREATE[dialect])
    with pytest.raises(EditConflict, match="append-only"):
        run(database, "UPDATE event SET actor = 'A3'")
    assert "A2" in str(everything(database, "event"))


def test_the_tables_are_named_in_an_order_in_which_they_can_be_created():
    order = [table.name for table in tables() if table.name in TABLES]
    assert sorted(order) == sorted(TABLES)
    assert TABLES.index("event") < TABLES.index("event_subject")
