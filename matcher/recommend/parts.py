"""Records taken apart by language: a duplicate is to be found in the words of either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matcher.domain.enums import Language
from matcher.domain.item import Item
from matcher.domain.record import language_of
from matcher.index.port import Vectors
from matcher.recommend.columns import Mask
from matcher.recommend.corpus import TextModel
from matcher.recommend.ids import Places
from matcher.recommend.model import Model
from matcher.recommend.recipe import CONCEPTS, CONTENT
from matcher.text.encoders.protocol import Documents, FloatMatrix
from matcher.text.repair import repair_text
from matcher.text.stream import Reader, TermTable

# A line of English keywords or a trade mark doesn't make a Chinese record a bilingual one.
LEAST_PART = 40
LEAST_SHARE = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The texts of records, one for each language that a record is written in.

    owners: int64[m], ascending, the place of each part's item. chinese: bool[m]. texts: m texts as
    they came, the title first. concepts: m × concepts, weighted. content: float32[m, d], each row
    of length 1, or 0 for a text that says nothing to the encoder.
    """

    owners: Places
    chinese: Mask
    texts: Sequence[str]
    concepts: sparse.csr_array
    content: FloatMatrix

    def __len__(self) -> int:
        return len(self.owners)


def parts_of(model: Model) -> Parts:
    """The parts of every live item that has a text of its own; portfolios are left out."""
    owners: list[int] = []
    languages: list[Language] = []
    texts: list[str] = []
    whole: list[bool] = []
    for place in np.flatnonzero(model.candidates.live).tolist():
        parts = split(model.candidates[place])
        owners += [place] * len(parts)
        languages += parts.keys()
        texts += parts.values()
        whole += [len(parts) == 1] * len(parts)
    concepts, content = _vectors(model, np.array(owners, np.int64), texts, np.array(whole, bool))
    chinese = np.array([language is Language.ZH for language in languages], bool)
    return Parts(np.array(owners, np.int64), chinese, texts, concepts, content)


def split(item: Item) -> dict[Language, str]:
    """The text of an item in each language that it has enough lines of."""
    lines: dict[Language, list[str]] = {}
    for line in filter(str.strip, item.body.splitlines()):
        lines.setdefault(language_of(line), []).append(line)
    parts = {language: "\n".join(found) for language, found in lines.items()}
    short = min(map(len, parts.values()), default=0)
    if len(parts) > 1 and (short < LEAST_PART or short < LEAST_SHARE * len(item.body)):
        main = max(parts, key=lambda language: len(parts[language]))
        parts = {main: item.body}
    return parts


def _vectors(
    model: Model, owners: Places, texts: Sequence[str], whole: Mask
) -> tuple[sparse.csr_array, FloatMatrix]:
    """An item in one language is in the index as it is; those in two are read again by halves."""
    as_it_is, halves = np.flatnonzero(whole), np.flatnonzero(~whole)
    rows = model.starts[owners[as_it_is]]
    weights = sparse.diags_array(model.text.weights.weights)
    concepts = sparse.csr_array(model.index.vectors(CONCEPTS, rows)) @ weights
    read, content_read = vectors_of(
        model.text, [repair_text(texts[part]) for part in halves.tolist()]
    )
    content = np.concatenate([_normal(model.index.vectors(CONTENT, rows)), content_read])
    order = np.argsort(np.concatenate([as_it_is, halves]))
    stacked = sparse.vstack([concepts, read], format="csr")
    return sparse.csr_array(stacked[order], dtype=np.float32), content[order]


def vectors_of(text: TextModel, texts: Sequence[str]) -> tuple[sparse.csr_array, FloatMatrix]:
    """Repaired texts read anew: their weighted concepts, and contents of length 1."""
    reader = Reader(text.reader.segmenter, TermTable(text.reader.table))
    counts = text.space.counts(reader.read(texts), reader.table)
    content = text.encoder.encode(Documents(texts, counts.matrix))
    weights = sparse.diags_array(text.weights.weights)
    return sparse.csr_array(text.weights.document_vectors(counts) @ weights), _normal(content)


def _normal(vectors: Vectors) -> FloatMatrix:
    dense = np.asarray(vectors, np.float32)
    normal: FloatMatrix = dense / np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1e-9)
    return normal
