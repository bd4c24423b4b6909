"""BM25 as others run it, to stand beside: bm25s with Snowball stems and English stop words.

Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with
k1 = 1.2, b = .75 and the idf of Lucene. Needs the extra `bench`; without it no baseline is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import Stemmer

from matcher.errors import MissingData
from matcher.evaluate.metrics import Run
from training.sets.case import Part, Record

BM25 = "BM25"
K1, B = 1.2, 0.75

_BM25S: ModuleType | None = import_module("bm25s") if find_spec("bm25s") else None


def is_installed() -> bool:
    """Whether the extra `bench` is there."""
    return _BM25S is not None


def rank(part: Part, depth: int) -> Run:
    """The `depth` best candidates of each query; one without a word of the query is left out.

    Raises MissingData when the extra isn't installed.
    """
    if _BM25S is None:
        hint = "Install the extra: pip install 'tech-matcher[bench]'."
        raise MissingData("bm25s is not installed.", hint=hint)
    rankable = part.rankable
    ids = [record["id"] for record in part.candidates if record["id"] in rankable]
    texts = [_text(record) for record in part.candidates if record["id"] in rankable]
    index = _BM25S.BM25(k1=K1, b=B, method="lucene")
    index.index(_tokens(_BM25S, texts), show_progress=False)
    queries = _tokens(_BM25S, map(_text, part.queries))
    places, scores = index.retrieve(queries, k=min(depth, len(ids)), show_progress=False)
    return {
        query["id"]: [
            (ids[place], float(score)) for place, score in zip(row, found, strict=True) if score > 0
        ]
        for query, row, found in zip(part.queries, places, scores, strict=True)
    }


def _text(record: Record) -> str:
    parts = (record["title"], record["text"], *record["keywords"], *record["portfolio"])
    return "\n".join(filter(None, parts))


def _tokens(bm25s: ModuleType, texts: Iterable[str]) -> Any:
    """Words of two letters or more, stemmed, as lists of strings."""
    return bm25s.tokenize(
        list(texts),
        stopwords="en",
        stemmer=Stemmer.Stemmer("english"),
        return_ids=False,
        show_progress=False,
    )
