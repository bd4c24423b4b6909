"""Follow-ups from a table."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from matcher.domain.contract import Contract
from matcher.domain.enums import DeclineReason, FollowUpState
from matcher.domain.followup import FollowUp
from matcher.errors import InvalidValue
from matcher.files.draft import Draft
from matcher.files.followup_rows import BY_IMPORT, build_followup, read_followup
from matcher.files.own_rows import Place
from matcher.files.row_report import RowCode

Make = Callable[..., Draft]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAIR = {"need": "n1", "outcome": "o1", "manager": "m1"}


def made(row: Draft, place: Place = Place()) -> FollowUp:  # noqa: B008
    read_followup(row, place)
    row.fields["id"] = "f1"
    return build_followup(row)


def test_a_pair_without_a_state_is_suggested(draft: Make) -> None:
    found = made(draft(**PAIR, next_action="打电话", due_on="2026年5月"))
    assert found == FollowUp(id="f1", **PAIR, next_action="打电话", due_on=date(2026, 5, 31))


def test_a_state_gets_one_step_at_its_date(draft: Make) -> None:
    found = made(draft(**PAIR, state="已联系", at="2026-03-01T12:00:00Z", why="电话"))
    (step,) = found.history
    assert (step.from_state, step.to_state) == (FollowUpState.SUGGESTED, FollowUpState.CONTACTED)
    assert (step.by, step.at, step.why) == (BY_IMPORT, NOON, "电话")
    assert found.state is FollowUpState.CONTACTED


def test_a_missing_date_is_that_of_the_import_or_refuses(draft: Make) -> None:
    row = {**PAIR, "state": "contacted"}
    assert made(draft(**row), Place(at=NOON)).history[0].at == NOON
    with pytest.raises(InvalidValue) as caught:
        made(draft(**row))
    assert caught.value.values["row_code"] is RowCode.MISSING_VALUE


@pytest.mark.parametrize(
    ("facts", "reason", "why"),
    [
        ({"reason": "太早"}, DeclineReason.TOO_EARLY, ""),
        ({"reason": "price", "why": "too dear"}, DeclineReason.PRICE, "too dear"),
        ({"reason": "老板不同意", "why": "x"}, DeclineReason.OTHER, "老板不同意 x"),
        ({"why": "no answer"}, DeclineReason.OTHER, "no answer"),
    ],
)
def test_a_decline_has_a_reason_or_its_words(
    draft: Make, facts: dict[str, str], reason: DeclineReason, why: str
) -> None:
    found = made(draft(**PAIR, state="declined", **facts), Place(at=NOON))
    assert (found.history[0].reason, found.history[0].why) == (reason, why)


def test_a_hold_and_a_duplicate_carry_what_goes_with_them(draft: Make) -> None:
    place = Place("zj", at=NOON)
    held = made(draft(**PAIR, state="搁置", until="2027-01-01"), place)
    twin = made(draft(**PAIR, state="重复", of="f0"), place)
    assert held.history[0].until == date(2027, 1, 1)
    assert twin.history[0].of == "zj:f0"
    assert (twin.need, twin.outcome, twin.manager) == ("zj:n1", "zj:o1", "zj:m1")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"need": None}, RowCode.MISSING_VALUE),
        ({"manager": " "}, RowCode.MISSING_VALUE),
        ({"state": "somewhere"}, RowCode.INVALID_VALUE),
        ({"state": "declined"}, RowCode.MISSING_VALUE),
        ({"state": "registered"}, RowCode.MISSING_VALUE),
        ({"value": -1}, RowCode.BELOW_ZERO),
    ],
)
def test_what_is_missing_or_wrong_refuses(
    draft: Make, changes: dict[str, Any], code: RowCode
) -> None:
    with pytest.raises(InvalidValue) as caught:
        made(draft(**PAIR | changes), Place(at=NOON))
    assert caught.value.values["row_code"] is code
    assert caught.value.hint


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "on_hold"},
        {"state": "on_hold", "until": "2020-01-01"},
        {"value": 5, "technical_value": 9},
        {"value": 5, "upfront": 9},
    ],
)
def test_what_contradicts_itself_refuses_the_row(draft: Make, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        made(draft(**PAIR, **changes), Place(at=NOON))


def test_a_contract_comes_along(draft: Make) -> None:
    row = draft(**PAIR, state="registered", contract_reg_no="2026-7", value="5万")
    found = made(row, Place(at=NOON))
    assert found.contract == Contract(contract_reg_no="2026-7", value=50_000)
    assert row.original == {"value": "5万"}
