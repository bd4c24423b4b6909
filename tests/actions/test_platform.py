"""What every action works with can't be exchanged under its feet."""

from __future__ import annotations

import dataclasses

import pytest

from matcher.actions.platform import Platform


def test_a_platform_is_one_thing_for_as_long_as_it_is_open(platform: Platform) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        platform.database = None  # type: ignore[misc, assignment]
    first, second = platform.now(), platform.now()
    assert first.utcoffset() == second.utcoffset() is not None
