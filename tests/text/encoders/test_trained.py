"""The trained encoder on small collections whose answer is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from matcher.text.concepts import ConceptSpace
from matcher.text.encoders.protocol import Documents
from matcher.text.encoders.trained import (
    TrainedEncoder,
    Training,
    _through_norm,
    _unit,
    info_nce,
    train,
)
from matcher.text.stream import Reader
from tests.text.encoders.encoder_contract import TEXTS, EncoderContract

SMALL = Training(dimension=16, batch=32, least_pairs=1_000, most_pairs=2_000)
UNTRAINED = Training(dimension=16, batch=32, least_pairs=0, most_pairs=0)
QUICK = Training(dimension=8, batch=32, least_pairs=50, most_pairs=100)
SPAN = 4

MATERIALS = "graphene coating corrosion steel alloy film polymer surface 石墨烯 涂层".split()
ENERGY = "lithium battery anode cathode charging cell electrolyte storage 电池 grid".split()
ANYWHERE = "method device system process cost plant market design".split()


class Learner:
    """Texts read, counted and learned from."""

    def __init__(self, segmenter, dictionary, texts, settings=SMALL):
        self.reader = Reader(segmenter)
        stream = self.reader.read(texts)
        self.space = ConceptSpace.fit([stream], self.reader.table, dictionary)
        spans, self.owners = stream.spans(SPAN)
        self.spans = self.space.counts(spans).matrix
        self.encoder = train(self.spans, self.owners, self.space.translations(), settings)

    def documents(self, texts):
        return Documents(texts, self.space.counts(self.reader.read(texts)).matrix)

    def encode(self, *texts):
        return self.encoder.encode(self.documents(texts))

    def vector(self, term):
        """Of one concept alone."""
        vector = self.encoder.vector(self.reader.table.number(term))
        return vector / np.linalg.norm(vector)


def two_topics(documents=60, words=16):
    """Documents by turns of one topic and the other, half of them made of words of neither."""
    random = np.random.default_rng(5)
    return [
        " ".join(random.choice([*topic, *ANYWHERE], words))
        for topic in (MATERIALS, ENERGY)
        for _ in range(documents // 2)
    ]


@pytest.fixture(scope="module")
def learn(segmenter, dictionary):
    return lambda texts, settings=SMALL: Learner(segmenter, dictionary, texts, settings)


@pytest.fixture(scope="module")
def topics(learn):
    return learn(two_topics())


@pytest.fixture(scope="module")
def untrained(learn):
    return learn(two_topics(), UNTRAINED)


@pytest.fixture(scope="module")
def contract(learn):
    return learn([*TEXTS, *TEXTS[::-1], "steel"], QUICK)


class TestContract(EncoderContract):
    @pytest.fixture
    def open_encoder(self, contract):
        self.documents = contract.documents
        kept = contract.encoder
        return lambda: TrainedEncoder(kept.vectors.copy(), kept.weights.copy())


class TestInfoNce:
    """Against the definition in 64 bits."""

    @staticmethod
    def loss(likeness, temperature):
        exponents = np.exp(likeness / temperature)
        rows = np.diag(exponents) / exponents.sum(axis=1)
        columns = np.diag(exponents) / exponents.sum(axis=0)
        return -(np.log(rows).mean() + np.log(columns).mean()) / 2

    def test_by_hand(self):
        """Nothing stands out of two: the loss is ln 2, and every slope 1 / (2·2·0.5) = 0.5."""
        loss, slope = info_nce(np.zeros((2, 2), np.float32), 0.5)
        assert loss == pytest.approx(np.log(2), rel=1e-6)
        np.testing.assert_allclose(slope, [[-0.5, 0.5], [0.5, -0.5]], rtol=1e-6)

    def test_one_document_has_nothing_to_learn(self):
        loss, slope = info_nce(np.ones((1, 1), np.float32), 0.05)
        assert loss == 0
        assert slope.tolist() == [[0]]

    def test_a_clear_diagonal_costs_nothing(self):
        assert info_nce(np.eye(4, dtype=np.float32), 0.05)[0] < 1e-6

    @given(seed=st.integers(0, 999), n=st.integers(1, 6), temperature=st.sampled_from([0.1, 0.5]))
    def test_value_and_gradient(self, seed, n, temperature):
        likeness = np.random.default_rng(seed).uniform(-1, 1, (n, n))
        loss, slope = info_nce(likeness.astype(np.float32), temperature)
        assert loss == pytest.approx(self.loss(likeness, temperature), rel=1e-4, abs=1e-5)
        np.testing.assert_allclose(
            slope, differences(lambda x: self.loss(x, temperature), likeness), rtol=1e-3, atol=1e-4
        )

    @given(seed=st.integers(0, 999))
    def test_it_doesnt_care_which_side_asks(self, seed):
        likeness = np.random.default_rng(seed).uniform(-1, 1, (5, 5)).astype(np.float32)
        loss, slope = info_nce(likeness, 0.1)
        turned, turned_slope = info_nce(likeness.T, 0.1)
        assert loss == pytest.approx(turned, rel=1e-5, abs=1e-6)
        np.testing.assert_allclose(slope, turned_slope.T, atol=1e-5)


def differences(function, at, step=1e-6):
    """Central finite differences."""
    gradient = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        nudge = np.zeros_like(at)
        nudge[place] = step
        gradient[place] = (function(at + nudge) - function(at - nudge)) / (2 * step)
    return gradient


@given(seed=st.integers(0, 999))
def test_the_gradient_passes_through_the_norm(seed):
    random = np.random.default_rng(seed)
    rows, slope = random.normal(size=(3, 4)), random.normal(size=(3, 4))
    unit, length = _unit(rows)

    def loss(x):
        return float((slope * x / np.linalg.norm(x, axis=1, keepdims=True)).sum())

    np.testing.assert_allclose(
        _through_norm(slope, unit, length), differences(loss, rows), rtol=1e-3, atol=1e-4
    )


def nearness(learner):
    """Mean likeness of the two halves of a document, and of halves of different documents."""
    halves = [[], []]
    for owner in range(learner.owners[-1] + 1):
        spans = learner.spans[learner.owners == owner]
        middle = spans.shape[0] // 2
        for half, part in zip(halves, (spans[:middle], spans[middle:]), strict=True):
            half.append(sparse.csr_matrix(part.sum(axis=0)))
    first, second = (
        learner.encoder.encode(Documents([""] * len(half), sparse.vstack(half).tocsr()))
        for half in halves
    )
    likeness = first @ second.T
    own = float(np.diag(likeness).mean())
    return own, float((likeness.sum() - np.trace(likeness)) / (likeness.size - len(likeness)))


class TestTwoTopics:
    def test_spans_of_one_document_come_nearer_than_random_ones(self, topics, untrained):
        own, other = nearness(topics)
        own_before, other_before = nearness(untrained)
        assert own - other > own_before - other_before + 0.1

    def test_every_document_is_nearest_to_its_topic(self, topics):
        vectors = topics.encode(*two_topics())
        topic = np.arange(len(vectors)) < len(vectors) // 2
        same = topic[:, None] == topic[None, :]
        likeness = vectors @ vectors.T
        np.fill_diagonal(same, False)
        others = topic[:, None] != topic[None, :]
        own = np.average(likeness, axis=1, weights=same)
        other = np.average(likeness, axis=1, weights=others)
        assert (own > other).mean() > 0.95

    def test_unseen_documents_find_their_topic(self, topics):
        steel, cell, asked = topics.encode(
            "steel alloy film polymer", "anode cathode electrolyte", "corrosion of a surface"
        )
        assert asked @ steel > asked @ cell

    def test_words_of_both_topics_weigh_less_than_those_of_one(self, topics):
        number = topics.reader.table.number
        weights = topics.encoder.weights
        assert weights[number("devic")] < weights[number("anod")]

    @pytest.mark.parametrize(("word", "sense"), [("石墨烯", "graphen"), ("电池", "batteri")])
    def test_a_chinese_word_is_nearest_to_its_sense(self, topics, word, sense):
        others = {"graphen", "batteri", "steel", "anod", "market"}
        near = {other: float(topics.vector(word) @ topics.vector(other)) for other in others}
        assert max(near, key=near.get) == sense
        assert near[sense] > 0.5

    def test_a_chinese_question_finds_the_english_topic(self, topics):
        steel, anode, asked = topics.encode("steel alloy", "anode cathode", "石墨烯涂层")
        assert asked @ steel > asked @ anode


def test_translations_bring_words_together_that_no_document_has_together():
    """Concept 0 stands with 1 and 2, concept 3 with 4 and 5; 0 and 3 mean the same."""
    spans = sparse.csr_matrix(np.eye(6, dtype=np.float32)[[0, 1, 2, 0, 3, 4, 5, 3] * 10])
    owners = np.repeat(np.arange(20), 4)
    word, sense = (sparse.csr_matrix(np.eye(6, dtype=np.float32)[[i]]) for i in (0, 3))
    brief = Training(dimension=8, batch=8, least_pairs=500, most_pairs=500)

    def near(translations):
        vectors = train(spans, owners, translations, brief).vectors
        return float(vectors[0] @ vectors[3] / np.prod(np.linalg.norm(vectors[[0, 3]], axis=1)))

    assert near((word, sense)) > near((word[:0], sense[:0])) + 0.3


class TestDeterminism:
    def test_the_same_texts_train_the_same_bytes(self, learn):
        first, second = (learn(two_topics(20)).encoder for _ in range(2))
        assert first.vectors.tobytes() == second.vectors.tobytes()
        assert first.weights.tobytes() == second.weights.tobytes()
        assert first.fingerprint == second.fingerprint

    def test_another_seed_trains_another_encoder(self, learn):
        other = Training(dimension=16, batch=32, least_pairs=100, most_pairs=100, seed=1)
        same = Training(dimension=16, batch=32, least_pairs=100, most_pairs=100)
        first, second = (learn(two_topics(20), settings).encoder for settings in (other, same))
        assert first.fingerprint != second.fingerprint

    def test_training_leaves_its_input_alone(self, topics):
        before = topics.spans.copy()
        train(topics.spans, topics.owners, topics.space.translations(), UNTRAINED)
        assert (topics.spans != before).nnz == 0

    @pytest.mark.parametrize("part", ["vectors", "weights"])
    def test_the_fingerprint_follows_every_number(self, topics, part):
        kept = {"vectors": topics.encoder.vectors, "weights": topics.encoder.weights}
        changed = dict(kept, **{part: np.nextafter(kept[part], np.float32(9))})
        assert TrainedEncoder(**changed).fingerprint != TrainedEncoder(**kept).fingerprint


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["", "", ""],
        ["of the"],
        ["steel"],
        ["石墨烯"],
        ["steel", "steel alloy", "alloy"],
        ["graphene coating for steel pipes against corrosion by sea water"],
        ["graphene coating for steel pipes against corrosion by sea water"] * 4,
        ["石墨烯 涂层 防腐 电池 石墨烯 涂层 防腐 电池"] * 2,
        ["steel"] * 10,
        ["steel alloy film polymer anode cathode lithium cell", ""],
    ],
    ids=str,
)
def test_any_collection_gives_rows_of_length_one_or_zero(learn, texts):
    learner = learn(texts, QUICK)
    vectors = learner.encode(*texts)
    assert vectors.shape == (len(texts), 8)
    assert np.isfinite(learner.encoder.vectors).all()
    lengths = np.linalg.norm(vectors, axis=1)
    assert (np.isclose(lengths, 1, atol=1e-6) | (lengths == 0)).all()


@settings(max_examples=20)
@given(texts=st.lists(st.lists(st.sampled_from(MATERIALS), max_size=12).map(" ".join), max_size=5))
def test_small_collections_never_give_nan(learn, texts):
    learner = learn(texts, Training(dimension=4, least_pairs=8, most_pairs=8))
    lengths = np.linalg.norm(learner.encode(*texts), axis=1)
    assert (np.isclose(lengths, 1, atol=1e-6) | (lengths == 0)).all()


def test_a_concept_in_every_document_or_in_one_weighs_nothing(learn):
    learner = learn(["steel pipe anode", "steel pipe", "steel"], QUICK)
    weight = dict(zip(learner.space.names, learner.encoder.weights.tolist(), strict=True))
    assert weight["steel"] == weight["anod"] == 0
    assert weight["pipe"] == pytest.approx(np.log(4 / 3), rel=1e-6)


def test_only_so_many_concepts_are_kept(learn):
    """The commonest ones, and of equally common ones none beyond the bound."""
    texts = ["pipe film", "pipe film", "pipe", "wire", "wire"]
    few = Training(dimension=4, concepts=1, least_pairs=0, most_pairs=0)
    learner = learn(texts, few)
    kept = [learner.space.names[i] for i in np.flatnonzero(learner.encoder.weights)]
    assert kept == ["pipe"]


def test_a_large_collection_is_sampled_for_the_start(learn):
    few = Training(dimension=4, svd_documents=5, least_pairs=50, most_pairs=50)
    vectors = learn(two_topics(20), few).encoder.vectors
    assert vectors.shape[1] == 4
    assert np.isfinite(vectors).all()


def test_only_concepts_that_count_have_a_vector():
    """Concepts 1 and 3 count; 4 came after the training."""
    weights = np.array([0, 2, 0, 1], np.float32)
    encoder = TrainedEncoder(np.array([[1, 0], [0, 1]], np.float32), weights)
    assert encoder.vector(1).tolist() == [1, 0]
    assert encoder.vector(3).tolist() == [0, 1]
    assert not encoder.vector(0).any()
    counts = sparse.csr_matrix(
        [[5, 1, 0, 0, 0], [0, 1, 9, 3, 7], [4, 0, 2, 0, 8]], dtype=np.float32
    )
    found = encoder.encode(Documents(["", "", ""], counts))
    np.testing.assert_allclose(found, [[1, 0], [0.5**0.5, 0.5**0.5], [0, 0]], rtol=1e-6)
