"""The contract as options."""

from __future__ import annotations

import pytest

from matcher.cli.followup_contract import contract_with
from matcher.domain.contract import Contract
from matcher.domain.enums import TransferMode
from matcher.errors import InvalidValue

NOTHING = dict.fromkeys(("mode", "contract_reg_no", "signed_on", "value", "commission"))


def test_what_is_given_replaces_what_the_sheet_says_and_the_rest_stays() -> None:
    before = Contract(value=5, commission=1)
    given = {**NOTHING, "value": 7, "mode": "license"}
    expected = Contract(value=7, commission=1, mode=TransferMode.LICENSE)
    assert contract_with(before, given) == expected
    assert contract_with(None, {**NOTHING, "value": 0}) == Contract(value=0)


def test_nothing_given_is_no_change() -> None:
    assert contract_with(Contract(value=5), NOTHING) is None


def test_a_sheet_that_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidValue):
        contract_with(Contract(value=5), {"technical_value": 6})
