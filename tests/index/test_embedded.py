"""The retriever in memory: the contract, and what only its making can get wrong."""

import pytest

from matcher.errors import InvalidValue
from matcher.index import EmbeddedRetriever, Space, SpaceKind
from tests.index.retriever_cases import FLAT, SPARSE, NewRetriever, as_ids, as_vectors, write
from tests.index.retriever_contract import RetrieverContract


class TestEmbeddedRetriever(RetrieverContract):
    @pytest.fixture(scope="class")
    @classmethod
    def new_retriever(cls) -> NewRetriever:
        return EmbeddedRetriever


def test_no_space_is_refused() -> None:
    with pytest.raises(InvalidValue, match="0 spaces"):
        EmbeddedRetriever([])


def test_two_spaces_of_one_name_are_refused() -> None:
    with pytest.raises(InvalidValue, match="2 spaces have 1 names"):
        EmbeddedRetriever([FLAT, Space(FLAT.name, SpaceKind.SPARSE, 9)])


def test_a_write_without_a_space_or_an_id_changes_nothing() -> None:
    retriever = EmbeddedRetriever([FLAT])
    before = retriever.snapshot()
    retriever.upsert(as_ids([1]), {})
    retriever.upsert(as_ids([]), {FLAT.name: as_vectors(FLAT, [])})
    retriever.delete(as_ids([1]))
    assert retriever.snapshot() is before


def test_the_rows_of_a_space_that_is_not_written_are_not_touched() -> None:
    retriever = EmbeddedRetriever([FLAT, SPARSE])
    write(retriever, SPARSE, {1: (1, 0, 0, 0)})
    before = retriever.snapshot().named(SPARSE.name)
    write(retriever, FLAT, {1: (1, 0, 0, 0)})
    assert retriever.snapshot().named(SPARSE.name) is before


def test_a_retriever_goes_on_from_a_snapshot_that_stays_as_it_is() -> None:
    retriever = EmbeddedRetriever([FLAT, SPARSE])
    write(retriever, FLAT, {1: (1, 0, 0, 0), 2: (0, 1, 0, 0)})
    snapshot = retriever.snapshot()
    other = EmbeddedRetriever.of(snapshot)
    assert all(other.snapshot().spaces[name] is own for name, own in snapshot.spaces.items())
    other.delete(as_ids([1]))
    write(other, FLAT, {3: (1, 0, 0, 0)})
    assert other.ids.tolist() == [2, 3]
    assert snapshot.ids.tolist() == retriever.ids.tolist() == [1, 2]


def test_a_space_that_is_added_to_a_snapshot_is_empty_and_the_others_stay() -> None:
    retriever = EmbeddedRetriever([FLAT])
    write(retriever, FLAT, {1: (1, 0, 0, 0), 2: (0, 1, 0, 0)})
    snapshot = retriever.snapshot()
    wider = EmbeddedRetriever.of(snapshot, [SPARSE])
    assert set(wider.snapshot().spaces) == {FLAT.name, SPARSE.name}
    assert wider.snapshot().named(FLAT.name) is snapshot.named(FLAT.name)
    assert wider.search(SPARSE.name, as_vectors(SPARSE, [(1, 0, 0, 0)]), 2).ids.tolist() == [
        [-1, -1]
    ]
    write(wider, SPARSE, {2: (1, 0, 0, 0)})
    assert wider.search(SPARSE.name, as_vectors(SPARSE, [(1, 0, 0, 0)]), 2).ids.tolist() == [
        [2, -1]
    ]
    assert wider.ids.tolist() == [1, 2]
    assert set(snapshot.spaces) == {FLAT.name}


def test_a_space_that_there_is_already_is_refused() -> None:
    snapshot = EmbeddedRetriever([FLAT]).snapshot()
    with pytest.raises(InvalidValue, match="2 spaces have 1 names"):
        EmbeddedRetriever.of(snapshot, [Space(FLAT.name, SpaceKind.SPARSE, 9)])
