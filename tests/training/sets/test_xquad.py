"""A pair of languages is measured over candidates of the second alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from training.sets import xquad


@pytest.fixture
def folder(tmp_path: Path, objects: Callable[..., Path], qrels: Callable[..., Path]) -> Path:
    objects("queries.jsonl.gz", *(row(f"{lang}:q", lang) for lang in ("en", "zh")))
    objects("paragraphs.jsonl.gz", *(row(f"{lang}:0.0", lang) for lang in ("en", "zh")))
    objects(
        "corpus.jsonl.gz", *(row(f"{lang}:0.0.{n}", lang) for lang in ("en", "zh") for n in "01")
    )
    pairs = [(asked, answer) for asked in ("en", "zh") for answer in ("en", "zh")]
    qrels("qrels_paragraphs.tsv", *(f"{asked}:q {answer}:0.0" for asked, answer in pairs))
    qrels("qrels.tsv", *(f"{asked}:q {answer}:0.0.1" for asked, answer in pairs))
    return tmp_path


def row(id: str, lang: str) -> dict:
    return {"id": id, "title": "Super_Bowl_50", "text": f"text of {id}", "lang": lang}


@pytest.mark.parametrize("asking", ["zh", "en"])
@pytest.mark.parametrize("answering", ["zh", "en"])
def test_one_language_asks_and_one_answers(folder: Path, asking: str, answering: str) -> None:
    case = xquad.CASES[f"paragraphs-{asking}-{answering}"](folder)
    (part,) = case.parts
    assert [record["id"] for record in part.queries] == [f"{asking}:q"]
    assert [record["id"] for record in part.candidates] == [f"{answering}:0.0"]
    assert case.qrels == {f"{asking}:q": {f"{answering}:0.0": 1}}
    assert case.english == (asking == answering == "en")


def test_mixed_asks_both_over_both_and_both_answers_are_right(folder: Path) -> None:
    case = xquad.CASES["sentences-mixed"](folder)
    (part,) = case.parts
    assert len(part.queries) == 2
    assert len(part.candidates) == 4
    assert case.qrels["zh:q"] == {"en:0.0.1": 1, "zh:0.0.1": 1}
    assert not any(record["title"] for record in part.candidates)
