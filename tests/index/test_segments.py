"""One space over many writes: few segments, little waste, and old values that stay as they were."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.index.bitmap import Allowed
from matcher.index.port import Space, SpaceKind
from matcher.index.segments import MOST_DEAD, Segments

CONTENT = Space("content", SpaceKind.DENSE, 2)
QUERY = np.array([[1, 0]], np.float32)


def vectors(ids: NDArray[np.int64], weight: float = 1) -> NDArray[np.float32]:
    """A vector that scores `weight` times its id with QUERY."""
    return np.stack([weight * ids, np.zeros(ids.size)], axis=1).astype(np.float32)


def filled(rows: int) -> Segments:
    ids = np.arange(rows)
    return Segments(CONTENT).upserted(ids, vectors(ids))


def stored(segments: Segments) -> list[int]:
    """The rows of every segment, dead ones included."""
    return [len(leaf.segment) for leaf in segments.leaves]


def best(segments: Segments, k: int, allowed: Allowed | None = None) -> list[int]:
    return [int(each) for each in segments.search(QUERY, k, allowed).ids[0]]


@given(sizes=st.lists(st.integers(1, 30), min_size=1, max_size=40))
@settings(deadline=None, max_examples=30)
def test_segments_stay_few_however_rows_arrive(sizes: list[int]) -> None:
    segments, ends = Segments(CONTENT), np.cumsum(sizes)
    for start, end in zip(ends - sizes, ends, strict=True):
        ids = np.arange(start, end)
        segments = segments.upserted(ids, vectors(ids))
    assert len(segments) == sum(sizes)
    assert len(segments.leaves) <= 1 + math.log2(len(segments))
    assert best(segments, 3)[0] == sum(sizes) - 1


def test_one_new_row_does_not_rewrite_the_rest() -> None:
    before = filled(100)
    after = before.upserted(np.array([100]), vectors(np.array([100])))
    assert after.leaves[0] is before.leaves[0]
    assert stored(after) == [100, 1]


def test_a_replaced_row_lives_in_its_newest_segment_alone() -> None:
    ids = np.array([7])
    segments = filled(100).upserted(ids, vectors(ids, weight=100))
    assert len(segments) == 100
    assert stored(segments) == [100, 1]
    assert segments.score(QUERY, np.array([7])).tolist() == [[700]]
    assert best(segments, 2) == [7, 99]


def test_what_was_is_not_changed_by_a_write() -> None:
    before = filled(100)
    before.upserted(np.array([7]), vectors(np.array([7]), weight=100))
    before.deleted(np.arange(50, 100))
    assert len(before) == 100
    assert best(before, 2) == [99, 98]


def test_a_deletion_marks_rows_until_too_many_are_dead() -> None:
    dead = int(MOST_DEAD * 100)
    marked = filled(100).deleted(np.arange(dead))
    assert (len(marked), stored(marked)) == (70, [100])
    compacted = marked.deleted(np.array([dead]))
    assert (len(compacted), stored(compacted)) == (69, [69])
    assert best(marked, 100)[:69] == best(compacted, 100)[:69] == list(range(99, 30, -1))


def test_too_many_dead_rows_in_all_merge_all_segments() -> None:
    ids = np.arange(100, 110)
    segments = filled(100).upserted(ids, vectors(ids))
    marked = segments.deleted(np.arange(33))
    assert stored(marked) == [100, 10]
    assert stored(marked.deleted(np.array([33]))) == [76]


def test_a_space_emptied_keeps_no_segment() -> None:
    assert filled(10).deleted(np.arange(10)).leaves == ()


def test_deleting_what_is_not_there_keeps_the_leaves() -> None:
    segments = filled(10)
    assert segments.deleted(np.array([10, -1, 900])).leaves == segments.leaves


def test_a_filter_holds_over_all_segments() -> None:
    segments = filled(100).upserted(np.array([500]), vectors(np.array([500])))
    allowed = Allowed.of_ids(np.array([3, 40, 500]))
    assert len(segments.leaves) == 2
    assert best(segments, 4, allowed) == [500, 40, 3, -1]
    assert best(segments, 2, Allowed.first(100)) == [99, 98]


@pytest.mark.parametrize("kind", SpaceKind)
def test_an_empty_space_answers(kind: SpaceKind) -> None:
    segments = Segments(Space("content", kind, 2))
    assert best(segments, 2) == [-1, -1]
    assert segments.score(QUERY, np.array([0])).tolist() == [[-np.inf]]
