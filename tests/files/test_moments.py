"""Times of tables."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from matcher.errors import InvalidValue
from matcher.files.moments import parse_moment

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-01", MIDNIGHT),
        ("2026年3月1日", MIDNIGHT),
        (date(2026, 3, 1), MIDNIGHT),
        (datetime(2026, 3, 1, 9, 30), MIDNIGHT.replace(hour=9, minute=30)),
        ("2026-03-01T17:30:00+08:00", MIDNIGHT.replace(hour=9, minute=30)),
        ("2026-03-01 09:30", MIDNIGHT.replace(hour=9, minute=30)),
        (datetime(2026, 3, 1, 8, tzinfo=timezone(timedelta(hours=8))), MIDNIGHT),
        ("长期", None),
        (None, None),
    ],
)
def test_times_are_utc(cell: object, moment: datetime | None) -> None:
    assert parse_moment(cell) == moment  # type: ignore[arg-type]


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(InvalidValue, match="is not a date"):
        parse_moment("as soon as possible")
