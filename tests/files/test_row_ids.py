"""Ids: given by the file or made of what a row says."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidValue
from matcher.files.draft import Draft
from matcher.files.row_ids import LONGEST_ID, check_id, given_id, made_id, named, reference
from matcher.files.row_report import RowCode

Make = Callable[..., Draft]


@pytest.mark.parametrize(("cell", "name"), [(12.0, "12"), (" N-1 ", "N-1"), (None, ""), (7, "7")])
def test_an_id_as_the_cell_gives_it(draft: Make, cell: object, name: str) -> None:
    assert given_id(draft(id=cell)) == name


def test_a_list_is_no_id(draft: Make) -> None:
    with pytest.raises(InvalidValue) as caught:
        given_id(draft(id=["a", "b"]))
    assert caught.value.values["row_code"] is RowCode.BAD_ID


def test_a_source_puts_its_name_before_once() -> None:
    assert named("5", "") == "5"
    assert named("5", "zj") == named("zj:5", "zj") == "zj:5"
    assert named("other:5", "zj") == "zj:other:5"


def test_a_reference_with_a_source_of_its_own_stays() -> None:
    assert reference("5", "zj") == "zj:5"
    assert reference("other:5", "zj") == "other:5"
    assert reference("", "zj") == ""


def test_made_ids_are_those_they_always_were() -> None:
    """The digest of a known text, so that a later version finds the records of an earlier one."""
    assert made_id("need", ["轴承", "某厂"]) == "x2bd92e16b0e5f072"


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_made_ids_depend_on_letters_alone(parts: list[str]) -> None:
    first = made_id("need", parts)
    assert first == made_id("need", [f" {part.strip()}，" for part in parts])
    assert first != made_id("outcome", parts)
    assert len(first) == 17


def test_where_one_part_ends_matters() -> None:
    assert made_id("need", ["ab", "c"]) != made_id("need", ["a", "bc"])


@pytest.mark.parametrize("name", ["a" * (LONGEST_ID + 1), "a\nb", "a\u200bb", "a\x85b", "a\u2028"])
def test_ids_nobody_can_type_are_refused(draft: Make, name: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        check_id(draft(id=name), name)
    assert caught.value.values["row_code"] is RowCode.BAD_ID
    assert caught.value.where == {"column": "col id", "field": "id"}


def test_ids_of_words_and_signs_pass(draft: Make) -> None:
    check_id(draft(), "zj:成果 2026/1")
    check_id(draft(), "a" * LONGEST_ID)
