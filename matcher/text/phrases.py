"""Phrases of two neighbouring English stems: their keys, and which are worth being a concept."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from matcher.text.stream import Stream

# The second term of a phrase's key.
LOW = 0xFFFFFFFF


def phrase_key(first: int, second: int) -> int:
    """Two term numbers as one."""
    return (first << 32) | second


def phrase_parts(key: int) -> tuple[int, int]:
    """The two term numbers of a key."""
    return key >> 32, key & LOW


def pairs(stream: Stream) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Key and text of every two joined tokens."""
    at = np.flatnonzero(stream.joined)
    terms = stream.terms.astype(np.int64)
    return (terms[at - 1] << 32) | terms[at], stream.owners[at]


def repeated_phrases(
    streams: Iterable[Stream], latin: npt.NDArray[np.bool_], senses: set[int]
) -> npt.NDArray[np.int64]:
    """Sorted keys of the phrases that two texts, or a text and the dictionary, have in common.

    latin: bool[terms], whether a term is no Chinese word. senses: keys from the dictionary.
    """
    found = [np.fromiter(senses, np.int64, len(senses))]
    for stream in streams:
        keys, owners = pairs(stream)
        both = latin[keys >> 32] & latin[keys & LOW]
        order = np.lexsort((owners[both], keys[both]))
        keys, owners = keys[both][order], owners[both][order]
        fresh = np.ones(len(keys), bool)
        fresh[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
        found.append(keys[fresh])
    keys, counts = np.unique(np.concatenate(found), return_counts=True)
    return keys[counts >= 2]
