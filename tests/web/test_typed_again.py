"""Why a form wasn't saved."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus

from matcher.domain.enums import Language
from matcher.errors import EditConflict, InvalidValue
from matcher.web.say import Say
from matcher.web.typed_again import typed_again

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ZH, EN = Say(Language.ZH, NOW), Say(Language.EN, NOW)
LABELS = {"value": "成交额"}


def test_a_conflict_tells_what_is_there_now_and_that_what_was_typed_is_safe() -> None:
    error = EditConflict("Somebody else changed it.", version=3)
    typed = typed_again("f", {"value": "5"}, error, EN, labels=LABELS, now={"value": "4"})
    assert typed.status == HTTPStatus.CONFLICT
    assert "still below" in typed.advice
    assert [(one.now, one.typed) for one in typed.differences] == [("4", "5")]
    assert typed.values == {"value": "5"}


def test_a_bad_value_is_told_at_its_field_without_a_comparison() -> None:
    error = InvalidValue("'x' is no amount.", field="value", hint="Write 5.")
    typed = typed_again("f", {"value": "x"}, error, ZH, labels=LABELS, now={"value": "4"})
    assert (typed.fault_field, typed.differences) == ("value", ())
    assert (typed.detail, typed.detail_tongue) == ("成交额填写有误。", "zh-Hans")
    unnamed = typed_again("f", {}, error, ZH)
    assert ("no amount" in unnamed.detail, unnamed.detail_tongue) == (True, "en")
    assert "no amount" in typed_again("f", {}, error, EN, labels=LABELS).detail


def test_a_form_may_know_the_reason_more_exactly() -> None:
    error = InvalidValue("'x' is no amount.", field="value")
    typed = typed_again("f", {}, error, ZH, reason="成交额太大。")
    assert (typed.detail, typed.detail_tongue) == ("成交额太大。", "zh-Hans")
    conflict = EditConflict("Somebody else changed it.", version=3)
    assert typed_again("f", {}, conflict, ZH, reason="成交额太大。").detail == ""


def test_a_pair_that_is_anothers_is_no_conflict_of_edits() -> None:
    error = EditConflict("Another manager has it.")
    assert "still below" not in typed_again("f", {}, error, EN).advice
