"""The numbers that the database gives out: how far it has come, and where it goes on."""

from __future__ import annotations

from sqlalchemy import Column, Table, text
from sqlalchemy.orm import Session

_READ = {
    "sqlite": text("SELECT seq FROM sqlite_sequence WHERE name = :table"),
    "postgresql": text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:table, :column))"),
}
_WRITE = {
    "sqlite": (
        "DELETE FROM sqlite_sequence WHERE name = :table",
        "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :number)",
    ),
    "postgresql": ("SELECT setval(pg_get_serial_sequence(:table, :column), :number)",),
}
_SEQUENCE = "pg_get_serial_sequence(:table, :column)"
_RESERVE = text(
    f"SELECT setval({_SEQUENCE}, coalesce(pg_sequence_last_value({_SEQUENCE}), 0) + :count)"
)


def numbered(table: Table) -> Column[int] | None:
    """Return the column whose values the database gives out, None where there is none."""
    return table.autoincrement_column


def last_number(session: Session, table: Table) -> int:
    """Return the largest number that was ever given out for a numbered table, 0 for none.

    It may be larger than any in the table, whose last rows can have been deleted.
    """
    return session.scalar(_READ[_dialect(session)], _names(session, table)) or 0


def go_on_after(session: Session, table: Table, number: int) -> None:
    """Have the next number of a numbered table be larger than `number`; it never goes back."""
    if number <= last_number(session, table):
        return
    for statement in _WRITE[_dialect(session)]:
        values = {**_names(session, table), "number": number}
        session.execute(text(statement), {k: v for k, v in values.items() if f":{k}" in statement})


def give_out(session: Session, table: Table, count: int) -> int:
    """Reserve `count` numbers for rows of a numbered table, and return the first of them.

    For whoever has to know a number before its row is there, and writes alone meanwhile.
    """
    if _dialect(session) == "sqlite":  # The rows themselves take the numbers along.
        return last_number(session, table) + 1
    last: int = session.scalars(_RESERVE, {**_names(session, table), "count": count}).one()
    return last - count + 1


def _names(session: Session, table: Table) -> dict[str, str]:
    column = numbered(table)
    if column is None:
        raise ValueError(f"{table.name} isn't numbered.")
    names = {"table": table.name, "column": column.name}
    return {"table": table.name} if _dialect(session) == "sqlite" else names


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
