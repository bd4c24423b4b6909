"""Where a command works: --home and --config before its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from matcher.cli.place import Place

Run = Callable[..., Any]


def test_home_goes_before_the_settings_file(tmp_path: Path) -> None:
    config = tmp_path / "matcher.toml"
    config.write_text('home = "elsewhere"\nkeep_models = 8\n')
    settings = Place(tmp_path / "here", config).settings()
    assert (settings.home, settings.keep_models) == (tmp_path / "here", 8)
    assert Place(None, config).settings().home == tmp_path / "elsewhere"


def test_a_place_without_a_platform_says_how_to_make_one(matcher: Run, tmp_path: Path) -> None:
    ran = matcher("--home", tmp_path / "none", "search", "steel")
    assert ran.code == 2
    assert "matcher init" in ran.err
    assert not (tmp_path / "none").exists()


def test_a_slip_in_the_settings_is_named(matcher: Run, tmp_path: Path) -> None:
    config = tmp_path / "matcher.toml"
    config.write_text("keep_model = 8\n")
    ran = matcher("--config", config, "search", "steel")
    assert ran.code == 2
    assert "keep_models" in ran.err
