"""The contract sheet as people read and print it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.domain.commission import commission_percent, still_open
from matcher.domain.contract import Contract, Payment
from matcher.domain.money import Money
from matcher.files.sheet_columns import FollowUpColumn as Field
from matcher.web.contract_form import INSTALMENTS
from matcher.web.say import Say

_FIELDS = (
    *(Field.MODE, Field.CONTRACT_REG_NO, Field.SIGNED_ON, Field.VALUE, Field.TECHNICAL_VALUE),
    *(Field.CURRENCY, Field.UPFRONT, Field.PAY_AFTER_USE, Field.ROYALTY_PERCENT, Field.COMMISSION),
)


@dataclass(frozen=True, slots=True)
class ContractLine:
    """A line of the sheet. value: "" for what isn't known yet; remark: what follows from it."""

    label: str
    value: str
    remark: str = ""


def contract_labels(say: Say) -> dict[str, str]:
    """The fields of the form and what they are called, in their order."""
    named = {field.value: say.label(field) for field in _FIELDS}
    for number in range(INSTALMENTS):
        one = number + 1
        named[f"amount_{number}"] = say("第 {n} 期金额", "Instalment {n}", n=one)
        named[f"due_{number}"] = say("第 {n} 期日期", "Day of instalment {n}", n=one)
    return named


def contract_shown(contract: Contract | None, say: Say) -> tuple[ContractLine, ...]:
    """The sheet line by line; nothing where there is none."""
    return tuple(_lines(contract, say)) if contract else ()


def _lines(sheet: Contract, say: Say) -> Iterator[ContractLine]:
    names = contract_labels(say)
    value = _sum(sheet.value, sheet, say)
    yield ContractLine(names["mode"], say.label(sheet.mode) if sheet.mode else "")
    yield ContractLine(names["contract_reg_no"], sheet.contract_reg_no)
    yield ContractLine(names["signed_on"], say.date(sheet.signed_on) if sheet.signed_on else "")
    yield ContractLine(names["value"], value)
    yield ContractLine(
        names["technical_value"], _sum(sheet.technical_value, sheet, say), _technical(sheet, say)
    )
    yield from _payment(sheet.payment or Payment(), sheet, say)
    yield ContractLine(
        names["commission"], _sum(sheet.commission, sheet, say), _commission(sheet, say)
    )


def _payment(payment: Payment, sheet: Contract, say: Say) -> Iterator[ContractLine]:
    names = contract_labels(say)
    if payment.upfront is not None:
        yield ContractLine(names["upfront"], _sum(payment.upfront, sheet, say))
    for number, part in enumerate(payment.instalments, start=1):
        day = say.date(part.due_on) if part.due_on else ""
        label = say("第 {n} 期", "Instalment {n}", n=number)
        yield ContractLine(label, _sum(part.amount, sheet, say), day)
    if payment.pay_after_use:
        yield ContractLine(names["pay_after_use"], say("是", "yes"))
    if payment.royalty_percent is not None:
        share = say.number(payment.royalty_percent, 2)
        royalty = say("销售额的 {n}%", "{n}% of sales", n=share)
        yield ContractLine(say("提成", "Royalty"), royalty)
    left = still_open(sheet)
    if payment.fixed and left:
        yield ContractLine(say("尚未约定付款", "Not yet scheduled"), _sum(left, sheet, say))


def _technical(sheet: Contract, say: Say) -> str:
    if not sheet.value or sheet.technical_value is None:
        return ""
    share = say.percent(sheet.technical_value / sheet.value)
    return say("占成交额 {n}", "{n} of the value", n=share)


def _commission(sheet: Contract, say: Say) -> str:
    share = commission_percent(sheet)
    if share is None:
        return ""
    return say("成交额的 {n}%", "{n}% of the value", n=say.number(share, 2))


def _sum(amount: int | None, sheet: Contract, say: Say) -> str:
    return "" if amount is None else Money(amount, sheet.currency).format(say.language)
