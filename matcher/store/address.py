"""The address of a database: which ones are understood, and how one is shown without its secret."""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from matcher.errors import UsageError

SQLITE, POSTGRESQL = "sqlite+pysqlite", "postgresql+psycopg"
_DRIVERS = {
    "sqlite": SQLITE,
    SQLITE: SQLITE,
    "postgres": POSTGRESQL,
    "postgresql": POSTGRESQL,
    POSTGRESQL: POSTGRESQL,
}
_SHOWN_OPTIONS = ("host", "port")
_HINT = "Write sqlite:///matcher.db or postgresql://user:password@host/name."


def parse_address(url: str) -> URL:
    """Return the address with the driver that is used for it.

    Raises UsageError, which never quotes the address: it may hold a password.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        # Not chained: the error quotes what it couldn't read, the password included.
        raise UsageError("The address of the database can't be read.", hint=_HINT) from None
    driver = _DRIVERS.get(address.drivername)
    if driver is None:
        raise UsageError("The address names an unknown kind of database.", hint=_HINT)
    address = address.set(drivername=driver)
    (_check_sqlite if driver == SQLITE else _check_postgresql)(address)
    return address


def shown_address(address: URL) -> str:
    """Return the address for people: no password, and no option that may hold one."""
    options = {key: value for key, value in address.query.items() if key in _SHOWN_OPTIONS}
    plain = address.set(drivername=address.get_backend_name(), query=options)
    return plain.render_as_string(hide_password=True)


def _check_sqlite(address: URL) -> None:
    name = address.database or ""
    if not name or name == ":memory:" or name.startswith("file:"):
        raise UsageError(
            "SQLite needs the path of a file; each connection would see its own memory.",
            hint=_HINT,
        )
    if address.query or address.host:
        raise UsageError(
            "An address of SQLite is a path and nothing else.",
            hint="Write sqlite:///relative.db or sqlite:////absolute/path.db, without ? in it.",
        )


def _check_postgresql(address: URL) -> None:
    if "@" in f"{address.host}{address.database}":
        raise UsageError(
            "The address of the database has more than one @.",
            hint="Write %40 for an @ in the password.",
        )
    if not address.database:
        raise UsageError("The address doesn't name a database.", hint=_HINT)
