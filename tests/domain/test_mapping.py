"""Mappings to dataclasses: what is accepted, what is refused, and how an error names its place."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from matcher.domain.enums import Language, TransferMode
from matcher.domain.mapping import read, write
from matcher.errors import InvalidValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    count: int = 0
    mode: TransferMode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    id: str
    words: tuple[str, ...] = ()
    modes: tuple[TransferMode, ...] = ()
    share: float | None = None
    flag: bool = False
    day: date | None = None
    time: datetime | None = None
    part: Part | None = None
    parts: tuple[Part, ...] = ()


def test_every_kind_of_field_is_read():
    whole = read(
        Whole,
        {
            "id": " W1 ",
            "words": ["涂层", "", None, "coating"],
            "modes": ["入股", "license", "许可"],
            "share": "2.5",
            "flag": "是",
            "day": "2025年底",
            "time": "2025-03-01T08:00:00+08:00",
            "part": {"count": "3"},
            "parts": [{"mode": "许可"}, {}],
        },
    )
    assert whole == Whole(
        id="W1",
        words=("涂层", "coating"),
        modes=(TransferMode.LICENSE, TransferMode.EQUITY),
        share=2.5,
        flag=True,
        day=date(2025, 12, 31),
        time=datetime(2025, 3, 1, tzinfo=UTC),
        part=Part(count=3),
        parts=(Part(mode=TransferMode.LICENSE), Part()),
    )


def test_blank_is_absent():
    assert read(Whole, {"id": "W1", "share": None, "day": " ", "part": ""}) == Whole(id="W1")


def test_a_mapping_of_plain_values_is_written_without_what_is_absent():
    whole = Whole(
        id="W1",
        words=("涂层",),
        modes=(TransferMode.EQUITY,),
        share=0.0,
        day=date(2025, 3, 1),
        time=datetime(2025, 3, 1, tzinfo=UTC),
        parts=(Part(),),
    )
    assert write(whole) == {
        "id": "W1",
        "words": ["涂层"],
        "modes": ["equity"],
        "share": 0.0,
        "flag": False,
        "day": "2025-03-01",
        "time": "2025-03-01T00:00:00+00:00",
        "parts": [{"count": 0}],
    }
    assert all(type(mode) is str for mode in write(whole)["modes"])


@pytest.mark.parametrize(
    ("mapping", "field"),
    [
        ({"id": "W1", "words": "涂层"}, "words"),
        ({"id": "W1", "words": ["a", True]}, "words[1]"),
        ({"id": "W1", "words": [None, 2.5]}, "words[1]"),
        ({"id": "W1", "modes": ["许可", "nonsense"]}, "modes[1]"),
        ({"id": "W1", "share": "much"}, "share"),
        ({"id": "W1", "share": True}, "share"),
        ({"id": "W1", "share": 10**400}, "share"),
        ({"id": "W1", "flag": "maybe"}, "flag"),
        ({"id": "W1", "day": "2025-13-40"}, "day"),
        ({"id": "W1", "time": "noon"}, "time"),
        ({"id": "W1", "part": {"count": 2.5}}, "part.count"),
        ({"id": "W1", "part": {"count": float("inf")}}, "part.count"),
        ({"id": "W1", "part": "three"}, "part"),
        ({"id": "W1", "parts": [{}, {"mode": "nonsense"}]}, "parts[1].mode"),
        ({"id": "W1", "parts": {"count": 1}}, "parts"),
        ({"id": {}}, "id"),
        ({}, "id"),
        ({"id": "  "}, "id"),
        ({"id": "W1", 7: "x"}, "7"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_path_to_it(mapping, field):
    with pytest.raises(InvalidValue) as refused:
        read(Whole, mapping)
    assert refused.value.where == {"field": field}
    assert refused.value.hint


def test_what_an_enum_accepts_is_passed_on():
    with pytest.raises(InvalidValue) as refused:
        read(Whole, {"id": "W1", "modes": ["nonsense"]})
    assert refused.value.values["accepted"] == tuple(TransferMode)


@pytest.mark.parametrize("mapping", [None, [], "W1"])
def test_what_is_no_mapping_is_refused(mapping):
    with pytest.raises(InvalidValue, match="not an object"):
        read(Whole, mapping)


def test_an_unknown_field_is_refused_with_the_one_that_was_meant():
    with pytest.raises(InvalidValue) as refused:
        read(Whole, {"id": "W1", "wrods": []})
    assert refused.value.where == {"field": "wrods"}
    assert refused.value.hint == "Did you mean words?"


def test_an_unknown_field_like_no_other_is_answered_with_the_known_ones():
    with pytest.raises(InvalidValue, match="Known fields: id, words"):
        read(Whole, {"id": "W1", "价格": 3})


@pytest.mark.parametrize(("value", "text"), [(17, "17"), (17.0, "17"), ("017", "017")])
def test_a_number_in_a_column_of_ids_is_a_text(value, text):
    assert read(Whole, {"id": value}).id == text


@pytest.mark.parametrize("value", [3, 3.0, "3", "３", " 3 "])
def test_whole_numbers(value):
    assert read(Part, {"count": value}).count == 3


def test_a_time_without_a_zone_is_utc():
    assert read(Whole, {"id": "W1", "time": datetime(2025, 3, 1)}).time == datetime(
        2025, 3, 1, tzinfo=UTC
    )


def test_a_required_enum_is_read_too():
    @dataclass(frozen=True)
    class Text:
        language: Language

    assert read(Text, {"language": "英语"}) == Text(Language.EN)
