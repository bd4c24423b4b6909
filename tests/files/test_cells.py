"""One cell: as text, as a list, as an id, blank or not, and cleaned."""

import math
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidValue
from matcher.files import cells


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (3.5, "3.5"),
        (-0.0, "0"),
        (1e15, "1000000000000000.0"),
        (math.nan, "nan"),
        (12, "12"),
        (True, "true"),
        (None, ""),
        ("  石墨烯\u3000", "石墨烯"),
        (" å\x85\xa0 ", "å\x85\xa0"),
        (date(2025, 3, 1), "2025-03-01"),
        (datetime(2025, 3, 1), "2025-03-01"),
        (datetime(2025, 3, 1, 9, 30), "2025-03-01 09:30:00"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        (["a", 2.0, None, ["b"]], "a\n2\nb"),
        ({"title": "t", "n": 1}, "t\n1"),
    ],
)
def test_text_is_what_a_person_reads_in_the_cell(cell: Any, text: str) -> None:
    assert cells.as_text(cell) == text


@pytest.mark.parametrize("cell", [None, "", " \t\u3000", [], {}])
def test_blank(cell: Any) -> None:
    assert cells.is_blank(cell)


@pytest.mark.parametrize("cell", [0, 0.0, False, "x", [0], {"a": 0}, math.nan])
def test_not_blank(cell: Any) -> None:
    assert not cells.is_blank(cell)


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("石墨烯；涂层, 防腐、海工|风电", ("石墨烯", "涂层", "防腐", "海工", "风电")),
        ('["a, b", "c"]', ("a, b", "c")),
        ("[not json; but a list", ("[not json", "but a list")),
        (["a", " a ", 2.0], ("a", "2")),
        ("pump station", ("pump station",)),
        (None, ()),
        (" ;; ", ()),
        (7, ("7",)),
    ],
)
def test_lists_come_as_lists_json_or_separated_text(cell: Any, items: tuple[str, ...]) -> None:
    assert cells.as_list(cell) == items


@pytest.mark.parametrize(("cell", "name"), [(12.0, "12"), (" O1\u200b ", "O1"), (None, "")])
def test_ids_are_text(cell: Any, name: str) -> None:
    assert cells.as_id(cell, file="f", row=2, column="id") == name


@pytest.mark.parametrize("cell", [True, [1], {"a": 1}, 1.5, math.nan, math.inf])
def test_what_cannot_be_an_id_is_refused_with_its_place(cell: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        cells.as_id(cell, file="f.csv", row=2, column="编号")
    assert caught.value.where == {"file": "f.csv", "row": 2, "column": "编号"}


def test_control_characters_go_and_white_space_and_c1_stay() -> None:
    assert cells.without_unwanted("a\x00b\tc\nd\x7f\ud800\uffff\x9fé") == "ab\tc\nd\x9fé"


def test_cleaning_reaches_into_lists_and_objects() -> None:
    dirty = ["a\x01", {"k\x02": ["b\x03", 5]}]
    assert cells.cleaned(dirty) == ["a", {"k": ["b", 5]}]
    assert cells.texts_in([dirty, "c", 1]) == ["c", "a\x01", "k\x02", "b\x03"]


def test_nan_is_told_from_other_numbers_and_texts() -> None:
    assert [cells.is_nan(c) for c in (math.nan, math.inf, 1, "nan", None)] == [
        True,
        *[False] * 4,
    ]


@given(st.text(st.characters(exclude_categories=())))
def test_cleaned_text_is_clean_and_can_be_encoded(text: str) -> None:
    clean = cells.without_unwanted(text)
    assert not cells.has_unwanted(clean)
    assert clean.encode().decode() == clean
    assert cells.without_unwanted(clean) == clean
