"""Dense segments: one score a pair, exact ranking from estimates, and codes that hardly miss."""

import gc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from numpy.typing import NDArray

from matcher.index import dense
from matcher.index.bitmap import Allowed
from matcher.index.dense import (
    BATCH,
    COPIED,
    FEWEST_CODED,
    MARGIN,
    DenseSegment,
    inner_products,
    rounding,
)
from matcher.index.port import Space, SpaceKind, Storage

FLAT = Space("content", SpaceKind.DENSE, 16)
SQ8 = Space("content", SpaceKind.DENSE, 16, Storage.SQ8)
MANY = FEWEST_CODED + 904

sizes = st.integers(1, 40)
seeds = st.integers(0, 2**32 - 1)


def drawn(rows: int, dimension: int = 16, seed: int = 0) -> NDArray[np.float32]:
    """Random vectors of length 1."""
    array = np.random.default_rng(seed).standard_normal((rows, dimension))
    unit: NDArray[np.float32] = array / np.linalg.norm(array, axis=1, keepdims=True)
    return unit.astype(np.float32)


def segment(space: Space, vectors: NDArray[np.float32]) -> DenseSegment:
    return DenseSegment.build(space, np.arange(len(vectors)), vectors)


@pytest.fixture(scope="module")
def flat() -> DenseSegment:
    return segment(FLAT, drawn(MANY))


@pytest.fixture(scope="module")
def coded() -> DenseSegment:
    return segment(SQ8, drawn(MANY))


def test_inner_products_by_hand() -> None:
    queries = np.array([[1, 2], [0, -1]], np.float32)
    vectors = np.array([[3, 4], [5, 6], [0, 0]], np.float32)
    assert inner_products(queries, vectors).tolist() == [[11, 17, 0], [-4, -6, 0]]


@given(n=sizes, m=sizes, d=st.integers(1, 300), seed=seeds)
@settings(deadline=None)
def test_a_pair_scores_the_same_in_any_company(n: int, m: int, d: int, seed: int) -> None:
    queries, vectors = drawn(n, d, seed), drawn(m, d, seed + 1)
    together = inner_products(queries, vectors)
    alone = [[inner_products(q[None], v[None])[0, 0] for v in vectors] for q in queries]
    assert_array_equal(together, alone)


@given(n=sizes, m=sizes, d=st.integers(1, 300), seed=seeds, scale=st.sampled_from([1e-6, 1, 1e6]))
@settings(deadline=None)
def test_two_ways_to_sum_differ_by_no_more_than_rounding(
    n: int, m: int, d: int, seed: int, scale: float
) -> None:
    queries, vectors = drawn(n, d, seed), drawn(m, d, seed + 1) * np.float32(scale)
    longest = float(np.linalg.norm(vectors, axis=1).max())
    difference = np.abs(queries @ vectors.T - inner_products(queries, vectors))
    assert difference.max() <= rounding(d, 1 + 1e-6, longest)


def test_rows_are_kept_in_the_order_of_their_ids() -> None:
    vectors = drawn(3)
    built = DenseSegment.build(FLAT, np.array([8, 2, 5]), vectors)
    assert built.ids.tolist() == [2, 5, 8]
    assert_array_equal(built.vectors, vectors[[1, 2, 0]])


def test_the_longest_norm_is_known() -> None:
    built = segment(Space("content", SpaceKind.DENSE, 2), np.array([[3, 4], [1, 1]], np.float32))
    assert built.longest == 5


def test_merging_takes_the_rows_named() -> None:
    one = DenseSegment.build(FLAT, np.array([1, 3, 5]), drawn(3))
    other = DenseSegment.build(FLAT, np.array([2, 4]), drawn(2, seed=1))
    merged = DenseSegment.merge(FLAT, [(one, np.array([0, 2])), (other, np.array([1]))])
    assert merged.ids.tolist() == [1, 4, 5]
    assert_array_equal(merged.vectors, np.stack([one.vectors[0], other.vectors[1], one.vectors[2]]))


