"""A ranked pair can't be built with a score that means nothing."""

import math

import pytest

from matcher.errors import InvalidValue
from matcher.files.match_row import MatchRow


def test_a_row_of_a_result() -> None:
    row = MatchRow("q", "c", 1, 0.5, {"concepts": 0.5}, [{"code": "x"}])
    assert (row.band, row.reason_texts, row.likelihood) == ("", (), None)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_scores_and_parts_are_finite(bad: float) -> None:
    with pytest.raises(InvalidValue):
        MatchRow("q", "c", 1, bad, {}, [])
    with pytest.raises(InvalidValue):
        MatchRow("q", "c", 1, 0.5, {"a": bad}, [])


def test_ranks_count_from_one() -> None:
    with pytest.raises(InvalidValue):
        MatchRow("q", "c", 0, 0.5, {}, [])


@pytest.mark.parametrize("likelihood", [0.0, 0.25, 1.0])
def test_a_likelihood_is_a_share(likelihood: float) -> None:
    assert MatchRow("q", "c", 1, 0.5, {}, [], likelihood=likelihood).likelihood == likelihood


@pytest.mark.parametrize("bad", [-0.1, 1.1, math.nan, math.inf])
def test_what_is_no_share_is_no_likelihood(bad: float) -> None:
    with pytest.raises(InvalidValue) as refused:
        MatchRow("q", "c", 1, 0.5, {}, [], likelihood=bad)
    assert refused.value.where["field"] == "likelihood"
