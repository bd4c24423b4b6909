"""The contract of a follow-up from the flat columns of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matcher.domain.dates import parse_date
from matcher.domain.enums import Currency, TransferMode
from matcher.domain.mapping import read
from matcher.domain.money import parse_money
from matcher.errors import InvalidValue
from matcher.files.cells import Cell, as_text
from matcher.files.draft import Draft

_DEFAULT_CURRENCY = "CNY"
_AMOUNTS = ("value", "technical_value", "commission")


def read_contract(draft: Draft) -> dict[str, Any]:
    """What the row says of a contract, as `Contract.from_mapping` reads it; {} for nothing.

    What can't be read is noted and left out.
    """
    currency = draft.read("currency", _currency)
    found: dict[str, Any] = {
        "mode": draft.read("mode", TransferMode.parse),
        "contract_reg_no": draft.text("contract_reg_no") or None,
        "signed_on": draft.read("signed_on", parse_date),
        "payment": _payment(draft, currency) or None,
    }
    for name in _AMOUNTS:
        found[name] = _amount(draft, name, currency)
    stated = {name: value for name, value in found.items() if value is not None}
    if currency and (stated or currency != _DEFAULT_CURRENCY):
        stated["currency"] = currency
    return stated


def _payment(draft: Draft, currency: str | None) -> dict[str, Any]:
    found = {
        "upfront": _amount(draft, "upfront", currency),
        "pay_after_use": draft.read("pay_after_use", _flag) or None,
        "royalty_percent": draft.read("royalty_percent", _percent),
    }
    return {name: value for name, value in found.items() if value is not None}


def _amount(draft: Draft, name: str, currency: str | None) -> int | None:
    """One amount in the contract's currency."""
    unit = draft.columns.unit(name)

    def parse(cell: Cell) -> int | None:
        money = parse_money(cell, unit=unit.scale, currency=currency or unit.currency)
        if money is None:
            return None
        if money.low != money.high or money.low is None:
            raise InvalidValue(f"{as_text(cell)!r} is not one amount.", hint="Write one amount.")
        if money.currency != (currency or _DEFAULT_CURRENCY):
            message = f"it is in {money.currency}, the contract in {currency or _DEFAULT_CURRENCY}."
            raise InvalidValue(message, hint="Name the currency in a column of its own.")
        return money.low

    return draft.read(name, parse)


def _currency(cell: Cell) -> str:
    text = as_text(cell)
    try:
        return Currency.parse(text).value
    except InvalidValue:
        if len(text) == 3 and text.isascii() and text.isalpha():
            return text.upper()
        raise


@dataclass(frozen=True, slots=True)
class _Stated:
    """A truth value or a number, for the domain's reader."""

    flag: bool = False
    number: float | None = None


def _flag(cell: Cell) -> bool:
    return read(_Stated, {"flag": cell}).flag


def _percent(cell: Cell) -> float | None:
    """5, "5%" and "5 ％"; a share such as 0.05 is taken as it stands."""
    plain = as_text(cell).rstrip("%％ ")
    found = read(_Stated, {"number": plain}).number
    if found is not None and not 0 <= found <= 100:
        raise InvalidValue(f"{as_text(cell)!r} is not a percentage.", hint="Write 0 to 100.")
    return found