def test_equal_rows_come_in_the_order_of_ids_wherever_they_lie() -> None:
    vectors = drawn(1000)
    vectors[::3] = vectors[0]
    found = segment(FLAT, vectors).search(vectors[:1], 40, Allowed.first(1000))
    assert found.ids[0].tolist() == list(range(0, 120, 3))
    assert np.unique(found.scores).size == 1


def test_rows_that_differ_in_the_last_bit_are_told_apart() -> None:
    vectors = np.tile(drawn(1, seed=3), (200, 1))
    components = np.random.default_rng(0).integers(0, 16, 200)
    rows = np.arange(200)
    vectors[rows, components] = np.nextafter(vectors[rows, components], np.float32(1))
    built = segment(FLAT, vectors)
    query = drawn(1, seed=4)
    scores = built.score(query, rows)[0]
    found = built.search(query, 7, Allowed.first(200))
    assert found.ids[0].tolist() == np.lexsort((rows, -scores))[:7].tolist()


def best(
    built: DenseSegment, query: NDArray[np.float32], k: int, rows: NDArray[np.int64]
) -> list[int]:
    """The k best of the rows by sorting all of their scores."""
    scores = built.score(query[None], rows)[0]
    return [int(row) for row in rows[np.lexsort((rows, -scores))[:k]]]


