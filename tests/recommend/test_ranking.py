"""The answer to a query, as plain values."""

from dataclasses import FrozenInstanceError

import pytest

from matcher.recommend.ranking import Match


def test_a_match_without_an_explanation_says_nothing_but_its_place() -> None:
    match = Match("o1", 1, 0.75, {"concepts": 0.5, "content": 0.25})
    assert (match.band, match.evidence, match.reasons) == (None, None, ())
    assert match.likelihood is None


def test_a_match_does_not_change() -> None:
    match = Match("o1", 1, 0.5, {"concepts": 0.5})
    with pytest.raises(FrozenInstanceError):
        match.rank = 2  # type: ignore[misc]
