"""What may be asked of follow-ups, and contract sheets as the actions take them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import pytest
from pydantic import ValidationError

from matcher.domain.contract import Contract, Instalment, Payment
from matcher.domain.enums import FollowUpState, TransferMode
from matcher.errors import InvalidValue
from matcher.web.models.followups import ContractBody, FollowUpsParams, TransitionBody

SHEET = Contract(
    mode=TransferMode.LICENSE,
    contract_reg_no="2026-1",
    signed_on=date(2026, 11, 2),
    value=100,
    technical_value=90,
    currency="EUR",
    payment=Payment(
        upfront=5,
        instalments=(Instalment(amount=3, due_on=date(2027, 1, 1)), Instalment(amount=4)),
        pay_after_use=True,
        royalty_percent=3.5,
    ),
    commission=7,
)


@pytest.mark.parametrize("sheet", [SHEET, Contract()])
def test_a_whole_sheet_comes_through(sheet: Contract) -> None:
    said = json.dumps({**asdict(sheet), "version": 3}, default=str)
    body = ContractBody.model_validate_json(said)
    assert (body.made(), body.version) == (sheet, 3)
    step = {"to": "contract_signed", "contract": asdict(sheet)}
    moved = TransitionBody.model_validate_json(json.dumps(step, default=str))
    assert moved.contract is not None
    assert moved.contract.made() == sheet


def test_a_sheet_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(InvalidValue, match="technical_value"):
        ContractBody(value=1, technical_value=2).made()


@pytest.mark.parametrize(
    "said",
    [{"value": 1.5}, {"value": -1}, {"currency": "yuan"}, {"mode": "gift"}, {"paid": True}],
)
def test_what_is_no_sheet_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ContractBody.model_validate_json(json.dumps(said))


def test_states_are_written_with_commas() -> None:
    params = FollowUpsParams.model_validate({"state": "suggested,on_hold"})
    assert params.state == (FollowUpState.SUGGESTED, FollowUpState.ON_HOLD)
    with pytest.raises(ValidationError):
        FollowUpsParams.model_validate({"state": "lost"})
