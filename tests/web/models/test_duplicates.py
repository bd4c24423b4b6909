"""Which duplicates may be asked for, and merged."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.store.merges import MergeState
from matcher.web.models.duplicates import DuplicatesParams, PairBody


def test_those_that_wait_for_a_decision_are_meant_unless_said_otherwise() -> None:
    params = DuplicatesParams.model_validate({})
    assert (params.noun, params.state) == (None, MergeState.PROPOSED)


@pytest.mark.parametrize("noun", ["account", "followup", ""])
def test_only_records_are_merged(noun: str) -> None:
    with pytest.raises(ValidationError):
        PairBody.model_validate({"noun": noun, "kept": "a", "dropped": "b"})
