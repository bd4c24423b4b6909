"""Recipes: the one that ships can be read; a bad one is refused by table and key."""

from pathlib import Path

import pytest

from matcher.errors import InvalidValue
from matcher.recommend.recipe import (
    FROM_VECTORS,
    LEGS,
    LISTING_FACTS,
    PERSON_FACTS,
    TEXT_LEGS,
    UPTAKE,
    CollaborativeSettings,
    FactorSettings,
    RankerSettings,
    read_recipe,
)
from matcher.resources import data_path

GOOD = """
[candidates]
per_space = 40
query_concepts = 12
origin = "by hand"

[fusion.texts]
concepts = 0.75
content = 0.25
origin = "by hand"

[fusion.interactions]
concepts = 0.1
content = 0.2
factors = 0.3
collaborative = 0.4
origin = "by hand"

[fusion.listings]
concepts = 0.5
content = 0
factors = 0
collaborative = 0
uptake = 0.125
trl = 0.375
region = 0
field = 0
price = 0
mode = 0
fresh = 0
detail = 0
origin = "by hand"

[fusion.persons]
concepts = 0.5
content = 0
factors = 0
collaborative = 0
uptake = 0.125
region = 0
field = 0
language = 0
grade = 0
success = 0
response = 0
room = 0.375
origin = "by hand"

[pooling]
whole = 0.5
best = 0.25
top_three = 0.25
origin = "by hand"

[bands]
strong = 0.4
possible = 0.2
origin = "by hand"

[factors]
dimension = 8
iterations = 3
file_dimension = 16
file_iterations = 4
regularisation = 10.5
confidence = 40
texts = 2.5
terms = 16
origin = "by hand"

[collaborative]
dimension = 4
file_dimension = 6
epochs = 2
file_epochs = 3
learning_rate = 0.05
file_learning_rate = 0.02
penalty = 0.001
sampled = 5
file_sampled = 7
origin = "by hand"

[ranker]
strength = 50
lists = 100
boosted = false
origin = "by hand"
"""
TABLES = ("candidates", "pooling", "bands", "factors", "collaborative", "ranker")
WEIGHINGS = ("texts", "interactions", "listings", "persons")


def written(folder: Path, text: str) -> Path:
    path = folder / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str) -> InvalidValue:
    path = written(folder, text)
    with pytest.raises(InvalidValue) as caught:
        read_recipe(path)
    assert caught.value.where["file"] == str(path)
    return caught.value


def test_a_recipe_is_read(tmp_path: Path) -> None:
    recipe = read_recipe(written(tmp_path, GOOD))
    assert recipe.candidates.per_space == 40
    assert recipe.candidates.query_concepts == 12
    assert dict(recipe.texts) == {"concepts": 0.75, "content": 0.25}
    assert dict(recipe.interactions) == {
        "concepts": 0.1,
        "content": 0.2,
        "factors": 0.3,
        "collaborative": 0.4,
    }
    assert (recipe.listings["trl"], recipe.persons["room"]) == (0.375, 0.375)
    assert (recipe.listings["uptake"], recipe.persons["uptake"]) == (0.125, 0.125)
    assert (recipe.bands.strong, recipe.bands.possible) == (0.4, 0.2)
    assert recipe.pooling.origin == "by hand"
    assert recipe.factors == FactorSettings(8, 3, 16, 4, 10.5, 40, 2.5, 16, "by hand")
    of_file = recipe.factors.of_file()
    assert (of_file.dimension, of_file.iterations, of_file.texts) == (16, 4, 2.5)
    assert recipe.collaborative == CollaborativeSettings(
        dimension=4,
        file_dimension=6,
        epochs=2,
        file_epochs=3,
        learning_rate=0.05,
        file_learning_rate=0.02,
        penalty=0.001,
        sampled=5,
        file_sampled=7,
        origin="by hand",
    )
    assert recipe.ranker == RankerSettings(50, 100, False, "by hand")


def test_every_asker_s_weights_are_of_the_features_it_can_have(tmp_path: Path) -> None:
    """Words know no facts; a listing has no grade, and a person no price."""
    recipe = read_recipe(written(tmp_path, GOOD))
    assert (*LEGS, UPTAKE) == FROM_VECTORS
    assert {name: tuple(getattr(recipe, name)) for name in WEIGHINGS} == {
        "texts": TEXT_LEGS,
        "interactions": LEGS,
        "listings": (*FROM_VECTORS, *LISTING_FACTS),
        "persons": (*FROM_VECTORS, *PERSON_FACTS),
    }


def test_the_recipe_that_ships_is_sound() -> None:
    recipe = read_recipe(data_path("recipes", "default.toml"))
    for name in WEIGHINGS:
        assert sum(getattr(recipe, name).values()) == pytest.approx(1)
    assert 0 < recipe.bands.possible < recipe.bands.strong
    pooling = recipe.pooling
    assert pooling.whole + pooling.best + pooling.top_three == pytest.approx(1)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("[bands]", "[bands]\nweak = 0.1", "bands.weak"),
        ("[candidates]", "[candidates]\nrrf = 60", "candidates.rrf"),
        ("[pooling]", "[extra]\na = 1\n[pooling]", "extra"),
        ("[pooling]", "[fusion.clicks]\na = 1.0\n[pooling]", "fusion.clicks"),
    ],
)
def test_an_unknown_key_is_named(tmp_path: Path, old: str, new: str, field: str) -> None:
    error = refusal(tmp_path, GOOD.replace(old, new))
    assert error.where["field"] == field
    assert error.hint is not None


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_table_is_named(tmp_path: Path, table: str) -> None:
    start = GOOD.index(f"[{table}]")
    end = GOOD.find("\n\n", start)
    text = GOOD[:start] + (GOOD[end:] if end >= 0 else "")
    assert refusal(tmp_path, text).where["field"] == table


