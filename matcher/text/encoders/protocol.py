"""What every encoder is: texts (or their concepts) in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
from scipy import sparse

FloatMatrix = npt.NDArray[np.float32]


class Documents(NamedTuple):
    """The same n documents twice: as repaired texts and as concept counts (n × concepts).

    An encoder reads the one it understands.
    """

    texts: Sequence[str]
    concepts: sparse.csr_matrix


@runtime_checkable
class Encoder(Protocol):
    """Turns documents into vectors whose inner product is their likeness.

    `fingerprint` changes whenever the vectors would: vectors of different fingerprints never meet
    in one index.
    """

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Stable name of exactly these weights and settings."""
        ...

    def encode(self, documents: Documents) -> FloatMatrix:
        """float32[n, dimension]; rows have length 1, or 0 where a document has nothing known in it.

        The same documents give the same bytes, whatever else is encoded beside them.
        """
        ...
