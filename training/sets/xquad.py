"""XQuAD-R: questions and the paragraphs or sentences that answer them, in Chinese and English.

Every question and every answer is there in both languages. A pair of languages is measured over
candidates of the second alone; `mixed` asks in both over both, where either answer is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from training.sets.case import Case, Part, among, asked
from training.sets.reading import read_qrels, read_texts

FOLDER = "xquad-r-zh-en"
NAME = "xquad"

_UNITS = {
    "paragraphs": ("paragraphs.jsonl.gz", "qrels_paragraphs.tsv"),
    "sentences": ("corpus.jsonl.gz", "qrels.tsv"),
}
_ZH, _EN = frozenset(["zh"]), frozenset(["en"])
_DIRECTIONS = {
    "zh-en": (_ZH, _EN),
    "en-zh": (_EN, _ZH),
    "zh-zh": (_ZH, _ZH),
    "en-en": (_EN, _EN),
    "mixed": (_ZH | _EN, _ZH | _EN),
}


def retrieval(unit: str, direction: str, folder: Path) -> Case:
    """Question → paragraph or sentence, from one language into another."""
    candidates_file, qrels_file = _UNITS[unit]
    asking, answering = _DIRECTIONS[direction]
    candidates = [r for r in read_texts(folder / candidates_file) if r["lang"] in answering]
    queries = [r for r in read_texts(folder / "queries.jsonl.gz") if r["lang"] in asking]
    judged = among(read_qrels(folder / qrels_file), candidates)
    qrels = {query["id"]: judged[query["id"]] for query in queries if query["id"] in judged}
    return Case(
        name=f"{NAME}/{unit}-{direction}",
        parts=[Part(asked(queries, qrels), candidates)],
        qrels=qrels,
        metrics=("nDCG@10",),
        english=direction == "en-en",
    )


CASES: Mapping[str, Callable[[Path], Case]] = {
    f"{unit}-{direction}": partial(retrieval, unit, direction)
    for unit in _UNITS
    for direction in _DIRECTIONS
}
