"""What a search draws from."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from matcher.errors import InvalidValue, UnreadableFile
from matcher.resources import data_path
from training.recipe_text import recipe_tables, with_values
from training.space import drawn, read_space

LISTS = '[space]\n"a.b" = [1, 2]\n"c" = ["x", "y", "z"]\n'
RANGES = """[space]
"even" = { low = 0.5, high = 0.6 }
"whole" = { low = 1, high = 3 }
"small" = { low = 0.001, high = 1.0, scale = "log" }
"""


def space(folder: Path, text: str) -> dict[str, object]:
    path = folder / "space.toml"
    path.write_text(text)
    return dict(read_space(path))


def test_lists_are_drawn_from_until_they_end(tmp_path: Path) -> None:
    found = [tuple(sorted(values.items())) for values in drawn(space(tmp_path, LISTS), 0)]
    assert len(found) == len(set(found)) == 6


def test_ranges_are_drawn_from_without_an_end(tmp_path: Path) -> None:
    found = list(islice(drawn(space(tmp_path, RANGES), 0), 200))
    assert {values["whole"] for values in found} == {1, 2, 3}
    assert all(type(values["whole"]) is int and type(values["even"]) is float for values in found)
    assert all(0.5 <= values["even"] <= 0.6 for values in found)
    # Evenly over three orders of magnitude, a third of them is below .01.
    assert 40 < sum(values["small"] < 0.01 for values in found) < 95


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    found = space(tmp_path, RANGES)
    one, same, other = (list(islice(drawn(found, seed), 5)) for seed in (1, 1, 2))
    assert one == same != other


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no table"),
        ("[space]", "no table"),
        ("[space]\na = [1]\n[other]\nb = 1", "no table"),
        ("[space]\na = []", "a can't be drawn from"),
        ("[space]\na = 3", "a can't be drawn from"),
        ("[space]\na = {low = 2, high = 1}", "a can't be drawn from"),
        ("[space]\na = {low = 1, high = 2, step = 1}", "a can't be drawn from"),
        ("[space]\na = {low = true, high = 2}", "a can't be drawn from"),
        ('[space]\na = {low = 0, high = 2, scale = "log"}', "a logarithm"),
        ("[space", "not TOML"),
    ],
)
def test_what_cannot_be_drawn_from_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        space(tmp_path, text)


def test_a_space_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"none\.toml"):
        read_space(tmp_path / "none.toml")


def test_the_shipped_space_is_of_keys_of_the_shipped_recipe() -> None:
    tables = recipe_tables(data_path("recipes", "default.toml"))
    for values in islice(drawn(read_space(), 0), 20):
        assert with_values(tables, values, "tried") != tables
