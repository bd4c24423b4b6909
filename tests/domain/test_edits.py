"""Edits: which fields differ, and how."""

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain import Challenge, Contract, Deal, FollowUp, Manager, Need, Organisation, Outcome
from matcher.domain.contract import Payment
from matcher.domain.edits import FieldChange, changes
from matcher.domain.enums import Stage, TransferMode
from matcher.errors import UsageError

OUTCOME = Outcome(
    id="O1", title="导轨涂层", trl=6, keywords=("涂层",), valid_until=date(2026, 12, 31)
)


def test_equal_records_have_no_changes():
    assert changes(OUTCOME, replace(OUTCOME)) == ()


def test_changes_come_in_the_order_of_the_fields_with_both_values():
    after = replace(
        OUTCOME,
        stage=Stage.PILOT,
        trl=7,
        keywords=("涂层", "导轨"),
        valid_until=None,
        pay_after_use=True,
    )
    assert changes(OUTCOME, after) == (
        FieldChange("keywords", ("涂层",), ("涂层", "导轨")),
        FieldChange("trl", 6, 7),
        FieldChange("stage", None, Stage.PILOT),
        FieldChange("pay_after_use", False, True),
        FieldChange("valid_until", date(2026, 12, 31), None),
    )


def test_the_other_way_round_the_values_are_swapped():
    after = replace(OUTCOME, title="刀具涂层")
    assert changes(after, OUTCOME) == (FieldChange("title", "刀具涂层", "导轨涂层"),)


def test_another_id_is_a_change_too():
    assert changes(Organisation(id="U1"), Organisation(id="U2")) == (FieldChange("id", "U1", "U2"),)


def test_a_record_within_the_record_is_compared_field_by_field():
    before = FollowUp(id="F1", need="N1", outcome="O1", manager="M1", contract=Contract(value=100))
    sheet = Contract(value=200, mode=TransferMode.LICENSE, payment=Payment(upfront=50))
    after = replace(before, contract=sheet, next_action="催付款")
    assert changes(before, after) == (
        FieldChange("next_action", "", "催付款"),
        FieldChange("contract.mode", None, TransferMode.LICENSE),
        FieldChange("contract.value", 100, 200),
        FieldChange("contract.payment", None, Payment(upfront=50)),
    )
    assert changes(after, replace(after, contract=replace(sheet, payment=Payment(upfront=60)))) == (
        FieldChange("contract.payment.upfront", 50, 60),
    )


def test_a_record_within_that_comes_or_goes_is_one_change():
    call = Challenge(award=500_000)
    before, after = Need(id="N1"), Need(id="N1", challenge=call)
    assert changes(before, after) == (FieldChange("challenge", None, call),)
    assert changes(after, before) == (FieldChange("challenge", call, None),)


def test_a_list_is_one_change():
    before = Manager(id="M1", deals=(Deal(title="刀具"),))
    after = Manager(id="M1", deals=(Deal(title="刀具"), Deal(title="轴承")))
    assert changes(before, after) == (FieldChange("deals", before.deals, after.deals),)


def test_records_of_two_nouns_cannot_be_compared():
    with pytest.raises(UsageError, match="Need and Outcome") as refused:
        changes(Need(id="X1"), Outcome(id="X1"))
    assert refused.value.hint
