"""What items state, a column each; who may know of them."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from matcher.domain.enums import Grade, TransferMode
from matcher.domain.item import Facts, Item
from matcher.domain.money import MoneyRange
from matcher.domain.visibility import ANONYMOUS, SYSTEM, Viewer
from matcher.errors import BrokenBundle
from matcher.recommend.columns import (
    CLEAR_LENGTH,
    EVERYBODY,
    NO_CAPACITY_STATED,
    NO_DAY,
    WORDS,
    Columns,
    mode_bits,
    open_columns,
    save_columns,
)

LICENSE, EQUITY = TransferMode.LICENSE, TransferMode.EQUITY
FULL = Item(
    "a",
    facts=Facts(
        price=MoneyRange(5, 9, "USD"),
        valid_until=date(2026, 1, 2),
        updated_at=date(2025, 1, 2),
        trl=7,
        region="330100",
        modes=(LICENSE, EQUITY),
        field="0101",
        organisation="u1",
        owner="acc",
        avoids=("u2", "u3"),
        persons=("acc2",),
        pay_after_use=True,
        min_trl=5,
        fields=("0102",),
        regions=("310000", "320100"),
        languages=("zh", "en"),
        grade=Grade.SENIOR,
        capacity=3,
    ),
    audience=("members:n", "account:x"),
)
ITEMS = [FULL, Item("b"), Item("c", facts=Facts(price=MoneyRange(None, 4)), audience=())]


def test_columns_hold_what_is_stated_and_mark_what_is_not() -> None:
    columns = Columns.of(ITEMS)
    numbers = {name: column.tolist() for name, column in columns.numbers.items()}
    assert numbers == {
        "trl": [7, 0, 0],
        "least": [5.0, -np.inf, -np.inf],
        "valid_until": [date(2026, 1, 2).toordinal(), NO_DAY, NO_DAY],
        "updated_at": [date(2025, 1, 2).toordinal(), 0, 0],
        "modes": [mode_bits([LICENSE, EQUITY]), 0, 0],
        "pay_after_use": [1, 0, 0],
        "min_trl": [5, 0, 0],
        "grade": [3, 0, 0],
        "capacity": [3, NO_CAPACITY_STATED, NO_CAPACITY_STATED],
        # Of seven: field, region, modes, readiness and price are stated; text and keywords aren't.
        "detail": [pytest.approx(5 / 7), 0.0, pytest.approx(1 / 7)],
    }
    words = {
        name: [column.values[code] for code in column.codes]
        for name, column in columns.words.items()
    }
    assert words == {
        "currency": [("USD",), (), ("CNY",)],
        "region": [("330100", "310000", "320100"), (), ()],
        "field": [("0101", "0102"), (), ()],
        "languages": [("zh", "en"), (), ()],
        "organisation": [("u1",), (), ()],
        "owner": [("acc",), (), ()],
        "avoids": [("u2", "u3"), (), ()],
        "persons": [("acc2",), (), ()],
        "audience": [("account:x", "members:n"), EVERYBODY, ()],
    }


@pytest.mark.parametrize(
    ("item", "detail"),
    [
        (Item("x", text="石" * CLEAR_LENGTH), 1 / 7),
        (Item("x", text="石" * (CLEAR_LENGTH - 1)), 0),
        (Item("x", keywords=("石墨烯",)), 1 / 7),
        (Item("x", facts=Facts(min_trl=1)), 1 / 7),
        (Item("x", facts=Facts(budget=MoneyRange(None, 1))), 1 / 7),
        (
            Item(
                "x",
                text="石" * CLEAR_LENGTH,
                keywords=("a",),
                facts=Facts(
                    field="01",
                    region="330000",
                    modes=(LICENSE,),
                    trl=1,
                    price=MoneyRange(1, 1),
                ),
            ),
            1,
        ),
    ],
)
def test_detail_is_the_share_of_what_makes_a_listing_clear(item: Item, detail: float) -> None:
    assert Columns.of([item]).numbers["detail"].tolist() == [pytest.approx(detail)]


@pytest.mark.parametrize(("stated", "held"), [(None, -1), (0, 0), (7, 7), (10**6, 32767)])
def test_no_capacity_stated_is_not_a_capacity_of_none(stated: int | None, held: int) -> None:
    item = Item("m", facts=Facts(capacity=stated))
    assert Columns.of([item]).numbers["capacity"].tolist() == [held]


def test_grades_count_up() -> None:
    items = [Item(grade.value, facts=Facts(grade=grade)) for grade in Grade]
    assert Columns.of(items).numbers["grade"].tolist() == [1, 2, 3]


def test_a_mode_named_twice_is_the_same_mode() -> None:
    assert mode_bits([LICENSE, LICENSE]) == mode_bits([LICENSE])
    assert len({mode_bits([mode]) for mode in TransferMode}) == len(TransferMode)
    assert mode_bits(TransferMode) < 256


def test_rows_that_come_later_are_as_if_they_had_been_there() -> None:
    at_once, later = Columns.of(ITEMS), Columns.of(ITEMS[:1]).with_items(ITEMS[1:])
    for name, column in at_once.numbers.items():
        np.testing.assert_array_equal(column, later.numbers[name])
        assert column.dtype == later.numbers[name].dtype
    for name, coded in at_once.words.items():
        assert coded.values == later.words[name].values
        np.testing.assert_array_equal(coded.codes, later.words[name].codes)


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (SYSTEM, [True, True, True]),
        (ANONYMOUS, [False, True, False]),
        (Viewer(None, frozenset({"members:n"})), [True, True, False]),
        (Viewer(None, frozenset({"members:m", "account:y"})), [False, True, False]),
    ],
)
def test_who_sees_what(viewer: Viewer, seen: list[bool]) -> None:
    """An audience of nobody isn't one of everybody."""
    assert Columns.of(ITEMS).visible(viewer).tolist() == seen


