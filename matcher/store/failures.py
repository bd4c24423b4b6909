"""What a database reports, as the errors of the product: the one place that translates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, TimeoutError

from matcher.errors import (
    EditConflict,
    InvalidValue,
    MatcherError,
    StoreUnavailable,
    WrongSchema,
)

_LONGEST_REASON = 200
_NO_TABLE = ("no such table", "no such column", "has no column named")
_NO_TABLE_STATES = frozenset({"42P01", "42703", "3F000"})
# Phrases of SQLite and PostgreSQL, and what a person can do about each.
_HINTS = (
    (("database is locked", "lock timeout"), "Another process is writing; try again."),
    (("is full", "No space left", "could not extend"), "Free space on the disk, then try again."),
    (("readonly", "read-only"), "Make the file and its folder writable, or write elsewhere."),
    (("not a database", "malformed"), "The file is damaged or no database; restore a backup."),
    (("authentication failed", "no password"), "Check user and password in the address."),
    (("does not exist",), "Create the database, or correct its name in the address."),
    (("unable to open",), "Check that the folder exists and may be written to."),
)
_OTHERWISE = "Check that the database is running and can be reached, then try again."


@contextmanager
def translated(shown: str) -> Iterator[None]:
    """Turn what the database refuses inside the block into errors of the product.

    `shown` is the address as it may be shown. Raises StoreUnavailable, EditConflict (what was
    written contradicts what is stored), InvalidValue (no column can hold it) or WrongSchema.
    """
    try:
        yield
    except DBAPIError as error:
        raise _of(error, shown) from error
    except TimeoutError as error:
        raise StoreUnavailable(
            "All connections to the database are in use.", hint="Try again.", database=shown
        ) from error


def _of(error: DBAPIError, shown: str) -> MatcherError:
    reason = _reason(error)
    if isinstance(error, IntegrityError):
        return EditConflict(
            f"This contradicts what is stored: {reason}.", hint="Load it again, then repeat."
        )
    if isinstance(error, DataError):
        return InvalidValue(f"The database can't hold a value: {reason}.", hint="Correct it.")
    if _misses_table(error, reason):
        return WrongSchema(
            f"A table is missing or of another version: {reason}.",
            hint="Run `matcher init --upgrade`.",
        )
    hint = next((hint for phrases, hint in _HINTS if _has(reason, phrases)), _OTHERWISE)
    return StoreUnavailable(f"The database {shown} failed: {reason}.", hint=hint, database=shown)


def _reason(error: DBAPIError) -> str:
    """The first line of what the database said; what was to be stored is in later ones."""
    lines = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    return lines[0].rstrip(".")[:_LONGEST_REASON]


def _misses_table(error: DBAPIError, reason: str) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in _NO_TABLE_STATES or _has(reason, _NO_TABLE)


def _has(reason: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in reason for phrase in phrases)
