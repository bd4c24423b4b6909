"""What a plan may be asked to be, and an edit to do."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.actions.plan_edits import EditKind
from matcher.recommend.plan import RECOMMENDED_FAIRNESS
from matcher.web.models.plans import EditBody, PlanBody


def test_a_quota_is_enough() -> None:
    body = PlanBody.model_validate_json('{"quota": {"most": 5}}')
    assert (body.quota.least, body.needs, body.floor) == (0, (), None)
    assert body.fairness == RECOMMENDED_FAIRNESS


@pytest.mark.parametrize(
    "said",
    [
        "{}",
        '{"quota": {"most": 0}}',
        '{"quota": {"most": 1001}}',
        '{"quota": "1:5"}',
        '{"quota": {"most": 1}, "fairness": 2}',
        '{"quota": {"most": 1}, "needs": [""]}',
    ],
)
def test_what_no_plan_can_be(said: str) -> None:
    with pytest.raises(ValidationError):
        PlanBody.model_validate_json(said)


def test_an_edit_names_a_pair() -> None:
    body = EditBody.model_validate_json('{"do": "remove", "need": "w1", "outcome": "o1"}')
    assert (body.do, body.manager, body.version) == (EditKind.REMOVE, "", None)
    with pytest.raises(ValidationError):
        EditBody.model_validate_json('{"do": "remove", "need": "w1"}')
