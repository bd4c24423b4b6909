"""Vectors and ids from outside are brought into one form or refused with what is wrong."""

import numpy as np
import pytest
from numpy.typing import DTypeLike, NDArray
from scipy import sparse

from matcher.errors import DuplicateId, InvalidValue
from matcher.index.port import Space, SpaceKind
from matcher.index.vectors import checked_ids, checked_new_ids, checked_vectors

DENSE = Space("content", SpaceKind.DENSE, 3)
SPARSE = Space("concepts", SpaceKind.SPARSE, 3)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int8, np.uint64])
def test_dense_numbers_of_any_type_become_float32(dtype: DTypeLike) -> None:
    checked = checked_vectors(DENSE, np.array([[1, 2, 3], [4, 5, 6]], dtype))
    assert checked.dtype == np.float32
    assert checked.tolist() == [[1, 2, 3], [4, 5, 6]]


def test_dense_rows_come_in_c_order() -> None:
    given = np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3))
    assert checked_vectors(DENSE, given).flags.c_contiguous


@pytest.mark.parametrize(
    "wrong",
    [np.ones(3), np.ones((2, 4)), np.ones((1, 1, 3)), np.array([["a", "b", "c"]]), np.array(None)],
    ids=["one vector", "wider", "a cube", "letters", "nothing"],
)
def test_dense_vectors_of_another_form_are_refused(wrong: NDArray[np.float32]) -> None:
    with pytest.raises(InvalidValue, match="doesn't fit the dense space content") as refused:
        checked_vectors(DENSE, wrong)
    assert refused.value.hint == "Give a numeric array of shape (rows, 3)."


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64])
def test_a_sparse_matrix_is_sorted_and_its_duplicates_are_summed_in_a_copy(
    dtype: DTypeLike,
) -> None:
    parts = np.array([1, 2, 4], dtype), np.array([2, 0, 2]), np.array([0, 3])
    given = sparse.csr_array(parts, shape=(1, 3))
    checked = checked_vectors(SPARSE, given)
    assert isinstance(checked, sparse.csr_array)
    assert checked.indices.tolist() == [0, 2]
    assert checked.data.tolist() == [2, 5]
    assert (checked.data.dtype, checked.indices.dtype) == (np.float32, np.int32)
    assert given.indices.tolist() == [2, 0, 2]


def test_an_old_style_matrix_is_taken_too() -> None:
    checked = checked_vectors(SPARSE, sparse.csr_matrix([[0, 1, 0]]))
    assert isinstance(checked, sparse.csr_array)
    assert checked.toarray().tolist() == [[0, 1, 0]]


@pytest.mark.parametrize(
    "wrong",
    [
        sparse.csc_array(np.ones((2, 3))),
        sparse.csr_array(np.ones((2, 4))),
        sparse.csr_array(np.ones((2, 3), np.complex64)),
        sparse.csr_array(np.ones(3)),
        np.ones((2, 3), np.float32),
        [[1, 0, 0]],
    ],
    ids=["csc", "wider", "complex", "one vector", "dense", "a list"],
)
def test_sparse_vectors_of_another_form_are_refused(wrong: sparse.csr_array) -> None:
    with pytest.raises(InvalidValue, match="doesn't fit the sparse space concepts") as refused:
        checked_vectors(SPARSE, wrong)
    assert refused.value.hint == "Give a numeric CSR matrix of shape (rows, 3)."


def test_a_sparse_matrix_with_a_term_beyond_the_vocabulary_is_refused() -> None:
    broken = sparse.csr_array(np.array([[0, 0, 1.0]]))
    broken.indices[:] = 7
    with pytest.raises(InvalidValue, match="broken CSR matrix"):
        checked_vectors(SPARSE, broken)


@pytest.mark.parametrize("component", [np.nan, np.inf, -np.inf, 2e15, -2e15, 1e300])
def test_a_component_that_would_spoil_scores_is_refused(component: float) -> None:
    rows = np.array([[0.0, 1.0, 0.0], [0.0, component, 0.0]])
    with pytest.raises(InvalidValue, match="content has the component") as refused:
        checked_vectors(DENSE, rows)
    assert "from -1e+15 to 1e+15" in str(refused.value)
    with pytest.raises(InvalidValue, match="concepts has the component"):
        checked_vectors(SPARSE, sparse.csr_array(rows))


def test_a_negative_weight_is_refused_in_a_sparse_space_alone() -> None:
    rows = np.array([[0.5, -0.5, 0.0]])
    assert checked_vectors(DENSE, rows).tolist() == rows.tolist()
    with pytest.raises(InvalidValue, match=r"the component -0\.5") as refused:
        checked_vectors(SPARSE, sparse.csr_array(rows))
    assert "from 0 to 1e+15" in str(refused.value)


def test_ids_become_int64_and_none_is_a_list_too() -> None:
    assert checked_ids([3, 1]).tolist() == [3, 1]
    assert checked_ids(np.array([7], np.uint8)).dtype == np.int64
    assert checked_ids([]).dtype == np.int64


@pytest.mark.parametrize("wrong", [[1.0], [[1]], 4, ["a"], [True]])
def test_ids_that_are_no_list_of_whole_numbers_are_refused(wrong: object) -> None:
    with pytest.raises(InvalidValue, match="Ids have the shape"):
        checked_ids(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [-1, 2**31])
def test_new_ids_lie_in_a_range(wrong: int) -> None:
    with pytest.raises(InvalidValue, match=f"{wrong} can't be an id") as refused:
        checked_new_ids([0, 2**31 - 1, wrong])
    assert refused.value.where["row"] == 2


def test_new_ids_are_given_once() -> None:
    with pytest.raises(DuplicateId) as refused:
        checked_new_ids([5, 4, 9, 4])
    assert refused.value.values["rows"] == [1, 3]
