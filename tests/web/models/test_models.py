"""What a training and a publication may be told."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.bundle.remarks import LONGEST
from matcher.web.models.models import PublishBody, RollbackBody, TrainingBody


def test_nothing_needs_to_be_said() -> None:
    body = TrainingBody.model_validate_json("{}")
    assert (body.publish, body.fresh, body.seed, body.why) == (True, False, 0, "")
    assert PublishBody.model_validate_json("{}").why == ""
    assert RollbackBody.model_validate_json("{}").version == ""


@pytest.mark.parametrize("said", ['{"seed": -1}', '{"publish": "yes"}', '{"recipe": "/etc"}'])
def test_what_a_training_does_not_take(said: str) -> None:
    """Least of all the path of a file."""
    with pytest.raises(ValidationError):
        TrainingBody.model_validate_json(said)


def test_a_reason_is_as_long_as_what_is_kept_of_it() -> None:
    with pytest.raises(ValidationError):
        PublishBody.model_validate({"why": "x" * (LONGEST + 1)})
