"""Keys of records: what is written in several ways is one, what says nothing is none."""

from __future__ import annotations

import pytest

from matcher.actions.sure_keys import Key, keys_of, pair, sure_pairs, text_key
from matcher.domain.identity import Identities
from matcher.domain.manager import Manager
from matcher.domain.need import Need
from matcher.domain.organisation import Organisation
from matcher.domain.outcome import Outcome

CODE = "12330000470095016Q"
UNIVERSITY = Organisation(id="u1", name="江南大学", aliases=("Jiangnan University",))
NOBODY = Identities(())


def outcome(id_: str, **more: object) -> Outcome:
    return Outcome(id=id_, **more)  # type: ignore[arg-type]


def test_a_register_number_counts_however_it_is_written() -> None:
    found = sure_pairs(
        [outcome("a", reg_no="9332025Y-0001"), outcome("b", reg_no="９３３２０２５y 0001")], NOBODY
    )
    assert found == {("a", "b"): {Key.NUMBER}}


@pytest.mark.parametrize("number", ["", "无", "待定", "N/A", "202"])
def test_what_stands_in_the_column_for_none_is_no_number(number: str) -> None:
    records = [outcome("a", reg_no=number), outcome("b", reg_no=number)]
    assert sure_pairs(records, NOBODY) == {}


def test_the_same_text_is_found_across_scripts_and_punctuation() -> None:
    one = Need(id="a", title="锂电池回收", problem="废旧锂电池电芯的钴锂回收,要求回收率不低于95%。")
    other = Need(
        id="b", title="鋰電池回收", problem="廢舊鋰電池電芯的鈷鋰回收，要求回收率不低於95%"
    )
    assert sure_pairs([one, other], NOBODY) == {("a", "b"): {Key.TEXT}}


def test_another_figure_is_another_text() -> None:
    one, other = (f"Pump with a flow of {flow} litres a minute" for flow in (40, 45))
    assert text_key(one) != text_key(other) != ""


def test_a_text_too_short_to_tell_is_no_key() -> None:
    assert text_key("石墨烯") == ""


def test_organisations_are_found_by_code_and_by_any_name() -> None:
    records = [
        Organisation(id="a", name="江南大学", credit_code=CODE),
        Organisation(id="b", name="江南大學"),
        Organisation(id="c", name="East School", aliases=("江南大学",), credit_code=CODE),
        Organisation(id="d", name="别的大学"),
    ]
    found = sure_pairs(records, NOBODY)
    assert found == {("a", "b"): {Key.NAME}, ("a", "c"): {Key.NAME, Key.CREDIT_CODE}}


def test_a_manager_is_known_by_name_and_agency_however_that_is_named() -> None:
    identities = Identities([UNIVERSITY])
    records = [
        Manager(id="a", name="某甲", agency="江南大学"),
        Manager(id="b", name="某甲", agency="Jiangnan University"),
        Manager(id="c", name="某甲", agency="别的大学"),
        Manager(id="d", name="某甲"),
    ]
    assert sure_pairs(records, identities) == {("a", "b"): {Key.NAME_AND_AGENCY}}


def test_a_registration_finds_a_manager_under_another_name() -> None:
    records = [
        Manager(id="a", name="某甲", registration="沪-2024-0012"),
        Manager(id="b", name="Jia Mou", registration="沪20240012"),
    ]
    assert sure_pairs(records, NOBODY) == {("a", "b"): {Key.REGISTRATION}}


def test_of_many_with_one_key_each_is_paired_with_the_first() -> None:
    records = [outcome(id_, reg_no="20250001") for id_ in "abcd"]
    assert sorted(sure_pairs(records, NOBODY)) == [("a", "b"), ("a", "c"), ("a", "d")]


def test_only_pairs_with_one_of_the_ids_are_asked_for() -> None:
    records = [outcome(id_, reg_no="20250001") for id_ in "abcd"]
    assert sorted(sure_pairs(records, NOBODY, {"c"})) == [("a", "c")]
    assert sorted(sure_pairs(records, NOBODY, {"a"})) == [("a", "b")]
    assert sure_pairs(records, NOBODY, {"z"}) == {}
    assert sorted(sure_pairs(records, NOBODY, set("abcd"))) == [("a", "b"), ("a", "c"), ("a", "d")]


def test_a_pair_is_named_in_one_order() -> None:
    assert pair("b", "a") == pair("a", "b") == ("a", "b")


def test_a_record_without_anything_has_no_key() -> None:
    assert list(keys_of(outcome("a"), NOBODY)) == []
