"""The contract sheet as a form."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.contract import Contract, Instalment, Payment
from matcher.domain.enums import TransferMode
from matcher.errors import InvalidValue
from matcher.web.contract_form import INSTALMENTS, contract_of, contract_values, day_of

amounts = st.none() | st.integers(0, 10**12)
parts = st.lists(
    st.builds(Instalment, amount=st.just(0), due_on=st.none() | st.dates(date(1990, 1, 1))),
    max_size=INSTALMENTS,
).map(tuple)
payments = st.builds(
    Payment,
    instalments=parts,
    pay_after_use=st.booleans(),
    royalty_percent=st.none() | st.integers(0, 1000).map(lambda number: number / 10),
)
contracts = st.builds(
    Contract,
    mode=st.none() | st.sampled_from(TransferMode),
    contract_reg_no=st.text("A19-", max_size=9),
    signed_on=st.none() | st.dates(date(1990, 1, 1)),
    value=amounts,
    currency=st.sampled_from(["CNY", "USD"]),
    payment=payments.map(lambda one: None if one == Payment() else one),
    commission=amounts,
)


@given(contracts)
def test_a_form_that_nobody_touches_changes_nothing(contract: Contract) -> None:
    assert contract_of(contract_values(contract)) == contract


def test_an_empty_form_is_an_empty_sheet() -> None:
    assert contract_of({}) == Contract()
    assert contract_of(contract_values(None)) == Contract()


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"value": "80万"}, Contract(value=800_000)),
        ({"value": " 800,000 "}, Contract(value=800_000)),
        ({"value": "80万", "commission": "5%"}, Contract(value=800_000, commission=40_000)),
        ({"value": "1000", "commission": "2.5％"}, Contract(value=1000, commission=25)),
        ({"commission": "4.5万"}, Contract(commission=45_000)),
        ({"commission": "4.5 万元"}, Contract(commission=45_000)),
        ({"commission": "45000.00"}, Contract(commission=45_000)),
        ({"royalty_percent": "3.5 %"}, Contract(payment=Payment(royalty_percent=3.5))),
        (
            {"amount_1": "5", "due_1": "2027-01-31", "value": "9"},
            Contract(
                value=9,
                payment=Payment(instalments=(Instalment(amount=5, due_on=date(2027, 1, 31)),)),
            ),
        ),
    ],
)
def test_sums_are_read_as_people_write_them(form: dict[str, str], expected: Contract) -> None:
    assert contract_of(form) == expected


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"value": "some"}, "value"),
        ({"value": "3-5万"}, "value"),
        ({"value": "USD 5"}, "value"),
        ({"commission": "5%"}, "commission"),
        ({"commission": "4.5"}, "commission"),
        ({"value": "1.23456万"}, "value"),
        ({"value": "10", "technical_value": "11"}, "technical_value"),
        ({"amount_0": "0.5"}, "amount_0"),
        ({"value": "100", "commission": "101%"}, "commission"),
        ({"royalty_percent": "many"}, "royalty_percent"),
        ({"signed_on": "yesterday"}, "signed_on"),
        ({"due_0": "2027-01-31"}, "amount_0"),
        ({"value": "10", "upfront": "11"}, "payment"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(form: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        contract_of(form)
    assert refused.value.where["field"] == field


def test_a_day_may_be_left_out() -> None:
    assert day_of(" ", "due_on") is None
    assert day_of("2027-01-31", "due_on") == date(2027, 1, 31)
