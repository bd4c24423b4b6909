"""Likeness, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from matcher.recommend.likeness import FEW, coverage, figures, likeness
from matcher.recommend.parts import Parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("流量１２,000升,压力0.50", {"12000", "0.5"}),
        ("007 and 1,2 and 3.0", {"7", "1", "2", "3"}),
        ("no figure", set()),
    ],
)
def test_figures_are_read_plainly(text: str, found: set[str]) -> None:
    assert figures(text) == found


def test_coverage_is_the_share_that_both_have() -> None:
    vectors = sparse.csr_array(np.array([[2.0, 2, 0], [1, 0, 1], [0, 0, 0]]))
    found = coverage(vectors, np.array([[0, 1], [1, 2]]))
    assert np.allclose(found, [[0.25, 0.5], [0, 0]])


def parts() -> Parts:
    """Two Chinese texts and two English ones; 0 and 2 say the same."""
    content = np.array([[1, 0], [0, 1], [1, 0], [0.6, 0.8]], np.float32)
    texts = ["泵 45", "茶 7", "pump 45 and 120", "tea"]
    concepts = sparse.csr_array(content)
    return Parts(np.arange(4), np.array([True, True, False, False]), texts, concepts, content)


def test_each_measure_of_a_pair() -> None:
    found = likeness(parts(), np.array([[0, 1], [0, 2], [0, 3], [1, 3]]))
    assert found.crosswise.tolist() == [False, True, True, True]
    assert np.allclose(found.concepts, [0, 1, 0.6, 0.8])
    assert np.allclose(found.content, [0, 1, 0.6, 0.8])
    assert found.shared.tolist() == [0, 2, 0, 0]
    assert found.differing.tolist() == [[2, 1], [0, 3], [2, 0], [1, 0]]


def test_a_margin_is_over_what_each_is_used_to() -> None:
    found = likeness(parts(), np.array([[0, 1], [0, 2], [0, 3], [1, 3]]))
    # 0 is used to (1 + 0.6) / 2, 2 to 1, 3 to (0.6 + 0.8) / 2, 1 to 0.8. Of two texts in each
    # language little can be said.
    trust = 2 / (2 + FEW)
    assert np.allclose(found.margin, np.array([0, 2 - 1.8, 1.2 - 1.5, 1.6 - 1.5]) * trust)
    assert np.allclose(found.mutual, np.array([0, 1, 0, 1]) * trust)


def test_no_pairs_have_no_measures() -> None:
    found = likeness(parts(), np.zeros((0, 2), np.int64))
    assert len(found.margin) == len(found.covered) == len(found.shared) == 0
