"""Contracts: sums that have to fit together."""

import pytest

from matcher.domain.contract import Contract, Instalment, Payment
from matcher.domain.enums import TransferMode
from matcher.domain.money import Money
from matcher.errors import InvalidValue


def test_a_contract_sheet_is_read():
    contract = Contract.from_mapping(
        {
            "mode": "技术许可",
            "contract_reg_no": "2026610100001234",
            "signed_on": "2026-03-01",
            "value": 500000,
            "technical_value": 450000,
            "payment": {
                "upfront": 200000,
                "instalments": [{"amount": 100000, "due_on": "2026年底"}, {"amount": 200000}],
                "royalty_percent": 3.5,
            },
            "commission": 25000,
        }
    )
    assert contract.mode is TransferMode.LICENSE
    assert contract.payment is not None
    assert contract.payment.fixed == 500_000
    assert contract.worth == Money(500_000)


def test_an_empty_sheet_is_one_to_be_filled_in():
    assert Contract().worth is None
    assert Payment(pay_after_use=True).fixed == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": 100, "technical_value": 200}, "technical_value"),
        ({"commission": -1}, "commission"),
        (
            {"value": 100, "payment": Payment(upfront=60, instalments=(Instalment(amount=41),))},
            "payment",
        ),
    ],
)
def test_sums_that_do_not_fit_are_refused(wrong, field):
    with pytest.raises(InvalidValue) as refused:
        Contract(**wrong)
    assert refused.value.where == {"field": field}


def test_a_payment_of_exactly_the_value_fits():
    assert Contract(value=100, payment=Payment(upfront=100)).value == 100


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"royalty_percent": 101}, "royalty_percent"), ({"upfront": -1}, "upfront")],
)
def test_a_payment_that_cannot_be_is_refused(wrong, field):
    with pytest.raises(InvalidValue) as refused:
        Payment(**wrong)
    assert refused.value.where == {"field": field}
