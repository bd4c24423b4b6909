from pathlib import Path

import pytest

from matcher.bundle.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library whose folder isn't there yet."""
    return Library(tmp_path / "home" / "models")
