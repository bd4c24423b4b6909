"""`matcher train`: a new version, published unless that isn't wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from matcher.actions.platform import Platform

Run = Callable[..., Any]

# The database is named by the settings of --home: a file.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.mark.slow
def test_a_new_model_is_made_and_only_published_if_wanted(matcher: Run, platform: Platform) -> None:
    home, before = platform.settings.home, platform.library.current().version
    ran = matcher("--home", home, "train", "--no-publish")
    assert ran.code == 0
    kept = ran.out.strip()
    assert platform.library.verify(kept).parent == before
    assert platform.library.current().version == before
    ran = matcher("--home", home, "train")
    assert ran.out.strip() == platform.library.current().version > kept


def test_a_recipe_that_is_not_there_leaves_all_as_it_was(matcher: Run, platform: Platform) -> None:
    before = platform.library.versions()
    ran = matcher("--home", platform.settings.home, "train", "--recipe", "none.toml")
    assert ran.code == 1
    assert platform.library.versions() == before
