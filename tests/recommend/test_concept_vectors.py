"""Weights of concepts, and the vectors that they make of counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from matcher.recommend.concept_vectors import LEAST_IDF, ConceptWeights, heaviest
from matcher.text.concepts import ConceptSpace, Counts
from matcher.text.dictionary import Dictionary
from matcher.text.segment import Segmenter
from matcher.text.stream import Reader
from matcher.text.weights import IDF_POWER


class Texts:
    """A space over the words of a few documents, without a dictionary."""

    def __init__(self, *documents: str) -> None:
        self.reader = Reader(Segmenter())
        stream = self.reader.read(documents)
        self.space = ConceptSpace.fit([stream], self.reader.table, Dictionary({}))
        self.documents = self.space.counts(stream)

    def read(self, *texts: str) -> Counts:
        return self.space.counts(self.reader.read(texts))

    def weights(self, *queries: str) -> ConceptWeights:
        return ConceptWeights.fit(self.space, self.documents, self.read(*queries))

    def weight(self, word: str, *queries: str) -> float:
        return float(self.weights(*queries).weights[self.space.names.index(word)])


def test_a_weight_is_the_idf_of_the_documents_while_there_is_no_query() -> None:
    texts = Texts("pump", "pump", "disc")
    assert texts.weight("pump") == pytest.approx(np.log(4 / 3) ** IDF_POWER)
    assert texts.weight("disc") == pytest.approx(np.log(4 / 2) ** IDF_POWER)


def test_a_query_does_not_count_against_its_own_words() -> None:
    texts = Texts("pump", "disc", "gear")
    assert texts.weight("pump", "pump") == pytest.approx(texts.weight("pump"))


def test_what_every_query_says_tells_nothing() -> None:
    texts = Texts("pump", "disc", "gear")
    assert texts.weight("pump", *["pump"] * 200) < 0.2 * texts.weight("disc", *["pump"] * 200)


def test_what_every_document_says_weighs_next_to_nothing_but_not_nothing() -> None:
    assert Texts("pump disc", "pump gear").weight("pump") == pytest.approx(LEAST_IDF**IDF_POWER)


def test_a_collection_of_one_document_can_be_found() -> None:
    texts = Texts("pump")
    weights = texts.weights()
    asked, offered = weights.query_vectors(texts.read("pump")), weights.document_vectors
    assert (asked @ offered(texts.documents).T).toarray()[0, 0] > 0


def test_a_word_of_queries_alone_weighs_nothing() -> None:
    reader = Reader(Segmenter())
    offered, asked = reader.read(["pump", "disc"]), reader.read(["gear"])
    space = ConceptSpace.fit([offered, asked], reader.table, Dictionary({}))
    weights = ConceptWeights.fit(space, space.counts(offered), space.counts(asked))
    assert weights.weights[space.names.index("gear")] == 0
    assert weights.query_vectors(space.counts(asked)).nnz == 0


def test_a_query_counts_in_doublings() -> None:
    texts = Texts("pump", "disc")
    vectors = texts.weights().query_vectors(texts.read("pump", "pump disc pump gear pump"))
    column = texts.space.names.index("pump")
    once, thrice = vectors[[0], [column]], vectors[[1], [column]]
    assert thrice[0] == pytest.approx(2 * once[0])


def test_a_document_of_mean_length_holds_one_word_at_one() -> None:
    texts = Texts("pump disc", "gear seal")
    vectors = texts.weights().document_vectors(texts.documents)
    assert vectors[0, texts.space.names.index("pump")] == pytest.approx(1.0)


def test_a_longer_document_holds_a_word_less() -> None:
    texts = Texts("pump", "pump disc gear seal", "belt")
    column = texts.weights().document_vectors(texts.documents).toarray()
    held = column[:, texts.space.names.index("pump")]
    assert held[0] > held[1] > 0


def test_empty_texts_make_empty_vectors() -> None:
    texts = Texts("", "")
    weights = texts.weights("")
    assert np.isfinite(weights.weights).all()
    assert weights.mean_length == 1.0
    assert weights.document_vectors(texts.documents).nnz == 0


@pytest.mark.parametrize(
    ("values", "most", "kept"),
    [
        ([3, 1, 2], 2, [3, 0, 2]),
        ([1, 1, 1], 2, [1, 1, 0]),
        ([1, 2], 5, [1, 2]),
        ([0, 0], 1, [0, 0]),
    ],
)
def test_heaviest(values: list[float], most: int, kept: list[float]) -> None:
    vector = sparse.csr_array(np.array([values], np.float32))
    assert heaviest(vector, most).toarray()[0].tolist() == kept


@given(
    values=st.lists(st.integers(1, 5).map(float), min_size=1, max_size=12), most=st.integers(1, 12)
)
def test_heaviest_keeps_the_largest_in_order(values: list[float], most: int) -> None:
    vector = heaviest(sparse.csr_array(np.array([values], np.float32)), most)
    assert sorted(vector.data, reverse=True) == sorted(values, reverse=True)[:most]
    assert (np.diff(vector.indices) > 0).all()
