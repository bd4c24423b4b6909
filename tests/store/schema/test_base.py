"""Types that both databases keep alike."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import column, insert, select, table, text

from matcher.store.database import Database
from matcher.store.schema.base import Json, UtcTime

TABLE = table("t", column("at", UtcTime), column("what", Json))


@pytest.fixture
def kept(empty_database: Database) -> Database:
    kind = "TIMESTAMP WITH TIME ZONE, what JSONB"
    with empty_database.writing() as session:
        session.execute(text(f"CREATE TABLE t (at {kind})"))
    return empty_database


def round_trip(database: Database, at: datetime | None, what: object = None) -> tuple[object, ...]:
    with database.writing() as session:
        session.execute(insert(TABLE).values(at=at, what=what))
        return tuple(session.execute(select(TABLE)).one())


def test_a_time_comes_back_in_utc_to_the_microsecond(kept: Database) -> None:
    shanghai = timezone(timedelta(hours=8))
    at, _ = round_trip(kept, datetime(2026, 3, 1, 9, 30, 0, 123456, shanghai))
    assert at == datetime(2026, 3, 1, 1, 30, 0, 123456, UTC)
    assert isinstance(at, datetime)
    assert at.utcoffset() == timedelta(0)


def test_no_time_stays_none(kept: Database) -> None:
    assert round_trip(kept, None)[0] is None


def test_a_time_without_a_zone_is_refused(kept: Database) -> None:
    with pytest.raises(Exception, match="has no time zone"):
        round_trip(kept, datetime(2026, 3, 1))


def test_json_keeps_lists_objects_and_chinese(kept: Database) -> None:
    what = {"名": ["石墨烯", 10**15, None, True, {"x": ""}]}
    assert round_trip(kept, None, what)[1] == what
