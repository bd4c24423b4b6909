"""Which jobs may be listed, and what may be exported."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.domain.job import JobKind, JobState
from matcher.files.export import SUFFIXES
from matcher.web.models.jobs import ExportBody, JobsParams


def test_kinds_and_states_are_written_with_commas() -> None:
    params = JobsParams.model_validate({"kind": "import,export", "state": "failed"})
    assert params.kind == (JobKind.IMPORT, JobKind.EXPORT)
    assert params.state == (JobState.FAILED,)


def test_every_kind_of_file_that_is_written_may_be_asked_for() -> None:
    for suffix in SUFFIXES:
        told = {"noun": "outcome", "format": suffix.removeprefix(".")}
        assert ExportBody.model_validate(told)


@pytest.mark.parametrize("told", [{"noun": "account"}, {"noun": "need", "format": "exe"}])
def test_what_is_not_exported(told: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        ExportBody.model_validate(told)
