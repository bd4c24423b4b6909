"""Patents in Chinese and English: each is to be found by its text in the other language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from training.sets.case import Case, Part, asked
from training.sets.reading import read_qrels, read_texts

FOLDER = "patents-zh-en"
NAME = "patents"


def translation(source: str, target: str, folder: Path) -> Case:
    """A patent's text in one language → the same patent in the other."""
    qrels = read_qrels(folder / f"qrels_{source}2{target}.tsv")
    queries = read_texts(folder / f"corpus_{source}.jsonl.gz", source)
    return Case(
        name=f"{NAME}/{source}-{target}",
        parts=[
            Part(asked(queries, qrels), read_texts(folder / f"corpus_{target}.jsonl.gz", target))
        ],
        qrels=qrels,
        metrics=("nDCG@10",),
        note="Both texts are translations of the patent; the Chinese is rough.",
    )


CASES: Mapping[str, Callable[[Path], Case]] = {
    "zh-en": partial(translation, "zh", "en"),
    "en-zh": partial(translation, "en", "zh"),
}
