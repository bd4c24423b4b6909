"""The contract sheet as a form: what its fields show, and the contract that was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from matcher.domain.amounts import read_amounts, refusal
from matcher.domain.commission import commission_at
from matcher.domain.contract import Contract, Instalment, Payment
from matcher.domain.enums import TransferMode
from matcher.domain.money import parse_money
from matcher.errors import InvalidValue

FIELDS = ("mode", "contract_reg_no", "signed_on", "value", "technical_value", "currency")
PAYMENT = ("upfront", "pay_after_use", "royalty_percent", "commission")
INSTALMENTS = 12
"""Part payments that the form has room for; what comes by a program may have more."""
FRACTION, ABOVE_VALUE, NO_VALUE, NO_SUM = "fraction", "above_value", "no_value", "no_sum"
"""Why a field is refused, where that can be said in more words than that it is wrong."""
_PERCENT = re.compile(r"\s*(\d{1,3}(?:[.．]\d{1,4})?)\s*[%％]\s*")


def contract_values(contract: Contract | None) -> dict[str, str]:
    """The fields of the form for a contract."""
    sheet = contract or Contract()
    payment = sheet.payment or Payment()
    told: dict[str, object] = {
        **{name: getattr(sheet, name) for name in (*FIELDS, "commission")},
        **{name: getattr(payment, name) for name in PAYMENT if name != "commission"},
        "pay_after_use": "1" if payment.pay_after_use else "",
    }
    for number, part in enumerate(payment.instalments):
        told[f"amount_{number}"], told[f"due_{number}"] = part.amount, part.due_on
    return {name: "" if value is None else str(value) for name, value in told.items()}


def contract_of(form: Mapping[str, str]) -> Contract:
    """The contract that was typed. Raises InvalidValue, which names the field.

    Sums may be written as people do (50万, 500,000), but in whole units; a commission also as
    percent of the value.
    """
    currency = (_text(form, "currency") or "CNY").upper()
    value = _amount(form, "value", currency)
    technical = _amount(form, "technical_value", currency)
    if technical is not None and value is not None and technical > value:
        hint = "It is a part of the value."
        message = f"{technical} is more than the value, {value}."
        raise InvalidValue(message, field="technical_value", hint=hint, why=ABOVE_VALUE)
    mode = _text(form, "mode")
    return Contract(
        mode=TransferMode.parse(mode) if mode else None,
        contract_reg_no=_text(form, "contract_reg_no"),
        signed_on=day_of(_text(form, "signed_on"), "signed_on"),
        value=value,
        technical_value=technical,
        currency=currency,
        payment=_payment(form, currency),
        commission=_commission(form, currency, value),
    )


def day_of(text: str, field: str) -> date | None:
    """The day of a field of that kind, None for an empty one. Raises InvalidValue."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        hint = "Write it as 2027-01-31."
        raise InvalidValue(f"{text[:40]!r} is no day.", field=field, hint=hint) from None


def _payment(form: Mapping[str, str], currency: str) -> Payment | None:
    made = Payment(
        upfront=_amount(form, "upfront", currency),
        instalments=tuple(_instalments(form, currency)),
        pay_after_use=bool(_text(form, "pay_after_use")),
        royalty_percent=_royalty(_text(form, "royalty_percent")),
    )
    return None if made == Payment() else made


def _instalments(form: Mapping[str, str], currency: str) -> list[Instalment]:
    found = []
    for number in range(INSTALMENTS):
        amount = _amount(form, f"amount_{number}", currency)
        due_on = day_of(_text(form, f"due_{number}"), f"due_{number}")
        if amount is None and due_on is not None:
            hint = "Write how much, or clear the day."
            raise InvalidValue(
                "This part has no sum.", field=f"amount_{number}", hint=hint, why=NO_SUM
            )
        if amount is not None:
            found.append(Instalment(amount=amount, due_on=due_on))
    return found


def _commission(form: Mapping[str, str], currency: str, value: int | None) -> int | None:
    share = _PERCENT.fullmatch(_text(form, "commission"))
    if share is None:
        return _amount(form, "commission", currency)
    if value is None:
        hint = "Fill in the value, or write the sum itself."
        message = "Percent of what? There is no value."
        raise InvalidValue(message, field="commission", hint=hint, why=NO_VALUE)
    return commission_at(Decimal(share[1].replace("．", ".")), value)


def _royalty(text: str) -> float | None:
    if not text:
        return None
    share = _PERCENT.fullmatch(text if text.endswith(("%", "％")) else f"{text}%")
    if share is None:
        hint = "Write a number from 0 to 100, such as 3.5."
        raise InvalidValue(f"{text[:40]!r} is no share.", field="royalty_percent", hint=hint)
    return float(share[1].replace("．", "."))


def _amount(form: Mapping[str, str], name: str, currency: str) -> int | None:
    text = _text(form, name)
    if not text:
        return None
    try:
        money = parse_money(text, currency=currency)
    except InvalidValue as error:
        raise InvalidValue(error.message, field=name, hint=error.hint) from error
    if money is None:
        return None
    if money.low is None or money.low != money.high or money.currency != currency:
        problem = refusal(text, f"is not one amount in {currency}")
        raise InvalidValue(problem.message, field=name, hint="Write one sum, such as 500000.")
    _require_whole(text, name)
    return money.low


def _require_whole(text: str, name: str) -> None:
    """Refuse a fraction rather than round it: 4.5 is seldom meant as five yuan."""
    amounts = read_amounts(text)
    if amounts is not None and amounts.low is not None and amounts.low % 1:
        hint = "Write a whole sum, such as 45000 or 4.5万."
        raise InvalidValue(f"{text[:40]!r} has a fraction.", field=name, hint=hint, why=FRACTION)


def _text(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").strip()
