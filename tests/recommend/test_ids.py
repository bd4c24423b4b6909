"""Ids to places and back, whatever an id looks like and whatever came later."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import BrokenBundle
from matcher.recommend.ids import GONE, Ids, open_ids, save_ids

# Zeros at the end, half characters and other planes: an id may be any text.
names = st.text(st.characters(codec=None), max_size=4) | st.sampled_from(["", "a", "a\0", "a\0\0"])
unique = st.lists(names, unique=True, max_size=12)


@given(ids=unique, others=st.lists(names, max_size=5))
def test_every_id_is_where_it_was_put(ids: list[str], others: list[str]) -> None:
    made = Ids.of(ids)
    assert len(made) == len(ids)
    assert made.at(np.arange(len(ids))).tolist() == ids
    asked = [*reversed(ids), *others]
    assert made.places(asked).tolist() == [ids.index(id_) for id_ in asked if id_ in ids]
    assert made.find(asked).tolist() == [ids.index(id_) if id_ in ids else GONE for id_ in asked]


@given(
    ids=unique,
    steps=st.lists(st.tuples(st.booleans(), st.lists(names, unique=True, max_size=3)), max_size=5),
)
def test_ids_move_and_go_as_a_dictionary_says(
    ids: list[str], steps: list[tuple[bool, list[str]]]
) -> None:
    made, wanted, written = Ids.of(ids), {id_: place for place, id_ in enumerate(ids)}, list(ids)
    for comes, named in steps:
        made = made.without(named)
        wanted = {id_: place for id_, place in wanted.items() if id_ not in named}
        if comes:
            wanted |= dict(zip(named, range(len(written), len(written) + len(named)), strict=True))
            written += named
            made = made.with_later(named)
    assert made.at(np.arange(len(made))).tolist() == written
    for id_ in {*written, "never"}:
        assert made.places([id_]).tolist() == ([wanted[id_]] if id_ in wanted else [])
        assert made.find([id_, id_]).tolist() == [wanted.get(id_, GONE)] * 2


def test_a_change_leaves_the_ids_before_it_as_they_were() -> None:
    before = Ids.of(["a", "b"])
    before.without(["a"]).with_later(["c", "a"])
    assert before.places(["a", "b", "c"]).tolist() == [0, 1]
    assert len(before) == 2


@pytest.mark.parametrize("ids", [[], ["b", "a", "石墨烯", "a\0"]])
def test_ids_come_back_from_files(ids: list[str], tmp_path: Path) -> None:
    save_ids(Ids.of(ids), tmp_path)
    opened = open_ids(tmp_path, len(ids))
    assert opened.at(np.arange(len(ids))).tolist() == ids
    assert opened.places(ids).tolist() == list(range(len(ids)))


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("order", np.array([0, 2])),
        ("order", np.array([0, -1])),
        ("order", np.array([1, 0])),
        ("ordered", np.array([b"b.", b"a."])),
        ("fitted", np.array([b"a.", b"c."])),
        ("fitted", np.array([b"a."])),
        ("fitted", np.array([1, 2])),
    ],
)
def test_ids_that_do_not_go_together_are_refused(
    name: str, array: np.ndarray[tuple[int], np.dtype[np.generic]], tmp_path: Path
) -> None:
    save_ids(Ids.of(["a", "b"]), tmp_path)
    np.save(tmp_path / f"ids.{name}.npy", array)
    with pytest.raises(BrokenBundle, match=r"ids\.\w+\.npy"):
        open_ids(tmp_path, 2)
