"""The Retriever port and the implementation that lives in memory: filtered inner products."""

from matcher.index.bitmap import Allowed
from matcher.index.embedded import EmbeddedRetriever, Snapshot
from matcher.index.port import Hits, Reader, Retriever, Space, SpaceKind, Storage, Vectors

__all__ = [
    "Allowed",
    "EmbeddedRetriever",
    "Hits",
    "Reader",
    "Retriever",
    "Snapshot",
    "Space",
    "SpaceKind",
    "Storage",
    "Vectors",
]
