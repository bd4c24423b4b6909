"""The table of sessions: each of an account that is there."""

from datetime import UTC, datetime

import pytest

from matcher.errors import MatcherError

NOON = datetime(2026, 11, 1, tzinfo=UTC)


def test_it_belongs_to_an_account(add):
    with pytest.raises(MatcherError):
        add("web_session", digest="d", account="nobody", began_at=NOON, seen_at=NOON)


def test_it_has_no_column_for_the_secret(columns):
    assert columns("web_session") == {"digest", "account", "began_at", "seen_at"}
