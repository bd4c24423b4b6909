"""Reliability worked out by hand, and the table that people see."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InvalidValue, UsageError
from matcher.evaluate.reliability import Bin, Reliability, as_json, as_text, reliability

LIKELIHOODS = np.array([0.1, 0.2, 0.3, 0.8, 0.9, 1.0])
LABELS = np.array([0, 0, 1, 1, 1, 0])


def test_two_bins_worked_out_by_hand() -> None:
    found = reliability(LIKELIHOODS, LABELS, bins=2)
    low, high = found.bins
    assert (low.low, low.high, high.high) == pytest.approx((0.1, 0.55, 1.0))
    assert (low.count, low.predicted, low.observed) == (3, pytest.approx(0.2), pytest.approx(1 / 3))
    assert (high.count, high.predicted, high.observed) == (
        3,
        pytest.approx(0.9),
        pytest.approx(2 / 3),
    )
    assert found.ece == pytest.approx(((1 / 3 - 0.2) + (0.9 - 2 / 3)) / 2)
    assert found.brier == pytest.approx((0.01 + 0.04 + 0.49 + 0.04 + 0.01 + 1) / 6)
    assert found.count == 6


def test_bins_are_weighted_by_what_they_hold() -> None:
    """Five equal likelihoods share the lower bin."""
    likelihoods = np.array([0.2, 0.2, 0.2, 0.2, 0.2, 0.6])
    found = reliability(likelihoods, np.array([1, 0, 0, 0, 0, 0]), bins=2)
    assert [each.count for each in found.bins] == [5, 1]
    assert found.ece == pytest.approx((5 * 0.0 + 1 * 0.6) / 6)


def test_one_likelihood_for_all_is_one_bin() -> None:
    found = reliability(np.full(8, 0.5), np.array([0, 1] * 4))
    assert found == Reliability((Bin(0.5, 0.5, 8, 0.5, 0.5),), 0.0, 0.25, 8)


def test_true_likelihoods_are_reliable_and_exaggerated_ones_are_not() -> None:
    rng = np.random.default_rng(0)
    true = rng.random(20_000)
    labels = rng.random(20_000) < true
    honest, bold = reliability(true, labels), reliability(np.round(true), labels)
    assert honest.ece < 0.02
    assert bold.ece > 0.2
    assert honest.brier < bold.brier


@pytest.mark.parametrize("label", [0, 1])
def test_one_label_for_all_is_measured_too(label: int) -> None:
    found = reliability(LIKELIHOODS, np.full(6, label), bins=3)
    assert {each.observed for each in found.bins} == {float(label)}


@given(
    st.lists(st.tuples(st.sampled_from([0, 0.1, 0.25, 0.5, 0.9, 1]), st.booleans()), min_size=1),
    st.integers(1, 12),
)
def test_the_bins_hold_every_label_once(rows: list[tuple[float, bool]], bins: int) -> None:
    likelihoods, labels = np.array([r[0] for r in rows], float), np.array([r[1] for r in rows])
    found = reliability(likelihoods, labels, bins)
    assert sum(each.count for each in found.bins) == found.count == len(rows)
    assert sum(each.count * each.observed for each in found.bins) == pytest.approx(labels.sum())
    assert sum(each.count * each.predicted for each in found.bins) == pytest.approx(
        likelihoods.sum()
    )
    for each in found.bins:
        assert each.low - 1e-9 <= each.predicted <= each.high + 1e-9
    assert 0 <= found.ece <= 1
    assert 0 <= found.brier <= 1


def test_the_table_has_a_line_a_bin_and_the_numbers_below() -> None:
    found = Reliability(
        (Bin(0, 0.25, 1200, 0.1, 0.125), Bin(0.25, 1, 800, 0.5, 0.4)), 0.03, 0.2, 2000
    )
    assert as_text(found).splitlines() == [
        "   likelihood  predicted  observed    count",
        " 0.00 – 0.25       0.100     0.125    1,200",
        " 0.25 – 1.00       0.500     0.400      800",
        "ECE 0.030, Brier 0.200, 2,000 labels",
    ]


def test_json_holds_plain_values() -> None:
    plain = json.loads(json.dumps(as_json(reliability(LIKELIHOODS, LABELS, bins=2))))
    assert plain["count"] == 6
    assert [each["count"] for each in plain["bins"]] == [3, 3]


@pytest.mark.parametrize(
    ("likelihoods", "labels"),
    [([0.5], [2]), ([1.5], [1]), ([-0.1], [0]), ([float("nan")], [0]), ([0.5, 0.5], [1])],
)
def test_what_is_no_likelihood_or_label_is_refused(
    likelihoods: list[float], labels: list[int]
) -> None:
    with pytest.raises(InvalidValue):
        reliability(np.array(likelihoods), np.array(labels))


def test_without_labels_or_bins_there_is_no_table() -> None:
    with pytest.raises(UsageError, match="0 labels"):
        reliability(np.zeros(0), np.zeros(0, np.int64))
    with pytest.raises(UsageError, match="0 bins"):
        reliability(LIKELIHOODS, LABELS, bins=0)
