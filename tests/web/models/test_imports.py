"""What is said with a file."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from werkzeug.datastructures import FileStorage

from matcher.web.models.imports import ImportForm


def test_a_file_and_what_is_in_it_are_enough() -> None:
    form = ImportForm.model_validate({"file": FileStorage(), "noun": "need", "dry_run": "true"})
    assert (form.dry_run, form.partial, form.mapping, form.node) == (True, False, "", "")


@pytest.mark.parametrize(
    "said",
    [
        {"noun": "need"},
        {"file": FileStorage()},
        {"file": FileStorage(), "noun": "account"},
        {"file": FileStorage(), "noun": "need", "report": "report.csv"},
        {"file": "o1,title", "noun": "need"},
    ],
)
def test_what_can_not_be_imported(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ImportForm.model_validate(said)
