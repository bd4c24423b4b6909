"""Items out of a file are the items that went in, to the letter."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.enums import Language, TransferMode
from matcher.domain.item import Facts, Item
from matcher.domain.money import MoneyRange
from matcher.errors import BrokenBundle
from matcher.recommend.packed import open_items, save_items

FACTS = Facts(
    price=MoneyRange(0, 5, "USD"),
    budget=MoneyRange(None, 5),
    valid_until=date(2026, 1, 2),
    updated_at=date(2025, 1, 2),
    trl=7,
    min_trl=3,
    region="330100",
    modes=(TransferMode.LICENSE,),
    field="0101",
    organisation="u1",
    owner="acc",
    avoids=("u2",),
    persons=("acc2",),
    pay_after_use=False,
)
texts = st.text(st.characters(codec=None), max_size=5) | st.sampled_from([" ", "", " a\n", "a\0"])
several = st.lists(texts, max_size=3).map(tuple)
items = st.builds(
    Item,
    id=texts,
    title=texts,
    text=texts,
    keywords=several,
    lang=st.none() | st.sampled_from(Language),
    portfolio=several,
    facts=st.sampled_from([Facts(), FACTS]),
    audience=st.none() | several,
)


@given(given_items=st.lists(items, max_size=4))
def test_items_come_back(given_items: list[Item], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Blank texts too: a portfolio's documents are counted; and nobody's item is nobody's."""
    folder = tmp_path_factory.mktemp("items")
    save_items(given_items, folder)
    assert list(open_items(folder)) == given_items


def test_places_are_those_of_a_list(tmp_path: Path) -> None:
    plain = [Item(str(number)) for number in range(4)]
    save_items(plain, tmp_path)
    opened = open_items(tmp_path)
    assert len(opened) == 4
    assert [opened[place] for place in range(-4, 4)] == [*plain, *plain]
    assert opened[1:3] == plain[1:3]
    assert opened[::-1] == plain[::-1]
    for beyond in (4, -5):
        with pytest.raises(IndexError):
            opened[beyond]


@pytest.mark.parametrize("ends", [[5, 9], [10**6], [-1, 3], [], [40, 20]])
def test_ends_of_other_items_are_refused(ends: list[int], tmp_path: Path) -> None:
    save_items([Item("a"), Item("b")], tmp_path)
    np.save(tmp_path / "items.ends.npy", np.array(ends, np.int64))
    with pytest.raises(BrokenBundle, match=r"items\.ends\.npy"):
        open_items(tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"x" * len(content),
        lambda content: b"[]" + b" " * (len(content) - 2),
        lambda content: b"{}" + b" " * (len(content) - 2),
        lambda content: content.replace(b'"title', b'"titel').replace(b'"texts', b'"textz'),
        lambda content: content.replace(b"330100", b"33010\xff"),
        lambda content: content.replace(b'"trl": 7', b'"trl":[]'),
    ],
)
def test_an_item_that_is_damaged_is_refused_when_it_is_read(
    damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    save_items([Item("a", "title", facts=FACTS)], tmp_path)
    content = np.load(tmp_path / "items.npy").tobytes()
    damaged = damage(content)
    assert len(damaged) == len(content)
    assert damaged != content
    np.save(tmp_path / "items.npy", np.frombuffer(damaged, np.uint8))
    opened = open_items(tmp_path)
    with pytest.raises(BrokenBundle, match=r"items\.npy.*item 1"):
        opened[0]


def test_items_that_lie_in_a_file_are_copied_as_they_lie_there(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    save_items([Item("a", "石墨烯"), Item("b", text="pump")], first)
    save_items(open_items(first), second)
    assert list(open_items(second)) == list(open_items(first))
    for path in first.iterdir():
        assert (second / path.name).read_bytes() == path.read_bytes()