def test_a_test_of_words_is_made_once_a_value_and_not_once_a_row() -> None:
    column = Columns.of([FULL] * 500).words["organisation"]
    asked: list[tuple[str, ...]] = []
    assert column.where(lambda words: asked.append(words) is None).all()
    assert asked == [("u1",)]


def test_rows_that_have_a_word() -> None:
    column = Columns.of(ITEMS).words["avoids"]
    assert column.having({"u3", "u9"}).tolist() == [True, False, False]
    assert column.having(frozenset()).tolist() == [False, False, False]
    assert Columns.of([]).words["avoids"].having({"u3"}).tolist() == []


@pytest.mark.parametrize("items", [ITEMS, []])
def test_columns_come_back_from_files(items: list[Item], tmp_path: Path) -> None:
    columns = Columns.of(items)
    save_columns(columns, tmp_path)
    opened = open_columns(tmp_path, len(items))
    for name, column in columns.numbers.items():
        np.testing.assert_array_equal(column, opened.numbers[name])
    for name, coded in columns.words.items():
        assert coded.values == opened.words[name].values
        np.testing.assert_array_equal(coded.codes, opened.words[name].codes)


def rewritten(**changes: object) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        words = json.loads((folder / WORDS).read_text())
        (folder / WORDS).write_text(json.dumps({**words, **changes}))

    return write


@pytest.mark.parametrize(
    "damage",
    [
        rewritten(more=[]),
        rewritten(owner=[["x"]]),
        rewritten(owner="x"),
        rewritten(owner=[[1], [2]]),
        lambda folder: (folder / WORDS).write_text("[]"),
        lambda folder: np.save(folder / "column.trl.npy", np.zeros(2, np.int8)),
        lambda folder: np.save(folder / "column.trl.npy", np.zeros(3)),
        lambda folder: np.save(folder / "column.owner.npy", np.array([0, 1, 2], np.int32)),
        lambda folder: np.save(folder / "column.owner.npy", np.array([0, 1, -1], np.int32)),
        lambda folder: (folder / "column.audience.npy").unlink(),
    ],
)
def test_columns_that_do_not_go_together_are_refused(
    damage: Callable[[Path], object], tmp_path: Path
) -> None:
    """A column less than there should be would let everybody see everything."""
    save_columns(Columns.of(ITEMS), tmp_path)
    damage(tmp_path)
    with pytest.raises(BrokenBundle, match=r"words\.json|column\.\w+\.npy"):
        open_columns(tmp_path, len(ITEMS))


def test_columns_that_follow_the_same_ones_share_no_words() -> None:
    one = Columns.of(ITEMS)
    left = one.with_items([Item("l", facts=Facts(region="110000"))])
    right = one.with_items([Item("r", facts=Facts(region="120000"))])
    both = left.with_items([Item("r", facts=Facts(region="120000"))])
    assert regions(one) == [("330100", "310000", "320100"), (), ()]
    assert regions(left) == [*regions(one), ("110000",)]
    assert regions(right) == [*regions(one), ("120000",)]
    assert regions(both) == [*regions(left), ("120000",)]


def regions(columns: Columns) -> list[tuple[str, ...]]:
    column = columns.words["region"]
    return [column.values[code] for code in column.codes]
