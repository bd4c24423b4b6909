"""What every Retriever refuses, and that it is unchanged afterwards."""

import numpy as np
import pytest

from matcher.errors import DuplicateId, InvalidValue, MatcherError, UsageError
from matcher.index import Retriever, Space, Vectors
from tests.index.retriever_cases import (
    DIMENSION,
    FLAT,
    SPARSE,
    NewRetriever,
    RetrieverCases,
    as_ids,
    as_vectors,
    assert_same,
    is_sparse,
)


class RetrieverRefusals(RetrieverCases):
    """Tests of one implementation, in each kind of space."""

    def test_an_id_given_twice_is_refused_and_nothing_is_written(
        self, filled: Retriever, space: Space
    ) -> None:
        with pytest.raises(DuplicateId, match="The id 8 stands in rows 0 and 2") as refused:
            filled.upsert(as_ids([8, 9, 8]), {space.name: as_vectors(space, np.ones((3, 4)))})
        assert refused.value.values["rows"] == [0, 2]
        assert filled.ids.tolist() == [2, 3, 5, 7]

    @pytest.mark.parametrize("wrong", [-1, 2**31])
    def test_an_id_out_of_range_is_refused(
        self, filled: Retriever, space: Space, wrong: int
    ) -> None:
        with pytest.raises(InvalidValue, match=f"{wrong} can't be an id"):
            filled.upsert(as_ids([1, wrong]), {space.name: as_vectors(space, np.ones((2, 4)))})
        assert filled.ids.tolist() == [2, 3, 5, 7]

    @pytest.mark.parametrize("wrong", [np.nan, np.inf, 1e16])
    def test_what_is_no_number_to_reckon_with_is_refused(
        self, filled: Retriever, space: Space, wrong: float
    ) -> None:
        self.assert_refused(filled, space, as_vectors(space, [1, wrong, 0, 0]))

    def test_a_wrong_dimension_is_refused(self, filled: Retriever, space: Space) -> None:
        wider = Space(space.name, space.kind, DIMENSION + 1)
        self.assert_refused(filled, space, as_vectors(wider, [1, 0, 0, 0, 0]))

    def test_the_other_kind_of_vector_is_refused(self, filled: Retriever, space: Space) -> None:
        self.assert_refused(
            filled, space, as_vectors(FLAT if is_sparse(space) else SPARSE, [1] * 4)
        )

    def assert_refused(self, filled: Retriever, space: Space, wrong: Vectors) -> None:
        """Refused as a query and as a record, and nothing was written."""
        before = filled.search(space.name, as_vectors(space, [1, 1, 1, 1]), 5)
        for attempt in (
            lambda: filled.search(space.name, wrong, 1),
            lambda: filled.score(space.name, wrong, as_ids([2])),
            lambda: filled.upsert(as_ids([2]), {space.name: wrong}),
        ):
            with pytest.raises(InvalidValue, match=space.name) as refused:
                attempt()
            assert refused.value.hint
        assert_same(filled.search(space.name, as_vectors(space, [1, 1, 1, 1]), 5), before)

    def test_another_number_of_vectors_than_of_ids_is_refused(
        self, filled: Retriever, space: Space
    ) -> None:
        with pytest.raises(InvalidValue, match="3 vectors for 2 ids"):
            filled.upsert(as_ids([0, 1]), {space.name: as_vectors(space, np.ones((3, 4)))})
        assert filled.ids.tolist() == [2, 3, 5, 7]

    def test_an_unknown_space_is_refused_by_naming_those_there_are(
        self, filled: Retriever, space: Space
    ) -> None:
        query = as_vectors(space, [1, 0, 0, 0])
        for attempt in (
            lambda: filled.search("styles", query, 1),
            lambda: filled.score("styles", query, as_ids([2])),
            lambda: filled.vectors("styles", as_ids([2])),
            lambda: filled.upsert(as_ids([1]), {space.name: query, "styles": query}),
        ):
            with pytest.raises(UsageError, match=f"no space styles.*{space.name}"):
                attempt()
        assert filled.ids.tolist() == [2, 3, 5, 7]

    @pytest.mark.parametrize("k", [0, -3])
    def test_fewer_than_one_result_is_refused(
        self, filled: Retriever, space: Space, k: int
    ) -> None:
        with pytest.raises(UsageError, match=f"{k} results"):
            filled.search(space.name, as_vectors(space, [1, 0, 0, 0]), k)

    def test_one_wrong_space_leaves_the_others_unwritten(self, new_retriever: NewRetriever) -> None:
        both = new_retriever([FLAT, SPARSE])
        good, wrong = as_vectors(FLAT, [1, 0, 0, 0]), as_vectors(SPARSE, [np.nan, 0, 0, 0])
        with pytest.raises(MatcherError):
            both.upsert(as_ids([1]), {FLAT.name: good, SPARSE.name: wrong})
        assert len(both) == 0
        assert both.search(FLAT.name, good, 1).ids == -1
