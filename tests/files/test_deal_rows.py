"""Past deals from a cell."""

from collections.abc import Callable

import pytest

from matcher.domain.enums import TransferMode
from matcher.domain.manager import Deal
from matcher.files.deal_rows import read_deals
from matcher.files.draft import Draft

Make = Callable[..., Draft]
LONG = " ".join(f"step {number} took a year" for number in range(9))


@pytest.mark.parametrize(
    ("cell", "deals"),
    [
        (
            "轴承：换了厂家\n泵: sold",
            [Deal(title="轴承", text="换了厂家"), Deal(title="泵", text="sold")],
        ),
        ("https://example.org/x", [Deal(title="https://example.org/x")]),
        (LONG, [Deal(text=LONG)]),
        ("O101, O102", [Deal(outcome="O101"), Deal(outcome="O102")]),
        (["O7", "水泵国产化"], [Deal(outcome="O7"), Deal(title="水泵国产化")]),
        (["", None], []),
        (
            '[{"title": "a", "need": "N1", "value": 5}]',
            [Deal(title="a", need="N1", value=5)],
        ),
        ([{"title": "a", "mode": "许可"}], [Deal(title="a", mode=TransferMode.LICENSE)]),
    ],
)
def test_deals_in_words_as_ids_and_as_objects(draft: Make, cell: object, deals: object) -> None:
    row = draft(deals=cell)
    assert list(read_deals(row, "deals")) == deals
    assert not row.problems


def test_what_is_wrong_in_an_object_is_noted_and_the_deal_stays(draft: Make) -> None:
    row = draft(deals=[{"title": "a", "mode": "barter", "colour": "red"}, {"mode": "x"}])
    assert read_deals(row, "deals") == (Deal(title="a"),)
    told = " ".join(problem.message for problem in row.problems)
    assert "colour" in told
    assert "'barter'" in told


def test_texts_in_deals_are_repaired(draft: Make) -> None:
    row = draft(deals=[{"title": "技術(shù)"}])
    assert read_deals(row, "deals") == (Deal(title="技術"),)
    assert len(row.problems) == 1
