"""Commission as a share of a contract's value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.commission import commission_at, commission_percent, still_open
from matcher.domain.contract import Contract, Instalment, Payment
from matcher.errors import InvalidValue


@pytest.mark.parametrize(
    ("percent", "value", "sum_"),
    [("5", 800_000, 40_000), ("2.5", 101, 3), ("0", 99, 0), ("100", 7, 7), ("0.5", 100, 1)],
)
def test_a_share_is_rounded_half_up(percent: str, value: int, sum_: int) -> None:
    assert commission_at(Decimal(percent), value) == sum_


@given(st.decimals(0, 100, places=2), st.integers(0, 10**12))
def test_a_share_is_never_more_than_the_whole(percent: Decimal, value: int) -> None:
    assert 0 <= commission_at(percent, value) <= value


@pytest.mark.parametrize("percent", ["-1", "100.01"])
def test_what_is_no_share_is_refused(percent: str) -> None:
    with pytest.raises(InvalidValue, match="share"):
        commission_at(Decimal(percent), 100)


def test_the_share_of_a_contract_is_told_where_both_are_known() -> None:
    assert commission_percent(Contract(value=200_000, commission=7_000)) == pytest.approx(3.5)
    assert commission_percent(Contract(value=200_000)) is None
    assert commission_percent(Contract(commission=5)) is None
    assert commission_percent(Contract(value=0, commission=0)) is None


def test_what_no_payment_was_agreed_for_is_open() -> None:
    payment = Payment(upfront=30, instalments=(Instalment(amount=20),))
    assert still_open(Contract(value=100, payment=payment)) == 50
    assert still_open(Contract(value=100)) == 100
    assert still_open(Contract(payment=payment)) is None
