"""Checks name the field and let unknowns pass."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from matcher.domain.checks import (
    LARGEST_AMOUNT,
    require_amount,
    require_between,
    require_currency,
    require_order,
    require_text,
    require_utc,
    shown,
)
from matcher.errors import InvalidValue


@pytest.mark.parametrize(
    ("check", "field"),
    [
        (lambda: require_text(" \n", "id"), "id"),
        (lambda: require_between(10, 1, 9, "trl"), "trl"),
        (lambda: require_between(float("nan"), 0, 1, "propensity"), "propensity"),
        (lambda: require_amount(-1, "value"), "value"),
        (lambda: require_amount(LARGEST_AMOUNT + 1, "value"), "value"),
        (lambda: require_order(5, 3, "price_min", "price_max"), "price_min"),
        (lambda: require_order(None, -3, "price_min", "price_max"), "price_max"),
        (lambda: require_currency("yuan"), "currency"),
        (lambda: require_utc(datetime(2026, 1, 1), "at"), "at"),
        (
            lambda: require_utc(datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=8))), "at"),
            "at",
        ),
    ],
)
def test_what_is_wrong_is_refused_with_its_field_and_a_hint(check, field):
    with pytest.raises(InvalidValue) as refused:
        check()
    assert refused.value.where == {"field": field}
    assert refused.value.hint


@pytest.mark.parametrize(
    "check",
    [
        lambda: require_between(None, 1, 9, "trl"),
        lambda: require_between(9, 1, 9, "trl"),
        lambda: require_amount(None, "value"),
        lambda: require_order(3, 3, "price_min", "price_max"),
        lambda: require_order(None, None, "price_min", "price_max"),
        lambda: require_utc(None, "at"),
        lambda: require_utc(datetime(2026, 1, 1, tzinfo=UTC), "at"),
    ],
)
def test_limits_and_unknowns_pass(check):
    assert check() is None


def test_a_long_value_is_quoted_in_part():
    assert shown("x" * 5000) == "'" + "x" * 79 + "…"
    assert shown("面议") == "'面议'"
