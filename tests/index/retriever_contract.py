"""What every implementation of the Retriever port must do; numpy, brute force, is the oracle.

A test class derives from `RetrieverContract` and gives it the fixture `new_retriever`, of class
scope: a callable that makes an empty retriever of the spaces it is handed.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from matcher.index import Allowed, Hits, Reader, Retriever, Space
from tests.index.retriever_cases import (
    DIMENSION,
    FLAT,
    SPARSE,
    NewRetriever,
    Rows,
    as_ids,
    as_vectors,
    assert_same,
    drawn,
    expected,
    is_sparse,
    write,
)
from tests.index.retriever_refusals import RetrieverRefusals

Step = tuple[str, Rows]

# Halves of small integers: sums are exact in float32, and ties are frequent.
components = st.integers(-3, 3).map(lambda number: number / 2)
vectors = st.tuples(*[components] * DIMENSION)
some_ids = st.integers(0, 40)
upserts = st.tuples(st.just("upsert"), st.dictionaries(some_ids, vectors, max_size=12))
deletes = st.tuples(st.just("delete"), st.dictionaries(some_ids, st.just(()), max_size=12))


class RetrieverContract(RetrieverRefusals):
    """Tests of one implementation, in each kind of space."""

    @given(
        steps=st.lists(st.one_of(upserts, upserts, deletes), max_size=12),
        query=vectors,
        k=st.integers(1, 45),
        allowed=st.none() | st.sets(some_ids),
    )
    @settings(deadline=None, max_examples=60)
    def test_any_writes_then_a_search_find_what_brute_force_finds(
        self,
        new_retriever: NewRetriever,
        space: Space,
        steps: list[Step],
        query: tuple[float, ...],
        k: int,
        allowed: set[int] | None,
    ) -> None:
        retriever, rows = new_retriever([space]), dict[int, tuple[float, ...]]()
        bitmap = None if allowed is None else Allowed.of_ids(as_ids(allowed))
        for verb, given_rows in steps:
            if verb == "upsert":
                write(retriever, space, given_rows)
                rows |= given_rows
            else:
                retriever.delete(as_ids(given_rows))
                rows = {each: row for each, row in rows.items() if each not in given_rows}
            found = retriever.search(space.name, as_vectors(space, query), k, bitmap)
            assert_same(found, expected(space, rows, query, k, allowed))
            scores = retriever.score(space.name, as_vectors(space, query), np.arange(-1, 41))
            assert_array_equal(np.flatnonzero(np.isfinite(scores[0])) - 1, sorted(rows))
            assert_array_equal(retriever.ids, sorted(rows))
            assert len(retriever) == len(rows)

    def test_many_real_numbers_are_ranked_as_numpy_ranks_them(
        self, retriever: Retriever, space: Space
    ) -> None:
        rows = dict(enumerate(map(tuple, drawn(space, 500))))
        write(retriever, space, rows)
        queries = drawn(space, 30, seed=1)
        found = retriever.search(space.name, as_vectors(space, queries), 25)
        for row, query in enumerate(queries):
            one = Hits(found.ids[row : row + 1], found.scores[row : row + 1])
            assert_same(one, expected(space, rows, query, 25, None))

    def test_an_empty_index_has_no_hits(self, retriever: Retriever, space: Space) -> None:
        query = as_vectors(space, [1, 1, 1, 1])
        assert len(retriever) == 0
        assert retriever.ids.tolist() == []
        assert_same(retriever.search(space.name, query, 3), Hits.empty(1, 3))
        assert retriever.score(space.name, query, as_ids([0, 1])).tolist() == [[-np.inf, -np.inf]]

    def test_no_query_has_no_hits(self, filled: Retriever, space: Space) -> None:
        none = as_vectors(space, [])
        assert_same(filled.search(space.name, none, 3), Hits.empty(0, 3))
        assert filled.score(space.name, none, as_ids([2])).shape == (0, 1)

    def test_what_is_missing_to_k_is_padding(self, filled: Retriever, space: Space) -> None:
        found = filled.search(space.name, as_vectors(space, [2, 1, 1, 1]), 6)
        assert found.ids.tolist() == [[2, 3, 5, 7, -1, -1]]
        assert found.scores.tolist() == [[3, 3, 3, 2, -np.inf, -np.inf]]

    def test_a_zero_query_ties_with_all_or_finds_nothing(
        self, filled: Retriever, space: Space
    ) -> None:
        found = filled.search(space.name, as_vectors(space, [0, 0, 0, 0]), 2)
        assert found.ids.tolist() == ([[-1, -1]] if is_sparse(space) else [[2, 3]])

    @pytest.mark.parametrize(
        ("allowed", "found"),
        [([], [-1, -1]), ([4, 900], [-1, -1]), ([5, 7], [5, 7]), ([2, 3, 5, 7, 8], [3, 5])],
    )
    def test_only_what_is_allowed_is_found(
        self, filled: Retriever, space: Space, allowed: list[int], found: list[int]
    ) -> None:
        query = as_vectors(space, [2, 1, 0, 0])
        hits = filled.search(space.name, query, 2, Allowed.of_ids(as_ids(allowed)))
        assert hits.ids.tolist() == [found]

    def test_what_came_after_the_bitmap_was_made_is_not_allowed(
        self, filled: Retriever, space: Space
    ) -> None:
        allowed = Allowed.of_ids(filled.ids)
        write(filled, space, {5000: (9, 9, 9, 9)})
        query = as_vectors(space, [1, 0, 0, 0])
        assert filled.search(space.name, query, 1, allowed).ids.tolist() == [[3]]
        assert filled.search(space.name, query, 1).ids.tolist() == [[5000]]

    def test_a_batch_says_what_single_queries_say(self, retriever: Retriever, space: Space) -> None:
        write(retriever, space, dict(enumerate(map(tuple, drawn(space, 300)))))
        queries = drawn(space, 20, seed=1)
        batch = retriever.search(space.name, as_vectors(space, queries), 9)
        for row, query in enumerate(queries):
            single = retriever.search(space.name, as_vectors(space, query), 9)
            assert single.ids.tobytes() == batch.ids[row].tobytes()
            assert single.scores.tobytes() == batch.scores[row].tobytes()

    def test_the_order_of_writes_leaves_no_trace(
        self, new_retriever: NewRetriever, space: Space
    ) -> None:
        rows = drawn(space, 200)
        queries = as_vectors(space, drawn(space, 5, seed=1))
        at_once, piece_by_piece = new_retriever([space]), new_retriever([space])
        write(at_once, space, dict(enumerate(map(tuple, rows))))
        shuffled = np.random.default_rng(2).permutation(len(rows))
        for ids in np.array_split(shuffled, 23):
            write(piece_by_piece, space, {int(each): tuple(rows[each]) for each in ids})
        found = [each.search(space.name, queries, 50) for each in (at_once, piece_by_piece)]
        assert found[0].ids.tobytes() == found[1].ids.tobytes()
        assert found[0].scores.tobytes() == found[1].scores.tobytes()

    def test_score_says_what_search_says(self, retriever: Retriever, space: Space) -> None:
        write(retriever, space, dict(enumerate(map(tuple, drawn(space, 300)))))
        query = as_vectors(space, drawn(space, 1, seed=1))
        found = retriever.search(space.name, query, 20)
        assert retriever.score(space.name, query, found.ids[0]).tobytes() == found.scores.tobytes()

    def test_score_takes_ids_in_any_order_and_none_is_missing(
        self, filled: Retriever, space: Space
    ) -> None:
        queries = as_vectors(space, [[2, 1, 0, 0], [0, 0, 1, 3]])
        scores = filled.score(space.name, queries, as_ids([7, 2, 2, 4, -1, 3]))
        assert scores.dtype == np.float32
        assert scores.tolist() == [[2, 2, 2, -np.inf, -np.inf, 3], [0, 3, 3, -np.inf, -np.inf, 0]]

    def test_vectors_come_back_in_the_order_asked_and_zeros_for_who_has_none(
        self, filled: Retriever, space: Space
    ) -> None:
        filled.delete(as_ids([5]))
        write(filled, space, {3: (0, 0, 0, 4), 9: (0, 0, 3, 0)})
        found = filled.vectors(space.name, as_ids([9, 2, 5, -1, 3, 2, 900]))
        rows = found.toarray() if is_sparse(space) else found
        assert rows.dtype == np.float32
        nothing, two = [0, 0, 0, 0], [0, 2, 0, 1]
        assert rows.tolist() == [[0, 0, 3, 0], two, nothing, nothing, [0, 0, 0, 4], two, nothing]
        assert filled.vectors(space.name, as_ids([])).shape == (0, DIMENSION)

    def test_vectors_are_what_was_written_to_the_bit(
        self, retriever: Retriever, space: Space
    ) -> None:
        rows = drawn(space, 90)
        for ids in np.array_split(np.random.default_rng(3).permutation(90), 7):
            write(retriever, space, {int(each): tuple(rows[each]) for each in ids})
        found = retriever.snapshot().vectors(space.name, np.arange(90))
        assert_array_equal(found.toarray() if is_sparse(space) else found, rows)

    def test_the_vectors_given_out_may_be_written_to(self, filled: Retriever, space: Space) -> None:
        found = filled.vectors(space.name, as_ids([2, 3]))
        np.asarray(found.data if is_sparse(space) else found)[:] = 50
        again = filled.vectors(space.name, as_ids([2]))
        rows = again.toarray() if is_sparse(space) else again
        assert rows.tolist() == [[0, 2, 0, 1]]

    def test_an_upsert_replaces(self, filled: Retriever, space: Space) -> None:
        write(filled, space, {2: (0, 0, 1, 0), 9: (0, 0, 2, 0)})
        query = as_vectors(space, [0, 0, 1, 0])
        assert filled.search(space.name, query, 2).ids.tolist() == [[9, 2]]
        assert filled.score(space.name, as_vectors(space, [0, 1, 0, 0]), as_ids([2])) == 0
        assert filled.ids.tolist() == [2, 3, 5, 7, 9]

    def test_deleting_what_is_not_there_is_ignored(self, filled: Retriever, space: Space) -> None:
        filled.delete(as_ids([4, -1, 7, 10**12, 7]))
        assert filled.ids.tolist() == [2, 3, 5]

    def test_what_was_deleted_can_come_back(self, filled: Retriever, space: Space) -> None:
        filled.delete(filled.ids)
        assert len(filled) == 0
        write(filled, space, {3: (0, 0, 0, 1)})
        query = as_vectors(space, [0, 0, 0, 1])
        assert filled.search(space.name, query, 2).ids.tolist() == [[3, -1]]

    def test_the_vectors_handed_in_may_be_reused(self, retriever: Retriever, space: Space) -> None:
        rows = as_vectors(space, [[1, 0, 0, 0], [0, 1, 0, 0]])
        ids = as_ids([0, 1])
        retriever.upsert(ids, {space.name: rows})
        np.asarray(rows.data if is_sparse(space) else rows)[:] = 100
        ids[:] = 50
        found = retriever.search(space.name, as_vectors(space, [1, 0.5, 0, 0]), 2)
        assert found.ids.tolist() == [[0, 1]]
        assert found.scores.tolist() == [[1, 0.5]]

    def test_spaces_are_filled_one_by_one_and_emptied_together(
        self, new_retriever: NewRetriever
    ) -> None:
        both = new_retriever([FLAT, SPARSE])
        write(both, FLAT, {1: (1, 0, 0, 0), 2: (2, 0, 0, 0)})
        write(both, SPARSE, {2: (1, 0, 0, 0), 3: (3, 0, 0, 0)})
        assert both.ids.tolist() == [1, 2, 3]
        assert self.found(both) == ([2, 1, -1], [3, 2, -1])
        both.delete(as_ids([2]))
        assert both.ids.tolist() == [1, 3]
        assert self.found(both) == ([1, -1, -1], [3, -1, -1])

    def found(self, both: Retriever) -> tuple[list[int], list[int]]:
        dense, concepts = (
            both.search(space.name, as_vectors(space, [1, 0, 0, 0]), 3).ids[0].tolist()
            for space in (FLAT, SPARSE)
        )
        return dense, concepts

    def test_a_snapshot_never_sees_a_later_write(self, filled: Retriever, space: Space) -> None:
        query = as_vectors(space, [1, 1, 1, 1])
        snapshot = filled.snapshot()
        before = snapshot.search(space.name, query, 6)
        write(filled, space, {2: (9, 9, 9, 9), 8: (8, 8, 8, 8)})
        filled.delete(as_ids([5]))
        assert_same(snapshot.search(space.name, query, 6), before)
        assert snapshot.score(space.name, query, as_ids([2, 8])).tolist() == [[3, -np.inf]]
        assert snapshot.ids.tolist() == [2, 3, 5, 7]
        assert len(snapshot) == 4
        assert filled.search(space.name, query, 6).ids.tolist() == [[2, 8, 3, 7, -1, -1]]

    def test_readers_see_each_write_whole_while_a_writer_writes(
        self, retriever: Retriever, space: Space
    ) -> None:
        ids, query = as_ids(range(40)), as_vectors(space, [1, 0, 0, 0])

        def upsert(versions: range) -> None:
            for version in versions:
                rows = as_vectors(space, [[version, 0, 0, 0]] * 40)
                retriever.upsert(ids, {space.name: rows})

        def read(reader: Reader) -> float:
            versions = np.unique(reader.search(space.name, query, 40).scores)
            assert versions.size == 1
            return float(versions[0])

        upsert(range(1, 2))
        snapshot, seen = retriever.snapshot(), [1.0]
        with ThreadPoolExecutor(1) as pool:
            writer = pool.submit(upsert, range(2, 60))
            while not writer.done():
                seen.append(read(retriever))
                assert read(snapshot) == 1
            writer.result()
        assert read(retriever) == 59
        assert seen == sorted(seen)

    def test_no_write_is_lost_between_two_writers(self, retriever: Retriever, space: Space) -> None:
        def upsert(ids: range) -> None:
            for each in ids:
                write(retriever, space, {each: (each, 0, 0, 0)})

        with ThreadPoolExecutor(2) as pool:
            for writer in [pool.submit(upsert, range(start, 200, 2)) for start in (0, 1)]:
                writer.result()
        assert_array_equal(retriever.ids, np.arange(200))
        found = retriever.search(space.name, as_vectors(space, [1, 0, 0, 0]), 199)
        assert_array_equal(found.scores[0], np.arange(199, 0, -1))