@pytest.mark.parametrize("table", WEIGHINGS)
def test_a_missing_table_of_weights_is_named(tmp_path: Path, table: str) -> None:
    start = GOOD.index(f"[fusion.{table}]")
    text = GOOD[:start] + GOOD[GOOD.index("\n\n", start) :]
    assert f"[fusion.{table}]" in refusal(tmp_path, text).message


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("strong = 0.4\n", "bands.strong"),
        ("boosted = false\n", "ranker.boosted"),
        ("file_dimension = 16\n", "factors.file_dimension"),
        ("room = 0.375\n", "fusion.persons.room"),
    ],
)
def test_a_key_that_an_older_recipe_lacks_is_named_with_what_to_do(
    tmp_path: Path, line: str, key: str
) -> None:
    error = refusal(tmp_path, GOOD.replace(line, ""))
    assert error.where["field"] == key
    assert error.message == f"has no key {key}."
    assert error.hint is not None
    assert "add it" in error.hint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("per_space = 40", "per_space = 0"),
        ("per_space = 40", "per_space = -1"),
        ("per_space = 40", "per_space = 40.0"),
        ("per_space = 40", "per_space = true"),
        ("strong = 0.4", "strong = nan"),
        ("strong = 0.4", "strong = -0.1"),
        ("strong = 0.4", "strong = true"),
        ("strong = 0.4", 'strong = "0.4"'),
        ("whole = 0.5", "whole = nan"),
        ("concepts = 0.75", "concepts = nan"),
        ("concepts = 0.75", "concepts = true"),
        ("concepts = 0.75", "concepts = inf"),
        ("content = 0.2\n", "content = -0.2\n"),
        ("dimension = 8", "dimension = 0"),
        ("epochs = 2", "epochs = 2.5"),
        ("learning_rate = 0.05", "learning_rate = 2"),
        ("penalty = 0.001", "penalty = 5"),
        ("confidence = 40", "confidence = inf"),
        ("regularisation = 10.5", "regularisation = 1e9"),
        ("lists = 100", "lists = 0"),
        ("boosted = false", "boosted = 0"),
        ("boosted = false", 'boosted = "yes"'),
        ("strength = 50", "strength = -1"),
    ],
)
def test_a_value_that_is_no_usable_number(tmp_path: Path, old: str, new: str) -> None:
    assert GOOD.count(old) == 1
    assert refusal(tmp_path, GOOD.replace(old, new)).where["field"]


@pytest.mark.parametrize("key", ["learning_rate", "file_learning_rate"])
@pytest.mark.parametrize("rate", ["0", "0.0", "-0.1", "1.01", "1e38", "inf", "nan", "true"])
def test_a_step_is_above_0_and_at_most_1(tmp_path: Path, key: str, rate: str) -> None:
    line = next(line for line in GOOD.splitlines() if line.startswith(f"{key} ="))
    error = refusal(tmp_path, GOOD.replace(f"\n{line}", f"\n{key} = {rate}"))
    assert error.where["field"] == f"collaborative.{key}"
    assert error.hint is not None
    assert "at most 1" in error.hint


def test_the_largest_step(tmp_path: Path) -> None:
    text = GOOD.replace("\nlearning_rate = 0.05", "\nlearning_rate = 1")
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    assert read_recipe(path).collaborative.learning_rate == 1


@pytest.mark.parametrize("weight", ["0.74", "0.76", "0"])
def test_weights_have_to_sum_to_1(tmp_path: Path, weight: str) -> None:
    error = refusal(tmp_path, GOOD.replace("concepts = 0.75", f"concepts = {weight}"))
    assert error.where["field"] == "fusion.texts"
    assert "sum to" in error.message


@pytest.mark.parametrize("text", ["", "[candidates", "= 1"])
def test_what_is_no_recipe_at_all(tmp_path: Path, text: str) -> None:
    refusal(tmp_path, text)


def test_what_is_no_text_at_all(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidValue, match="not TOML"):
        read_recipe(path)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("collaborative = 0.4\n", "fusion.interactions.collaborative"),
        ("factors = 0.3\n", "fusion.interactions.factors"),
        ("trl = 0.375\n", "fusion.listings.trl"),
        ("room = 0.375\n", "fusion.persons.room"),
        ("content = 0.25\n", "fusion.texts.content"),
        ('content = 0.25\norigin = "by hand"\n', "fusion.texts.origin"),
    ],
)
def test_a_missing_weight_is_no_weight_of_0(tmp_path: Path, line: str, field: str) -> None:
    assert GOOD.count(line) == 1
    kept = "content = 0.25\n" if field.endswith("origin") else ""
    assert refusal(tmp_path, GOOD.replace(line, kept)).where["field"] == field


def test_a_query_without_known_pairs_has_no_weight_for_them(tmp_path: Path) -> None:
    text = GOOD.replace("content = 0.25", "content = 0.2\ncollaborative = 0.05")
    assert refusal(tmp_path, text).where["field"] == "fusion.texts.collaborative"
