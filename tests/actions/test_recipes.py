"""Recipes are chosen by name, and no other file is."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.actions.recipes import DEFAULT, FOLDER, recipe_path, recipes
from matcher.errors import NotFound
from matcher.resources import data_path
from matcher.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With two recipes of one's own, and what is none."""
    folder = tmp_path / FOLDER
    folder.mkdir()
    for name in ("b.toml", "a.toml", "default.toml", "notes.txt", ".hidden.toml"):
        (folder / name).write_text("")
    (folder / "elsewhere.toml").symlink_to(tmp_path / "secret.toml")
    return Settings(home=tmp_path)


def test_the_shipped_one_comes_first(settings: Settings, tmp_path: Path) -> None:
    found = recipes(settings)
    assert [(one.name, one.shipped) for one in found] == [
        (DEFAULT, True),
        ("a", False),
        ("b", False),
    ]
    assert recipe_path(settings, "") == data_path("recipes", "default.toml")
    assert recipe_path(settings, "b") == tmp_path / FOLDER / "b.toml"


@pytest.mark.parametrize("name", ["c", "../a", "elsewhere", ".hidden", "a.toml"])
def test_no_other_file_is_read(settings: Settings, name: str) -> None:
    with pytest.raises(NotFound):
        recipe_path(settings, name)
