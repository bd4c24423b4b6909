"""Labelled enums: parsing what people write, and labels in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import FollowUpState, Grade, Stage, TransferMode
from matcher.domain.labels import Labelled
from matcher.errors import InvalidValue


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("license", TransferMode.LICENSE),
        ("许可", TransferMode.LICENSE),
        ("技术许可", TransferMode.LICENSE),
        ("Licence", TransferMode.LICENSE),
        ("Non-exclusive  licence", TransferMode.LICENSE),
        ("技术许可（独占）", TransferMode.LICENSE),
        ("作价投资", TransferMode.EQUITY),
        ("技术入股", TransferMode.EQUITY),
        ("ＥＱＵＩＴＹ", TransferMode.EQUITY),
        (" r&d ", TransferMode.DEVELOPMENT),
        ("Spin-off", TransferMode.INCUBATION),
        ("spinoff", TransferMode.INCUBATION),
    ],
)
def test_codes_labels_and_variants_are_understood(text, mode):
    assert TransferMode.parse(text) is mode


@pytest.mark.parametrize("text", ["", "()", "许", "licenses to kill", None, 3])
def test_anything_else_is_refused_with_what_is_accepted(text):
    with pytest.raises(InvalidValue) as refused:
        TransferMode.parse(text)
    assert "transfer mode" in refused.value.message
    assert "license (技术许可)" in (refused.value.hint or "")
    assert refused.value.values["accepted"] == tuple(TransferMode)


def test_a_long_cell_is_not_repeated_in_full():
    with pytest.raises(InvalidValue) as refused:
        Stage.parse("中试" * 5000)
    assert len(refused.value.message) < 150


@pytest.mark.parametrize(
    "text", ["作价投资、许可;转让", "transfer / licence | equity", "转让+许可\n入股,许可"]
)
def test_several_are_split_and_put_in_order(text):
    expected = (TransferMode.TRANSFER, TransferMode.LICENSE, TransferMode.EQUITY)
    assert TransferMode.parse_many(text) == expected


def test_one_bad_name_among_several_is_refused():
    with pytest.raises(InvalidValue, match="面谈"):
        TransferMode.parse_many("许可、面谈")


@given(st.lists(st.sampled_from(TransferMode)))
def test_equal_sets_come_out_as_equal_tuples(modes):
    ordered = TransferMode.in_order(modes)
    assert set(ordered) == set(modes)
    assert ordered == TransferMode.in_order(reversed(modes))
    assert TransferMode.parse_many("、".join(mode.zh for mode in modes)) == ordered


def test_a_member_is_its_code_and_has_a_label_in_each_language():
    assert FollowUpState.NDA_SIGNED == "nda_signed"
    assert Grade.SENIOR.label("zh") == "高级"
    assert Grade.SENIOR.label("en") == "senior"


def test_variants_are_optional():
    class Colour(Labelled):
        RED = "red", "红", "red"
        BLUE = "blue", "蓝", "blue", "navy|azure"

    assert Colour.RED.variants == ()
    assert Colour.parse("Azure") is Colour.BLUE
