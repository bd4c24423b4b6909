"""Spaces that make no sense can't be made; hits begin as padding."""

import dataclasses

import numpy as np
import pytest

from matcher.errors import InvalidValue
from matcher.index.port import Hits, Space, SpaceKind, Storage


@pytest.mark.parametrize("dimension", [0, -4])
def test_a_space_without_a_dimension_is_refused(dimension: int) -> None:
    with pytest.raises(InvalidValue, match=f"{dimension} is not a dimension for the space content"):
        Space("content", SpaceKind.DENSE, dimension)


def test_codes_for_a_sparse_space_are_refused() -> None:
    with pytest.raises(InvalidValue, match="sparse space concepts can't be stored as sq8"):
        Space("concepts", SpaceKind.SPARSE, 9, Storage.SQ8)


def test_a_space_is_a_value() -> None:
    space = Space("content", SpaceKind.DENSE, 256)
    assert space == Space("content", SpaceKind.DENSE, 256, Storage.FLAT)
    with pytest.raises(dataclasses.FrozenInstanceError):
        space.dimension = 3  # type: ignore[misc]


def test_hits_begin_as_padding() -> None:
    hits = Hits.empty(2, 3)
    assert len(hits) == 2
    assert hits.ids.tolist() == [[-1] * 3] * 2
    assert hits.scores.tolist() == [[-np.inf] * 3] * 2
    assert hits.ids.dtype == np.int64
    assert hits.scores.dtype == np.float32