@given(
    n=st.integers(1, 80),
    k=st.integers(1, 30),
    kinds=st.integers(1, 80),
    share=st.sampled_from([0.1, 0.5, 1.0]),
    batch=st.sampled_from([1, 3, BATCH // 16, COPIED // 16]),
    seed=seeds,
)
@settings(deadline=None)
def test_hits_are_those_of_a_full_sort(
    n: int, k: int, kinds: int, share: float, batch: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    built = segment(FLAT, drawn(kinds, seed=seed)[random.integers(0, kinds, n)])
    rows = np.union1d(np.flatnonzero(random.random(n) < share), [n - 1])
    queries = drawn(batch, seed=seed + 1)
    queries[-1] = 0
    found = built.search(queries, k, Allowed.of_ids(rows)).ids
    for row in {0, batch // 2, batch - 1}:
        wanted = best(built, queries[row], k, rows)
        assert found[row].tolist() == wanted + [-1] * (k - len(wanted))


@pytest.mark.parametrize("batch", [1, BATCH // 16, COPIED // 16])
@pytest.mark.parametrize("live", [Allowed.first(2000), Allowed.of_ids(np.arange(0, 2000, 2))])
def test_ties_beyond_the_margin_are_found(batch: int, live: Allowed) -> None:
    vectors = drawn(2000)
    vectors[1000:1200] = vectors[7]
    vectors[1199] *= np.float32(1.01)
    found = segment(FLAT, vectors).search(np.tile(vectors[7], (batch, 1)), 4, live)
    first = [row for row in [1199, 7, *range(1000, 1199)] if live.contains(np.array([row]))[0]]
    assert found.ids.tolist() == [first[:4]] * batch


def test_a_flat_index_holds_the_only_copy_of_the_vectors(flat: DenseSegment) -> None:
    assert flat.base.ntotal == MANY
    assert_array_equal(flat.base.reconstruct_n(0, MANY), drawn(MANY))
    address = flat.vectors.__array_interface__["data"][0]
    assert address == int(flat.base.get_xb())
    assert not flat.vectors.flags.owndata
    assert not flat.vectors.flags.writeable


def test_the_vectors_outlive_their_segment() -> None:
    vectors = segment(FLAT, drawn(MANY)).vectors
    gc.collect()
    segment(FLAT, np.zeros((MANY, 16), np.float32))
    assert_array_equal(vectors, drawn(MANY))


def test_an_empty_segment_has_no_rows() -> None:
    assert segment(FLAT, np.zeros((0, 16), np.float32)).vectors.shape == (0, 16)


@pytest.mark.parametrize("step", [1, 3])
def test_a_batch_finds_what_its_queries_find_alone(flat: DenseSegment, step: int) -> None:
    live = Allowed.of_ids(np.arange(0, MANY, step))
    queries = drawn(COPIED // 16, seed=6)
    together = flat.search(queries, 10, live)
    alone = [flat.search(query[None], 10, live) for query in queries]
    assert_array_equal(together.ids, np.concatenate([hits.ids for hits in alone]))
    assert_array_equal(together.scores, np.concatenate([hits.scores for hits in alone]))


def test_small_blocks_change_nothing(flat: DenseSegment, monkeypatch: pytest.MonkeyPatch) -> None:
    queries, live = drawn(7, seed=1), Allowed.first(MANY)
    whole, scores = flat.search(queries, 20, live), flat.score(queries, np.arange(100))
    monkeypatch.setattr(dense, "BLOCK", 2 * (20 + MARGIN))
    monkeypatch.setattr(dense, "ROWS", 9)
    blocks = flat.search(queries, 20, live)
    assert_array_equal(blocks.ids, whole.ids)
    assert_array_equal(flat.score(queries, np.arange(100)), scores)


def test_a_zero_vector_finds_the_first_live_rows(flat: DenseSegment) -> None:
    live = Allowed.first(MANY) - Allowed.first(10)
    found = flat.search(np.zeros((1, 16), np.float32), 3, live)
    assert found.ids.tolist() == [[10, 11, 12]]
    assert found.scores.tolist() == [[0, 0, 0]]


@pytest.mark.parametrize("share", [0.01, 0.12, 0.13, 0.9])
def test_a_filter_ranks_what_is_left_as_if_it_were_all(flat: DenseSegment, share: float) -> None:
    rows = np.flatnonzero(np.random.default_rng(5).random(MANY) < share)
    queries = drawn(4, seed=1)
    alone = DenseSegment.build(FLAT, rows, flat.vectors[rows])
    found = flat.search(queries, 30, Allowed.of_ids(rows))
    wanted = alone.search(queries, 30, Allowed.first(len(rows)))
    assert_array_equal(found.ids, wanted.ids)
    assert found.scores.tobytes() == wanted.scores.tobytes()


def test_codes_are_made_from_enough_rows_on(coded: DenseSegment) -> None:
    assert coded.codes is not None
    assert coded.codes.ntotal == MANY
    assert segment(SQ8, drawn(FEWEST_CODED - 1)).codes is None
    assert segment(FLAT, drawn(FEWEST_CODED)).codes is None


def test_codes_hardly_miss_and_never_misreport(flat: DenseSegment, coded: DenseSegment) -> None:
    queries, live = drawn(50, seed=1), Allowed.first(MANY)
    found, wanted = coded.search(queries, 10, live), flat.search(queries, 10, live)
    missed = sum(len(set(w) - set(f)) for w, f in zip(wanted.ids, found.ids, strict=True))
    assert missed <= 0.02 * wanted.ids.size
    for query, ids, scores in zip(queries, found.ids, found.scores, strict=True):
        assert coded.score(query[None], ids).tobytes() == scores.tobytes()


def test_codes_propose_more_than_is_asked_for(flat: DenseSegment, coded: DenseSegment) -> None:
    """With so many neighbours one byte a component can't order, a pool of k would miss some."""
    queries, live = drawn(50, seed=2), Allowed.first(MANY)
    assert coded.codes is not None
    _, pool = coded.codes.search(queries, 400)
    wanted = flat.search(queries, 400, live).ids
    assert any(set(w) - set(p) for w, p in zip(wanted, pool, strict=True))
    assert_array_equal(coded.search(queries, 400, live).ids, wanted)


def test_codes_obey_a_wide_filter(coded: DenseSegment) -> None:
    even = Allowed.of_ids(np.arange(0, MANY, 2))
    found = coded.search(drawn(5, seed=1), MANY, even)
    assert_array_equal(np.sort(found.ids[:, : MANY // 2]), np.tile(np.arange(0, MANY, 2), (5, 1)))
    assert (found.ids[:, MANY // 2 :] == -1).all()


def test_a_selective_filter_is_exact_in_spite_of_codes(
    flat: DenseSegment, coded: DenseSegment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "WIDER", 0)
    monkeypatch.setattr(dense, "BEYOND", 0)
    few = Allowed.of_ids(np.arange(0, MANY, 10))
    queries = drawn(5, seed=1)
    found, wanted = coded.search(queries, 20, few), flat.search(queries, 20, few)
    assert_array_equal(found.ids, wanted.ids)
