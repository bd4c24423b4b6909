"""Contract 合同: what a follow-up came to: how, when, for how much, paid in which way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from matcher.domain.checks import require_amount, require_between, require_currency, require_order
from matcher.domain.enums import TransferMode
from matcher.domain.money import Money
from matcher.domain.record import Record
from matcher.errors import InvalidValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment(Record):
    """A part payment in the contract's currency and the day it falls due, if one was agreed."""

    amount: int
    due_on: dt.date | None = None

    def __post_init__(self) -> None:
        require_amount(self.amount, "amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Record):
    """How a contract is paid; the ways may be combined.

    `upfront` and instalments are in the contract's currency; `pay_after_use` (先用后付) means that
    nothing falls due before the technology has proved itself; `royalty_percent` (提成) is the
    share of sales, 0 to 100.
    """

    upfront: int | None = None
    instalments: tuple[Instalment, ...] = ()
    pay_after_use: bool = False
    royalty_percent: float | None = None

    def __post_init__(self) -> None:
        require_amount(self.upfront, "upfront")
        require_between(self.royalty_percent, 0, 100, "royalty_percent")

    @property
    def fixed(self) -> int:
        """What is owed whatever is sold: upfront and instalments."""
        return (self.upfront or 0) + sum(part.amount for part in self.instalments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Record):
    """The contract sheet; facts come in over weeks, so that all of them may be absent.

    `value` is 成交额, `technical_value` the part of it that is technology and not equipment
    (技术交易额), `commission` 佣金, all in `currency`; `contract_reg_no` is given by the office
    that registers technology contracts.
    """

    mode: TransferMode | None = None
    contract_reg_no: str = ""
    signed_on: dt.date | None = None
    value: int | None = None
    technical_value: int | None = None
    currency: str = "CNY"
    payment: Payment | None = None
    commission: int | None = None

    def __post_init__(self) -> None:
        require_order(self.technical_value, self.value, "technical_value", "value")
        require_amount(self.commission, "commission")
        require_currency(self.currency)
        if self.payment and self.value is not None and self.payment.fixed > self.value:
            raise InvalidValue(
                f"Upfront and instalments come to {self.payment.fixed}, the value is {self.value}.",
                field="payment",
                hint="Correct the instalments or the value.",
            )

    @property
    def worth(self) -> Money | None:
        """The value with its currency, None where it is unknown."""
        return None if self.value is None else Money(self.value, self.currency)
