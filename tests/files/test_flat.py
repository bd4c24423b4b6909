"""A record as a row of plain values."""

from datetime import UTC, date, datetime

from matcher.domain.contract import Contract, Payment
from matcher.domain.enums import DeclineReason, FollowUpState, Noun
from matcher.domain.followup import FollowUp, Transition
from matcher.domain.need import Challenge, Need
from matcher.domain.record import Record
from matcher.files.flat import flatten
from matcher.files.sheet_columns import COLUMNS

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def cells(record: Record, noun: str) -> dict[str, object]:
    """What the row says, without its blanks."""
    pairs = zip(map(str, COLUMNS[noun]), flatten(record, noun), strict=True)
    return {name: value for name, value in pairs if value not in (None, "", ())}


def test_an_open_call_is_a_mark_and_two_columns() -> None:
    call = Challenge(award=5, deadline=date(2027, 1, 1))
    found = cells(Need(id="n", challenge=call), Noun.NEED)
    assert found["challenge"] is True
    assert (found["challenge_award"], found["challenge_deadline"]) == (5, date(2027, 1, 1))
    assert cells(Need(id="n"), Noun.NEED)["challenge"] is False


def test_a_follow_up_shows_its_last_step_and_its_contract() -> None:
    steps = (
        Transition(
            from_state=FollowUpState.SUGGESTED,
            to_state=FollowUpState.ACCEPTED,
            by="a",
            at=datetime(2026, 1, 1, tzinfo=UTC),
            why="first",
        ),
        Transition(
            from_state=FollowUpState.ACCEPTED,
            to_state=FollowUpState.DECLINED,
            by="a",
            at=NOON,
            reason=DeclineReason.PRICE,
        ),
    )
    record = FollowUp(
        id="f",
        need="n",
        outcome="o",
        manager="m",
        state=FollowUpState.DECLINED,
        history=steps,
        contract=Contract(value=9, payment=Payment(upfront=3)),
    )
    assert cells(record, Noun.FOLLOW_UP) == {
        "id": "f",
        "need": "n",
        "outcome": "o",
        "manager": "m",
        "state": FollowUpState.DECLINED,
        "at": NOON,
        "reason": DeclineReason.PRICE,
        "value": 9,
        "currency": "CNY",
        "upfront": 3,
        "pay_after_use": False,
    }


def test_a_new_follow_up_has_no_step_and_no_contract() -> None:
    record = FollowUp(id="f", need="n", outcome="o", manager="m")
    assert set(cells(record, Noun.FOLLOW_UP)) == {"id", "need", "outcome", "manager", "state"}


def test_what_the_platform_alone_knows_is_in_no_table() -> None:
    for noun, columns in COLUMNS.items():
        names = set(map(str, columns))
        assert not names & {"owner", "visible_to", "node", "same_person", "history"}, noun
