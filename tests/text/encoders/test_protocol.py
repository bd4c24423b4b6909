"""The port itself: what counts as an encoder, and what one is given."""

import numpy as np
import pytest
from scipy import sparse

from matcher.text.encoders.protocol import Documents, Encoder


class Constant:
    dimension = 1
    fingerprint = "constant"

    def encode(self, documents):
        return np.ones((len(documents.texts), 1), np.float32)


def test_whatever_has_the_three_members_is_an_encoder():
    assert isinstance(Constant(), Encoder)


@pytest.mark.parametrize("missing", ["dimension", "fingerprint", "encode"])
def test_without_one_of_them_it_is_none(missing):
    members = {name: value for name, value in vars(Constant).items() if name != missing}
    assert not isinstance(type("Partial", (), members)(), Encoder)


def test_documents_come_as_texts_and_as_concepts():
    concepts = sparse.csr_matrix((2, 5), dtype=np.float32)
    documents = Documents(["a", "b"], concepts)
    assert documents.texts == ["a", "b"]
    assert documents.concepts is concepts
    assert Constant().encode(documents).tolist() == [[1], [1]]
