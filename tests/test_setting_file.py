"""The file of the settings: found, read, and forgiving nobody a slip."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.errors import UsageError
from matcher.setting_file import CONFIG_FILE, CONFIG_VARIABLE, found_file, meant, nearest, read_file

NAMES = ("home", "models", "language")


def test_the_callers_goes_before_the_named_before_the_one_that_lies_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(CONFIG_VARIABLE, raising=False)
    assert found_file(None) is None
    (tmp_path / CONFIG_FILE).touch()
    assert found_file(None) == Path(CONFIG_FILE)
    monkeypatch.setenv(CONFIG_VARIABLE, "named.toml")
    assert found_file(None) == Path("named.toml")
    assert found_file(Path("given.toml")) == Path("given.toml")


def test_its_folders_are_relative_to_it(tmp_path: Path) -> None:
    file = tmp_path / "any.toml"
    file.write_text('home = "here"\nlanguage = "en"\n', encoding="utf-8")
    assert read_file(file, NAMES) == {"home": tmp_path / "here", "language": "en"}


def test_an_unknown_name_is_refused_with_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "any.toml"
    file.write_text("langage = 1\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_file(file, NAMES)
    assert caught.value.hint == "Did you mean language?"


@pytest.mark.parametrize(("name", "near"), [("model", "models"), ("HOME", "home"), ("xyz", None)])
def test_the_nearest_is_what_may_have_been_meant(name: str, near: str | None) -> None:
    assert nearest(name, NAMES) == near


def test_without_a_near_one_all_are_told() -> None:
    assert meant("xyz", NAMES) == "Known are home, models, language."
