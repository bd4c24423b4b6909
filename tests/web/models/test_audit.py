"""What may be asked of the audit."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from matcher.domain.enums import Noun
from matcher.web.models.audit import AuditParams


def test_verbs_are_listed_with_commas_and_days_are_days() -> None:
    params = AuditParams.model_validate(
        {"verb": "shown,record_changed", "noun": "need", "id": "w1", "since": "2026-11-01"}
    )
    assert params.verb == ("shown", "record_changed")
    assert (params.noun, params.since, params.limit) == (Noun.NEED, date(2026, 11, 1), 50)


@pytest.mark.parametrize(
    "wrong",
    [
        {"verb": "SHOWN"},
        {"verb": "shown;"},
        {"noun": "song"},
        {"since": "yesterday"},
        {"limit": "0"},
        {"limit": "201"},
        {"all": "yes"},
    ],
)
def test_anything_else_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        AuditParams.model_validate(wrong)
