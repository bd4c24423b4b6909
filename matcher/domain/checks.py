"""Checks that the records share: each returns nothing or raises InvalidValue naming the field."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from matcher.errors import InvalidValue

# More is a slip of the pen; 64-bit columns hold it with room to sum.
LARGEST_AMOUNT = 10**15

_LONGEST_SHOWN = 80
_CURRENCY = re.compile(r"[A-Z]{3}")


def shown(value: object) -> str:
    """Return `value` as an error message quotes it: one line, cut where it is long."""
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def require_text(value: str, field: str) -> None:
    """Refuse an empty or blank string, for ids and what else can't be missing."""
    if not value.strip():
        raise InvalidValue(
            f"{field} is empty.", field=field, hint=f"Give every record its {field}."
        )


def require_between(value: float | None, low: float, high: float, field: str) -> None:
    """Refuse a number outside [low, high], NaN included; None is an unknown and passes."""
    if value is not None and not low <= value <= high:
        raise InvalidValue(
            f"{shown(value)} is not between {low} and {high}.",
            field=field,
            hint="Correct it or leave it out.",
        )


def require_amount(value: int | None, field: str) -> None:
    """Refuse a sum of money below zero or beyond any price; None is an unknown and passes."""
    require_between(value, 0, LARGEST_AMOUNT, field)


def require_order(low: int | None, high: int | None, low_field: str, high_field: str) -> None:
    """Refuse a bound that is no sum of money, and a lower bound above the upper one."""
    require_amount(low, low_field)
    require_amount(high, high_field)
    if low is not None and high is not None and low > high:
        raise InvalidValue(
            f"{low_field} {low} is more than {high_field} {high}.",
            field=low_field,
            hint="Swap the two or leave one out.",
        )


def require_currency(value: str, field: str = "currency") -> None:
    """Refuse what doesn't look like an ISO 4217 code."""
    if not _CURRENCY.fullmatch(value):
        raise InvalidValue(
            f"{shown(value)} is not an ISO currency code.",
            field=field,
            hint="Write three capital letters, for example CNY, USD or EUR.",
        )


def require_utc(value: datetime | None, field: str) -> None:
    """Refuse a time without a zone or in another zone than UTC; None passes."""
    if value is not None and value.utcoffset() != timedelta(0):
        raise InvalidValue(
            f"{value.isoformat()} is not in UTC.",
            field=field,
            hint="Convert it, for example with value.astimezone(datetime.UTC).",
        )
