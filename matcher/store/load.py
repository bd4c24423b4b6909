"""Loading a dump into an empty database, of whichever kind the dump came from."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from typing import Any, BinaryIO

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from matcher.errors import UnreadableFile, UsageError, WrongSchema
from matcher.store.database import Database
from matcher.store.dump_format import FORMAT, Header, Trailer, parse_line, row_reader
from matcher.store.migrate import revision_in
from matcher.store.rows import chunks
from matcher.store.schema.tables import lasting, tables
from matcher.store.sequences import go_on_after, numbered

_LONGEST_HEADER = 10_000
# All that reading a damaged file, compressed or not, and its lines can raise.
_DAMAGE = (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError)


def load(
    database: Database, read: BinaryIO, then: Callable[[Session], None] = lambda _: None
) -> dict[str, int]:
    """Fill the database with what a dump holds and return how many rows each table has.

    All of it is loaded or nothing, and only once the file has proved whole; numbers go on after
    the largest that was ever given out. then: what is to be written with it. Raises UsageError
    where the database holds anything, UnreadableFile for a file that is damaged, cut off or no
    dump, WrongSchema where file and database were made by other versions.
    """
    with _seekable(read) as stream:
        start = stream.tell()
        header = _header(stream)
        trailer = _verified(stream, start)
        with database.writing() as session:
            _require_same_schema(header.schema, revision_in(session))
            _require_empty(session)
            stream.seek(start)
            counts = _fill(session, stream, trailer)
            then(session)
            return counts


def is_empty(database: Database) -> bool:
    """Whether no table has a row. Raises WrongSchema where there are no tables."""
    with database.reading() as session:
        return next(_filled(session), None) is None


@contextmanager
def _seekable(read: BinaryIO) -> Iterator[BinaryIO]:
    """The file, or where it can't be read twice, a copy of it that can."""
    if read.seekable():
        yield read
        return
    with tempfile.TemporaryFile() as copy:
        try:
            shutil.copyfileobj(read, copy)
        except _DAMAGE as error:
            raise _damaged() from error
        copy.seek(0)
        yield copy


def _header(stream: BinaryIO) -> Header:
    """What the first line says; the format is looked at before anything else of the file."""
    try:
        first = parse_line(stream.readline(_LONGEST_HEADER))
        number = int(first["format"])
    except _DAMAGE as error:
        raise UnreadableFile("This is no dump.", hint="Name a file that a dump wrote.") from error
    if number > FORMAT:
        raise WrongSchema(
            f"The dump has the format {number}, this version reads up to {FORMAT}.",
            hint=f"Install version {first.get('product')} or newer.",
            found=number,
            wanted=FORMAT,
        )
    try:
        return Header(**first)
    except TypeError as error:
        raise _damaged() from error


def _verified(stream: BinaryIO, start: int) -> Trailer:
    """Read all of the file and return its last line, if that is the trailer of those before."""
    digest, last = hashlib.sha256(), b""
    try:
        stream.seek(start)
        for line in stream:
            digest.update(last)
            last = line
        trailer = Trailer(**parse_line(last))
    except _DAMAGE as error:
        raise _damaged() from error
    if trailer.sha256 != digest.hexdigest():
        raise _damaged()
    return trailer


def _require_same_schema(dumped: str | None, there: str | None) -> None:
    if dumped == there:
        return
    if there is None:
        message, hint = "The database has no tables yet.", "Run `matcher init` on it first."
    else:
        message = f"The dump is of the schema {dumped}, the database of {there}."
        hint = "Load it with the version of the product that wrote it, then upgrade."
    raise WrongSchema(message, hint=hint, found=dumped, wanted=there)


def _require_empty(session: Session) -> None:
    for table in _filled(session):
        raise UsageError(
            f"The database isn't empty: {table.name} has rows.",
            hint="Load the dump into a new database.",
        )


def _filled(session: Session) -> Iterator[Table]:
    """The tables that have rows."""
    for table in tables():
        if session.execute(select(*table.primary_key).limit(1)).first() is not None:
            yield table


def _fill(session: Session, stream: BinaryIO, trailer: Trailer) -> dict[str, int]:
    counts = Counter({table.name: 0 for table in lasting()})
    known = {table.name: table for table in lasting()}
    try:
        for name, lines in groupby(_contents(stream), key=lambda line: line.get("table")):
            if name is None:
                _set_numbers(session, known, lines)
            else:
                counts[name] += _insert(session, known[name], lines)
    except _DAMAGE as error:
        raise _damaged() from error
    if counts != trailer.counts:
        raise _damaged()
    return dict(counts)


def _contents(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """The lines between header and trailer."""
    lines = (parse_line(line) for line in stream)
    next(lines)
    return (line for line in lines if "sha256" not in line)


def _insert(session: Session, table: Table, lines: Iterable[Mapping[str, Any]]) -> int:
    read, count = row_reader(table), 0
    for chunk in chunks(lines):
        session.execute(insert(table), [read(line["row"]) for line in chunk])
        count += len(chunk)
    return count


def _set_numbers(
    session: Session, known: Mapping[str, Table], lines: Iterable[Mapping[str, Any]]
) -> None:
    for line in lines:
        table = known[line["sequence"]]
        if numbered(table) is not None:
            go_on_after(session, table, int(line["last"]))


def _damaged() -> UnreadableFile:
    return UnreadableFile(
        "The dump is damaged or cut off; nothing was loaded.",
        hint="Copy it again from where it was made, or take another one.",
    )
