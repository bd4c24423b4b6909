"""The bitmap of allowed ids against Python's sets, and against the FAISS selector that reads it."""

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.errors import InvalidValue
from matcher.index.bitmap import Allowed

id_sets = st.sets(st.integers(0, 70))


def as_ids(ids: object) -> NDArray[np.int64]:
    return np.array(list(ids), np.int64)  # type: ignore[call-overload]


def bitmap(ids: object) -> Allowed:
    return Allowed.of_ids(as_ids(ids))


def ids_in(allowed: Allowed) -> set[int]:
    return set(allowed.ids().tolist())


@given(ids=id_sets)
def test_ids_come_back_ascending_and_counted(ids: set[int]) -> None:
    allowed = bitmap(ids)
    assert allowed.ids().tolist() == sorted(ids)
    assert allowed.ids().dtype == np.int64
    assert allowed.count() == len(ids)


@given(one=id_sets, other=id_sets)
def test_algebra_is_that_of_sets(one: set[int], other: set[int]) -> None:
    assert ids_in(bitmap(one) & bitmap(other)) == one & other
    assert ids_in(bitmap(one) | bitmap(other)) == one | other
    assert ids_in(bitmap(one) - bitmap(other)) == one - other


@given(one=id_sets, other=id_sets)
def test_equality_is_that_of_sets_however_long_the_padding(one: set[int], other: set[int]) -> None:
    assert (bitmap(one) == bitmap(other)) == (one == other)
    assert bitmap(one) == bitmap(one) | (bitmap({300}) - bitmap({300}))
    assert bitmap(one) != one


@given(ids=id_sets, asked=st.lists(st.integers(-100, 200)))
def test_contains_answers_each_id(ids: set[int], asked: list[int]) -> None:
    answers = bitmap(ids).contains(as_ids(asked))
    assert answers.dtype == np.bool_
    assert answers.tolist() == [each in ids for each in asked]


@given(ids=id_sets, n=st.integers(0, 90))
def test_mask_is_the_first_n(ids: set[int], n: int) -> None:
    mask = bitmap(ids).mask(n)
    assert mask.dtype == np.bool_
    assert mask.tolist() == [each in ids for each in range(n)]


@given(ids=id_sets, rows=st.one_of(id_sets, st.integers(0, 80).map(lambda n: set(range(n)))))
def test_take_names_the_positions_that_are_in(ids: set[int], rows: set[int]) -> None:
    ascending = sorted(rows)
    taken = ids_in(bitmap(ids).take(as_ids(ascending)))
    assert taken == {row for row, each in enumerate(ascending) if each in ids}


@given(ids=id_sets.filter(bool), asked=st.integers(0, 100))
def test_faiss_reads_the_bits_alike(ids: set[int], asked: int) -> None:
    bits = bitmap(ids).bits
    selector = faiss.IDSelectorBitmap(bits.size, faiss.swig_ptr(bits))
    assert selector.is_member(asked) == (asked in ids)


@given(n=st.integers(0, 40))
def test_first_is_a_range(n: int) -> None:
    assert ids_in(Allowed.first(n)) == set(range(n))


def test_none_has_no_id() -> None:
    assert Allowed.none().count() == 0
    assert Allowed.none() == bitmap([])
    assert Allowed.none().contains(as_ids([0, 5])).tolist() == [False, False]


def test_an_id_may_be_named_again() -> None:
    assert bitmap([3, 1, 3]) == bitmap([1, 3])


def test_a_negative_id_is_refused() -> None:
    with pytest.raises(InvalidValue, match="-2 can't be an id"):
        bitmap([4, -2])


def test_nothing_can_be_changed() -> None:
    allowed = Allowed.first(9)
    with pytest.raises(ValueError, match="read-only"):
        allowed.bits[0] = 0
    with pytest.raises(TypeError, match="unhashable"):
        hash(allowed)
