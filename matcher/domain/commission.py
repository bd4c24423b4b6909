"""Commission 佣金 as a share of what a contract came to."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from matcher.domain.contract import Contract
from matcher.errors import InvalidValue

WHOLE = Decimal(100)
"""Percent."""


def commission_at(percent: Decimal, value: int) -> int:
    """So many percent of a value, in whole units of its currency, half up.

    Raises InvalidValue for a share that is below 0 or above 100 percent.
    """
    if not 0 <= percent <= WHOLE:
        hint = "Write a share from 0 to 100, or the sum itself."
        raise InvalidValue(f"{percent} % is no share.", field="commission", hint=hint)
    return int((percent * value / WHOLE).quantize(Decimal(1), ROUND_HALF_UP))


def commission_percent(contract: Contract) -> float | None:
    """The commission as percent of the value; None where either isn't known, or nothing is due."""
    if contract.commission is None or not contract.value:
        return None
    return 100 * contract.commission / contract.value


def still_open(contract: Contract) -> int | None:
    """What of the value no payment was agreed for yet; None where the value isn't known."""
    if contract.value is None:
        return None
    return contract.value - (contract.payment.fixed if contract.payment else 0)
