"""Recipes with other numbers."""

from __future__ import annotations

import math
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidValue
from matcher.resources import data_path
from training.recipe_text import as_toml, recipe_tables, with_values

TABLES = recipe_tables(data_path("recipes", "default.toml"))
values = (
    st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(2**60), 2**60)
    | st.booleans()
    | st.text(st.characters(exclude_categories=["Cs"]))
)
rows = st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), values | st.lists(values))


@given(st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), rows.filter(bool)))
def test_what_is_written_is_read(tables: dict[str, dict[str, object]]) -> None:
    assert tomllib.loads(as_toml(tables)) == tables


def test_the_shipped_recipe_is_written_as_it_is() -> None:
    assert tomllib.loads(as_toml(TABLES)) == TABLES


def test_a_value_is_set_and_its_table_says_why() -> None:
    found = with_values(TABLES, {"candidates.query_concepts": 64}, "tried")
    assert found["candidates"]["query_concepts"] == 64
    assert found["candidates"]["origin"] == "tried"
    assert found["pooling"] == TABLES["pooling"]
    assert TABLES["candidates"]["query_concepts"] == 128


@given(st.floats(0, 1))
def test_weights_that_are_not_named_share_what_is_left_as_they_did(whole: float) -> None:
    pooling = with_values(TABLES, {"pooling.whole": whole}, "tried")["pooling"]
    weights = {key: value for key, value in pooling.items() if key != "origin"}
    assert math.fsum(weights.values()) == pytest.approx(1)
    assert weights["best"] == pytest.approx(weights["top_three"])


def test_weights_that_had_nothing_get_equal_shares() -> None:
    tables = {"pooling": {"whole": 1.0, "best": 0.0, "top_three": 0.0, "origin": ""}}
    found = with_values(tables, {"pooling.whole": 0.5}, "tried")["pooling"]
    assert found == {"whole": 0.5, "best": 0.25, "top_three": 0.25, "origin": "tried"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pooling.none": 1}, "no pooling.none"),
        ({"pooling.origin": "x"}, "no pooling.origin"),
        ({"none.whole": 1}, r"no table \[none\]"),
        ({"whole": 1}, "no table"),
        ({"pooling.whole": 0.7, "pooling.best": 0.7}, "sum of 1"),
        ({"fusion.texts.concepts": 0.2, "fusion.texts.content": 0.2}, "sum of 1"),
    ],
)
def test_what_a_recipe_cannot_have_is_named(changes: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        with_values(TABLES, changes, "tried")
