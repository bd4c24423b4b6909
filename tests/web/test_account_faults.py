"""Faults of an account's form: at the field, in the reader's language, and not in the error's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from matcher.domain.enums import Language
from matcher.errors import (
    DuplicateId,
    EditConflict,
    InvalidValue,
    MatcherError,
    NotAllowed,
    NotFound,
    UsageError,
)
from matcher.web.account_faults import account_fault, account_typed
from matcher.web.say import Say

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ZH, EN = Say(Language.ZH, NOW), Say(Language.EN, NOW)


@pytest.mark.parametrize(
    ("error", "field", "words"),
    [
        (DuplicateId("x", field="login"), "login", "already"),
        (InvalidValue("x", field="id"), "login", "without blanks"),
        (UsageError("x"), "", "last administrator"),
        (UsageError("x", field="days"), "days", "from 1 to 3,650"),
        (NotAllowed("x", field="old"), "old_password", "isn't your present"),
        (NotAllowed("x", field="old", locked=True), "old_password", "15 minutes"),
        (InvalidValue("x", field="password"), "new_password", "10 to 1,000"),
        (InvalidValue("x", field="scope"), "role", "one of your roles"),
        (NotFound("x", field="manager"), "manager", "isn't there any more"),
        (InvalidValue("x", field="manager", offered=()), "manager", "Nothing is called"),
        (InvalidValue("x", field="manager", offered=("a",)), "manager", "this one is meant"),
        (InvalidValue("x", field="form"), "form", "added an account before"),
        (NotAllowed("x", field="own"), "own", "My account"),
        (InvalidValue("x", field="manager", offered=("a", "b")), "manager", "Several"),
    ],
)
def test_each_has_words_at_its_field(error: MatcherError, field: str, words: str) -> None:
    told = account_fault(error, EN)
    assert told is not None
    assert told.field == field
    assert words in told.words
    chinese = account_fault(error, ZH)
    assert chinese is not None
    assert chinese.words != told.words
    assert "x" not in chinese.words


def test_what_has_no_words_here_is_told_as_elsewhere() -> None:
    assert account_fault(InvalidValue("What?", field="other"), EN) is None
    typed = account_typed("f", {}, InvalidValue("What?", field="other"), EN, labels={}, now={})
    assert (typed.status, typed.detail) == (422, "What?")


def test_a_conflict_shows_both() -> None:
    error = EditConflict("Changed.", version="2")
    typed = account_typed(
        "f", {"name": "Mine"}, error, EN, labels={"name": "Name"}, now={"name": "Theirs"}
    )
    assert typed.status == 409
    [one] = typed.differences
    assert (one.label, one.now, one.typed) == ("Name", "Theirs", "Mine")
