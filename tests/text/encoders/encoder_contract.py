"""What holds for every encoder; the test of each one inherits it.

A subclass gives `open_encoder`, which opens the same encoder anew at each call, and may give
`documents` where the encoder reads concepts, and a `tolerance` where rounding depends on the batch.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from scipy import sparse

from matcher.text.encoders.protocol import Documents, Encoder

TEXTS = (
    "graphene coating for corrosion",
    "石墨烯 防腐 涂层",
    "",
    "lithium battery",
    "graphene",
    "a much longer text on lithium battery recycling and on graphene coating for corrosion",
)
EMPTY = TEXTS.index("")


class EncoderContract:
    """Inherited by `Test…` classes; its own name keeps pytest from running it alone."""

    tolerance = 0.0

    @pytest.fixture
    def open_encoder(self) -> Callable[[], Encoder]:
        raise NotImplementedError

    @pytest.fixture
    def encoder(self, open_encoder: Callable[[], Encoder]) -> Encoder:
        return open_encoder()

    def documents(self, texts: Sequence[str]) -> Documents:
        return Documents(texts, sparse.csr_matrix((len(texts), 1), dtype=np.float32))

    def test_it_is_an_encoder(self, encoder):
        assert isinstance(encoder, Encoder)

    def test_rows_are_float32_of_its_dimension(self, encoder):
        vectors = encoder.encode(self.documents(TEXTS))
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), encoder.dimension)

    def test_rows_have_length_one_or_zero(self, encoder):
        lengths = np.linalg.norm(encoder.encode(self.documents(TEXTS)), axis=1)
        assert lengths[EMPTY] == 0
        np.testing.assert_allclose(np.delete(lengths, EMPTY), 1, atol=1e-6)

    def test_different_texts_differ(self, encoder):
        vectors = encoder.encode(self.documents([TEXTS[0], TEXTS[3]]))
        assert vectors[0] @ vectors[1] < 0.999

    def test_the_same_documents_give_the_same_bytes(self, open_encoder):
        first, second = (open_encoder().encode(self.documents(TEXTS)) for _ in range(2))
        assert first.tobytes() == second.tobytes()

    def test_neighbours_change_nothing(self, encoder):
        together = encoder.encode(self.documents(TEXTS))
        alone = [encoder.encode(self.documents([text]))[0] for text in TEXTS]
        np.testing.assert_allclose(together, alone, rtol=0, atol=self.tolerance)

    def test_order_follows_the_documents(self, encoder):
        vectors = encoder.encode(self.documents(TEXTS))
        backwards = encoder.encode(self.documents(TEXTS[::-1]))
        np.testing.assert_allclose(vectors, backwards[::-1], rtol=0, atol=self.tolerance)

    def test_no_documents_give_no_rows(self, encoder):
        vectors = encoder.encode(self.documents([]))
        assert vectors.shape == (0, encoder.dimension)
        assert vectors.dtype == np.float32

    def test_the_fingerprint_stays(self, open_encoder):
        first, second = open_encoder(), open_encoder()
        first.encode(self.documents(TEXTS))
        assert first.fingerprint == second.fingerprint
        assert first.fingerprint
