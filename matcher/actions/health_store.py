"""Whether the database holds together: pages, references, triggers, imports, the change feed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from matcher.actions.finding import Finding
from matcher.errors import MatcherError
from matcher.store import feed
from matcher.store.database import Database
from matcher.store.imports import ImportState
from matcher.store.schema.append_only import CREATE
from matcher.store.schema.base import Base
from matcher.store.schema.change import ChangeRow
from matcher.store.schema.imports import ImportRunRow
from matcher.store.sequences import last_number

_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)")
_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
_SHOWN = 3
_RESTORE = "restore a backup into a new place"


def store_findings(database: Database) -> Iterator[Finding]:
    """The findings; one that says why where the database stops answering."""
    try:
        with database.reading() as session:
            if database.is_sqlite:
                yield _pages(session)
                yield _references(session)
            yield _guards(session)
            yield _imports(session)
            yield _numbers(session)
    except MatcherError as error:
        yield Finding("integrity", False, str(error))


def _pages(session: Session) -> Finding:
    found = session.scalars(text("PRAGMA quick_check(1)")).all()
    ok = found == ["ok"]
    detail = "whole" if ok else f"damaged ({found[0]}); {_RESTORE}"
    return Finding("integrity", ok, detail)


def _references(session: Session) -> Finding:
    broken = session.execute(text("PRAGMA foreign_key_check")).first()
    if broken is None:
        return Finding("references", True, "all lead somewhere")
    detail = f"rows of {broken[0]} refer to rows of {broken[2]} that don't exist; {_RESTORE}"
    return Finding("references", False, detail)


def _guards(session: Session) -> Finding:
    """What keeps the history from being rewritten, and may have been taken off by hand."""
    dialect = session.get_bind().dialect.name
    wanted = {name for sql in CREATE[dialect] for name in _TRIGGER.findall(sql)}
    missing = sorted(wanted - set(session.scalars(text(_TRIGGERS[dialect]))))
    if not missing:
        return Finding("triggers", True, f"all {len(wanted)} there")
    detail = f"{', '.join(missing)} missing, so history can be rewritten; {_RESTORE}"
    return Finding("triggers", False, detail)


def _imports(session: Session) -> Finding:
    """An import is one transaction, so that one half done comes from outside the product."""
    started = ImportRunRow.state == ImportState.STARTED.value
    found = session.scalars(select(ImportRunRow.id).where(started).limit(_SHOWN)).all()
    detail = f"half done: {', '.join(found)}; {_RESTORE}" if found else "none half done"
    return Finding("imports", not found, detail)


def _numbers(session: Session) -> Finding:
    """The next change must get a number that none had, or searches would miss it."""
    table = Base.metadata.tables[ChangeRow.__tablename__]
    given, last = last_number(session, table), feed.latest(session)
    ok = given >= last
    detail = f"{last:,} changes" if ok else f"numbers would repeat from {given + 1}; {_RESTORE}"
    return Finding("change feed", ok, detail)
