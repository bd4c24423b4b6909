"""What may be said of a pair, and of which list."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from matcher.actions.decisions import Decision
from matcher.domain.enums import DeclineReason
from matcher.web.models.worklist import DecisionBody, DeclineBody, SnoozeBody, WorklistParams

PAIR = {"need": "w1", "outcome": "o1"}


def test_a_decision_is_read_from_json() -> None:
    said = {**PAIR, "decision": "snooze", "until": "2027-01-01", "version": 0}
    body = DecisionBody.model_validate_json(json.dumps(said))
    assert (body.decision, body.until, body.version) == (Decision.SNOOZE, date(2027, 1, 1), 0)


def test_a_list_has_twenty_rows_of_today_unless_told() -> None:
    assert WorklistParams() == WorklistParams(size=20, on=None)
    assert WorklistParams.model_validate({"on": "2026-11-01"}).on == date(2026, 11, 1)


@pytest.mark.parametrize(
    "more",
    [
        {"decision": "later"},
        {"decision": "accept", "version": "1"},
        {"decision": "accept", "version": -1},
        {"decision": "decline", "reason": "dull"},
        {"decision": "accept", "why": "x" * 2001},
        {"decision": "accept", "manager": "m1"},
        {"decision": "accept", "need": ""},
    ],
)
def test_anything_else_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        DecisionBody.model_validate_json(json.dumps({**PAIR, **more}))


def test_a_decline_needs_its_reason_and_a_snooze_its_day() -> None:
    assert DeclineBody.model_validate_json('{"reason": "price"}').reason is DeclineReason.PRICE
    for body in (DeclineBody, SnoozeBody):
        with pytest.raises(ValidationError):
            body.model_validate_json("{}")
