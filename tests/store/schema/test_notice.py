"""The tables of notices: a column for every field, each of an account that is there."""

from dataclasses import fields
from datetime import UTC, datetime

import pytest

from matcher.domain.notice import Notice
from matcher.errors import MatcherError
from matcher.store.schema.tables import lasting

NOON = datetime(2026, 11, 1, tzinfo=UTC)


def test_it_has_the_columns_of_a_notice(columns):
    assert columns("notice") == {field.name for field in fields(Notice)}


def test_what_was_told_belongs_to_an_account_and_is_in_a_dump(add):
    with pytest.raises(MatcherError):
        add("notice_told", account="nobody", kind="due", digest="d", at=NOON)
    assert {"notice", "notice_told"} <= {table.name for table in lasting()}
