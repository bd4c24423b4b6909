"""Many items read as queries at once: each reads as it does alone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.recommend.asking import Asking, row_of
from matcher.recommend.corpus import read_queries
from matcher.recommend.model import query_of
from tests.recommend.some_learning import taught

STRANGER = Item("nobody-knows", text="graphene coating 石墨烯 of a laser pump")


@pytest.mark.parametrize("asker", [Noun.NEED, Noun.MANAGER])
def test_each_reads_as_it_does_alone(asker: Noun) -> None:
    collections = taught()
    model, there = collections.models[Noun.OUTCOME], collections.models[asker].candidates
    items = [*(there[place] for place in range(4)), STRANGER]
    asking = Asking.of(model, items, asker.value)
    assert len(asking) == len(asking.queries()) == 5
    for item, query in zip(items, asking.queries(), strict=True):
        alone = query_of(item, read_queries(model.text, [item]), 0, model, asker.value)
        assert (query.item, query.asker, len(query.known)) == (item, asker.value, 0)
        assert query.vectors.keys() == alone.vectors.keys()
        for leg, vectors in query.vectors.items():
            assert abs(vectors - alone.vectors[leg]).max() < 1e-6


def test_words_alone_have_nothing_that_was_learned() -> None:
    asking = Asking.of(taught().models[Noun.OUTCOME], [STRANGER])
    assert set(asking.query(0).vectors) == {"concepts", "content"}


def test_a_row_is_taken_out_as_it_is() -> None:
    dense = np.array([[0, 1, 2], [0, 0, 0], [3, 0, 4]], np.float32)
    for row in range(3):
        assert row_of(dense, row).tolist() == dense[row : row + 1].tolist()
        found = row_of(sparse.csr_array(dense), row)
        assert found.toarray().tolist() == dense[row : row + 1].tolist()
