"""What may be said with an interest, and which of them may be asked for."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from matcher.domain.interest import LONGEST_CONTACT, LONGEST_TEXT, InterestState
from matcher.web.models.interests import DeclineInterestBody, InterestBody, InterestsParams


def test_an_outcome_is_enough() -> None:
    body = InterestBody.model_validate_json('{"outcome": "o1"}')
    assert (body.outcome, body.need, body.text, body.contact) == ("o1", "", "", "")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"outcome": ""},
        {"outcome": "o1", "text": "x" * (LONGEST_TEXT + 1)},
        {"outcome": "o1", "contact": "x" * (LONGEST_CONTACT + 1)},
        {"outcome": "o1", "account": "somebody"},
    ],
)
def test_what_can_not_be_said(said: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        InterestBody.model_validate_json(json.dumps(said))


def test_a_decline_says_why() -> None:
    with pytest.raises(ValidationError):
        DeclineInterestBody.model_validate_json("{}")


def test_states_are_written_with_commas() -> None:
    states = InterestsParams.model_validate({"state": "unrouted,routed"}).state
    assert states == (InterestState.UNROUTED, InterestState.ROUTED)
