"""CSL: Chinese abstracts, to be found by their title or by their keywords. A regression test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from training.sets.case import Case, Part, asked
from training.sets.reading import read_qrels, read_texts

FOLDER = "csl-zh"
NAME = "csl"

_KINDS = {"titles": "title", "keywords": "keywords"}


def known_item(kind: str, folder: Path) -> Case:
    """A title, or the keywords, of a paper → its abstract, which is given without them."""
    suffix = _KINDS[kind]
    qrels = read_qrels(folder / f"qrels_{suffix}.tsv")
    queries = read_texts(folder / f"queries_{suffix}.jsonl.gz", "zh")
    return Case(
        name=f"{NAME}/{kind}",
        parts=[Part(asked(queries, qrels), read_texts(folder / "corpus.jsonl.gz", "zh"))],
        qrels=qrels,
        metrics=("nDCG@10",),
        note="Known items, easy.",
    )


CASES: Mapping[str, Callable[[Path], Case]] = {kind: partial(known_item, kind) for kind in _KINDS}
