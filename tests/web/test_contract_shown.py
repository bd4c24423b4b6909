"""The contract sheet as it is read."""

from __future__ import annotations

from datetime import UTC, date, datetime

from matcher.domain.contract import Contract, Instalment, Payment
from matcher.domain.enums import Language, TransferMode
from matcher.web.contract_form import contract_values
from matcher.web.contract_shown import contract_labels, contract_shown
from matcher.web.say import Say

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ZH, EN = Say(Language.ZH, NOW), Say(Language.EN, NOW)
SHEET = Contract(
    mode=TransferMode.LICENSE,
    signed_on=date(2026, 10, 1),
    value=800_000,
    technical_value=600_000,
    payment=Payment(
        upfront=300_000,
        instalments=(Instalment(amount=200_000, due_on=date(2027, 1, 31)),),
        royalty_percent=3.5,
        pay_after_use=True,
    ),
    commission=40_000,
)


def test_the_sheet_says_what_is_known_and_what_follows_from_it() -> None:
    told = {line.label: (line.value, line.remark) for line in contract_shown(SHEET, EN)}
    assert told["Contract value"] == ("CNY 800k", "")
    assert told["Technical value"] == ("CNY 600k", "75% of the value")
    assert told["Commission"] == ("CNY 40k", "5% of the value")
    assert told["Instalment 1"] == ("CNY 200k", "31 January 2027")
    assert told["Not yet scheduled"] == ("CNY 300k", "")
    assert told["Royalty"] == ("3.5% of sales", "")
    assert told["Contract registration number"] == ("", "")


def test_in_chinese_too_and_nothing_where_there_is_none() -> None:
    told = {line.label: (line.value, line.remark) for line in contract_shown(SHEET, ZH)}
    assert told["成交额"] == ("80 万元", "")
    assert told["佣金"] == ("4 万元", "成交额的 5%")
    assert contract_shown(None, ZH) == ()
    assert "尚未约定付款" not in {line.label for line in contract_shown(Contract(value=1), ZH)}


def test_every_field_of_the_form_has_a_label() -> None:
    assert contract_values(SHEET).keys() <= contract_labels(EN).keys()
