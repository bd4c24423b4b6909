"""One row in the making: repairs, notes, what is kept beside the stored value."""

import math
from collections.abc import Callable
from datetime import date

import pytest

from matcher.domain.dates import parse_date
from matcher.domain.enums import Stage
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.errors import InvalidValue
from matcher.files.draft import Draft, plain
from matcher.files.row_report import RowCode

Make = Callable[..., Draft]


def codes(draft: Draft) -> list[tuple[RowCode, str | None]]:
    return [(problem.code, problem.field) for problem in draft.problems]


def test_a_text_is_repaired_in_its_own_script_and_its_cell_kept(draft: Make) -> None:
    row = draft(title="轉(zhuǎn)移ＡＢ１<b>x</b>")
    row.keep("title", row.text("title"))
    assert row.fields == {"title": "轉移AB1x"}
    assert row.original == {"title": "轉(zhuǎn)移ＡＢ１<b>x</b>"}
    assert codes(row) == [(RowCode.REPAIRED, "title")]
    assert row.problems[0].column == "col title"
    assert "pinyin glosses (1)" in row.problems[0].message


def test_a_clean_text_leaves_no_trace(draft: Make) -> None:
    row = draft(title=" 石墨烯 ")
    row.keep("title", row.text("title"))
    assert (row.fields, row.original, row.problems) == ({"title": "石墨烯"}, {}, [])


def test_wrong_decoding_is_noted_in_a_code_and_width_is_not(draft: Make) -> None:
    row = draft(grade="é«\x98çº§", trl="６")
    assert (row.readable("grade"), row.readable("trl")) == ("高级", "6")
    assert codes(row) == [(RowCode.REPAIRED, "grade")]


def test_a_list_that_says_the_same_needs_no_original(draft: Make) -> None:
    row = draft(keywords="甲；乙", ipc="A01")
    row.keep("keywords", ("甲", "乙"))
    row.keep("ipc", ("A02",))
    assert row.original == {"ipc": "A01"}


def test_what_a_parser_cannot_read_is_noted_and_kept_as_text(draft: Make) -> None:
    row = draft(due="2027-02-30", good="2027年3月")
    assert row.read("due", parse_date) is None
    assert row.read("good", parse_date) == date(2027, 3, 31)
    assert row.read("absent", parse_date) is None
    assert row.original == {"due": "2027-02-30", "good": "2027年3月"}
    assert codes(row) == [(RowCode.UNREAD_VALUE, "due")]


def test_a_field_the_record_refuses_is_left_out_and_the_rest_stays(draft: Make) -> None:
    row = draft(stage="unheard of", trl=3)
    row.fields |= {"id": "o"}
    row.defer("stage", "unheard of")
    row.defer("trl", 3)
    assert row.build(Outcome) == Outcome(id="o", trl=3)
    assert row.original == {"stage": "unheard of"}
    assert codes(row) == [(RowCode.UNREAD_VALUE, "stage")]


def test_a_word_for_a_choice_is_kept_beside_its_code(draft: Make) -> None:
    row = draft(stage="小试")
    row.fields["id"] = "o"
    row.defer("stage", "小试")
    assert row.build(Outcome).stage is Stage.LAB
    assert row.original == {"stage": "小试"}


def test_trouble_in_a_required_field_refuses(draft: Make) -> None:
    row = draft(id="n")
    row.fields |= {"id": "n", "min_trl": 77}
    with pytest.raises(InvalidValue) as caught:
        row.build(Need, ("id", "min_trl"))
    assert caught.value.where["field"] == "min_trl"


@pytest.mark.parametrize("cell", [math.nan, math.inf, "NaN", "-inf"])
def test_nan_and_infinity_refuse_the_row(draft: Make, cell: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        draft(price_min=cell).check_numbers()
    assert caught.value.values["row_code"] is RowCode.NOT_A_NUMBER
    assert caught.value.where == {"column": "col price_min", "field": "price_min"}


@pytest.mark.parametrize("cell", [-1, -0.5, "-3万", "－５"])
def test_below_zero_refuses_the_row(draft: Make, cell: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        draft(budget=cell).check_numbers()
    assert caught.value.values["row_code"] is RowCode.BELOW_ZERO


@pytest.mark.parametrize("cell", [0, "3-5万", "-", "面议", "—"])
def test_other_cells_of_numbers_pass(draft: Make, cell: object) -> None:
    draft(price=cell).check_numbers()


def test_nan_is_a_blank_text(draft: Make) -> None:
    assert draft(title=math.nan).values == {}


def test_stored_values_as_a_cell_shows_them() -> None:
    assert plain(("a", Stage.LAB)) == "a; lab"
    assert plain(date(2027, 1, 2)) == "2027-01-02"
    assert plain(None) == plain({}) == ""


def test_a_short_text_is_garbled_where_its_row_is(draft: Make) -> None:
    def garbled(text: str) -> str:
        return text.encode().decode("latin-1")

    long = garbled("一种石墨烯防腐涂层的制备方法与工程应用")
    row = draft(name=garbled(garbled("尧工")), statement=long, agency="Café Müller")
    assert (row.text("name"), row.text("agency")) == ("尧工", "Café Müller")
    assert draft(name="Ã©").text("name") == draft(name="Ã©", x="y").text("name")
