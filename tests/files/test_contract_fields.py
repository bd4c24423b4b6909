"""A contract from flat columns."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from matcher.domain.enums import TransferMode
from matcher.files.contract_fields import read_contract
from matcher.files.draft import Draft
from matcher.files.vocabulary import Unit

Make = Callable[..., Draft]


def test_every_column_finds_its_place(draft: Make) -> None:
    row = draft(
        {"value": Unit(10_000, "CNY")},
        mode="技术许可",
        contract_reg_no="2026-7",
        signed_on="2026年3月1日",
        value=60,
        technical_value="50万",
        commission="30000元",
        upfront=100_000,
        pay_after_use="是",
        royalty_percent="2.5%",
    )
    assert read_contract(row) == {
        "mode": TransferMode.LICENSE,
        "contract_reg_no": "2026-7",
        "signed_on": date(2026, 3, 1),
        "payment": {"upfront": 100_000, "pay_after_use": True, "royalty_percent": 2.5},
        "value": 600_000,
        "technical_value": 500_000,
        "commission": 30_000,
    }
    assert not row.problems


@pytest.mark.parametrize(
    ("values", "contract"),
    [
        ({}, {}),
        ({"value": "面议"}, {}),
        ({"currency": "CNY"}, {}),
        ({"currency": "美元", "value": 5}, {"value": 5, "currency": "USD"}),
    ],
)
def test_little_said_is_little_stored(
    draft: Make, values: dict[str, Any], contract: dict[str, Any]
) -> None:
    row = draft(**values)
    assert read_contract(row) == contract
    assert not row.problems


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("value", "3-5万"),
        ("value", "USD 5k"),
        ("mode", "barter"),
        ("royalty_percent", "120%"),
        ("royalty_percent", "a lot"),
        ("signed_on", "soon"),
        ("currency", "gold"),
        ("pay_after_use", "perhaps"),
    ],
)
def test_what_cannot_be_read_is_noted(draft: Make, field: str, cell: str) -> None:
    row = draft(**{field: cell})
    assert read_contract(row) == {}
    assert row.original == {field: cell}
    assert [problem.field for problem in row.problems] == [field]
