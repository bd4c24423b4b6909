"""Items read as documents, in the shapes and the order that the index expects."""

import numpy as np
import pytest

from matcher.domain.item import Item
from matcher.recommend.corpus import Side, TextModel, learn, read_queries

PEOPLE = (
    Item("m1", text="Laser cladding of shafts", portfolio=("Shaft repair", "Laser welding")),
    Item("m2", text="Tea farming"),
    Item("m3"),
)
QUERIES = (Item("n1", text="laser repair of a shaft"), Item("n2"))


@pytest.fixture(scope="module")
def learned() -> tuple[TextModel, Side, Side]:
    return learn(PEOPLE, QUERIES, None)


def test_every_document_has_its_owner_in_order(learned: tuple[TextModel, Side, Side]) -> None:
    side = learned[1]
    assert (np.diff(side.owners) >= 0).all()
    assert set(side.owners.tolist()) == {0, 1, 2}
    assert side.concepts.shape[0] == len(side.content) == len(side.owners)


def test_a_query_is_one_document(learned: tuple[TextModel, Side, Side]) -> None:
    asked = learned[2]
    assert asked.owners.tolist() == [0, 1]
    assert asked.concepts.shape[0] == len(asked.content) == 2


def test_content_vectors_have_length_1_or_0(learned: tuple[TextModel, Side, Side]) -> None:
    for side in learned[1:]:
        lengths = np.linalg.norm(side.content, axis=1)
        assert all(min(abs(length), abs(length - 1)) < 1e-5 for length in lengths)


def test_a_text_without_words_is_zero(learned: tuple[TextModel, Side, Side]) -> None:
    asked = learned[2]
    assert asked.concepts[[1]].nnz == 0
    assert not asked.content[1].any()


def test_the_laser_man_is_nearer_to_the_laser_query(
    learned: tuple[TextModel, Side, Side],
) -> None:
    _, side, asked = learned
    scores = (side.concepts @ asked.concepts[[0]].T).toarray()[:, 0]
    assert scores[side.owners == 0].max() > 0
    assert scores[side.owners == 1].max() == 0


def test_queries_read_later_are_read_the_same(learned: tuple[TextModel, Side, Side]) -> None:
    model, _, asked = learned
    again = read_queries(model, QUERIES)
    np.testing.assert_array_equal(again.concepts.toarray(), asked.concepts.toarray())
    np.testing.assert_allclose(again.content, asked.content, atol=1e-6)


def test_an_unknown_word_does_not_count(learned: tuple[TextModel, Side, Side]) -> None:
    model = learned[0]
    plain, longer = Item("a", text="laser repair"), Item("b", text="laser repair zzqx")
    found = read_queries(model, [plain, longer]).concepts.toarray()
    np.testing.assert_array_equal(found[0], found[1])


def test_texts_are_repaired_first(learned: tuple[TextModel, Side, Side]) -> None:
    wide = read_queries(learned[0], [Item("a", text="ｌａｓｅｒ"), Item("b", text="laser")])
    found = wide.concepts.toarray()
    assert found[0].any()
    np.testing.assert_array_equal(found[0], found[1])
