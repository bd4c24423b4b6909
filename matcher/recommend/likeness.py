"""How like two texts are, in numbers: what they cover of each other, their figures, their rank."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matcher.recommend.columns import Mask
from matcher.recommend.pairs import Pairs, unit_rows
from matcher.recommend.parts import Parts

Column = npt.NDArray[np.float64]
# The mean likeness of so many neighbours is what a text is used to.
USUAL = 4
FEW = 10
"""Texts of a language among which being the nearest counts half."""
_BLOCK = 2000
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TELLING = 3
"""Digits from which a figure tells no more than a shorter one would."""


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """Of n pairs of parts. crosswise: bool[n], the two are in different languages.

    covered: float[n, 2], the share of each text's concept weight that the other holds. concepts,
    content: cosines. margin: how much more like the two are than either and its usual neighbours
    of that language, mutual: float[n], 1 where neither has a nearer one; among a few texts both
    say little, and are less. shared, differing: the weight of the figures that stand in both texts,
    and in one alone.
    """

    crosswise: Mask
    covered: npt.NDArray[np.float64]
    concepts: Column
    content: Column
    margin: Column
    mutual: Column
    shared: Column
    differing: npt.NDArray[np.float64]


def likeness(parts: Parts, pairs: Pairs) -> Likeness:
    """Every measure of every pair, exactly."""
    one, other = pairs[:, 0], pairs[:, 1]
    crosswise = parts.chinese[one] != parts.chinese[other]
    concepts = unit_rows(parts.concepts)
    cosines = np.concatenate([
        np.asarray(concepts[one[at]].multiply(concepts[other[at]]).sum(axis=1)).ravel()
        for at in _blocks(len(pairs))
    ])  # fmt: skip
    content = np.einsum("ij,ij->i", parts.content[one], parts.content[other]).astype(np.float64)
    margin, mutual = _margins((cosines + content) / 2, pairs, crosswise, len(parts))
    few = min(int(parts.chinese.sum()), int((~parts.chinese).sum()))
    trust = few / (few + FEW)
    shared, differing = _figures(parts.texts, pairs)
    return Likeness(
        crosswise=crosswise,
        covered=coverage(parts.concepts, pairs),
        concepts=cosines.astype(np.float64),
        content=content,
        margin=margin * trust,
        mutual=mutual.astype(np.float64) * trust,
        shared=shared,
        differing=differing,
    )


def coverage(vectors: sparse.csr_array, pairs: Pairs) -> npt.NDArray[np.float64]:
    """float[n, 2]: the share of each one's weight that it has in common with the other."""
    totals = np.asarray(vectors.sum(axis=1), np.float64).ravel()
    common = np.concatenate([
        np.asarray(vectors[pairs[at, 0]].minimum(vectors[pairs[at, 1]]).sum(axis=1)).ravel()
        for at in _blocks(len(pairs))
    ])  # fmt: skip
    found: npt.NDArray[np.float64] = common[:, None] / np.maximum(totals[pairs], 1e-9)
    return found


def _margins(likes: Column, pairs: Pairs, crosswise: Mask, count: int) -> tuple[Column, Mask]:
    """Artetxe and Schwenk (2019): a text with many like it needs more to be a translation."""
    margin, mutual = np.zeros(len(pairs)), np.zeros(len(pairs), bool)
    at = np.flatnonzero(crosswise)
    ends = pairs[at].ravel()
    order = np.lexsort((-np.repeat(likes[at], 2), ends))
    starts = np.searchsorted(ends[order], np.arange(count + 1))
    sums = np.concatenate([[0.0], np.cumsum(np.repeat(likes[at], 2)[order])])
    stops = np.minimum(starts[:-1] + USUAL, starts[1:])
    usual = (sums[stops] - sums[starts[:-1]]) / np.maximum(stops - starts[:-1], 1)
    best = np.full(count, -np.inf)
    np.maximum.at(best, ends, np.repeat(likes[at], 2))
    margin[at] = 2 * likes[at] - usual[pairs[at]].sum(axis=1)
    mutual[at] = (likes[at, None] >= best[pairs[at]]).all(axis=1)
    return margin, mutual


def _figures(texts: Sequence[str], pairs: Pairs) -> tuple[Column, npt.NDArray[np.float64]]:
    known = {part: figures(texts[part]) for part in np.unique(pairs).tolist()}
    shared, differing = np.zeros(len(pairs)), np.zeros((len(pairs), 2))
    for row, (one, other) in enumerate(pairs.tolist()):
        shared[row] = _weight(known[one] & known[other])
        differing[row] = _weight(known[one] - known[other]), _weight(known[other] - known[one])
    return shared, differing


def figures(text: str) -> frozenset[str]:
    """The numbers in a text, as one writes them plainly: 1,200.50 is 1200.5."""
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text))
    return frozenset(_plain(number) for number in _NUMBER.findall(plain))


def _plain(number: str) -> str:
    whole, _, part = number.partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def _weight(found: frozenset[str]) -> float:
    """A figure of three digits is hardly there by chance; a 5 is."""
    return float(sum(min(len(number.replace(".", "")), _TELLING) for number in found))


def _blocks(count: int) -> list[slice]:
    return [slice(start, start + _BLOCK) for start in range(0, max(count, 1), _BLOCK)]
