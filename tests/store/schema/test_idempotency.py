"""The table of repeated requests: a key stands once for each account."""

from datetime import UTC, datetime

import pytest

from matcher.errors import EditConflict

ROW = {"request": "r", "begun_at": datetime(2026, 11, 1, tzinfo=UTC), "headers": {}, "body": ""}


def test_a_key_stands_once_for_each_account(add):
    add("idempotency", account="A1", key="k", **ROW)
    add("idempotency", account="A2", key="k", **ROW)
    with pytest.raises(EditConflict):
        add("idempotency", account="A1", key="k", **ROW)


def test_it_has_the_columns_of_an_answer(columns):
    told = {"account", "key", "request", "begun_at", "status", "headers", "body"}
    assert columns("idempotency") == told
