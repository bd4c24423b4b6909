"""Abstracts are given without the keywords and titles that are asked for."""

from collections.abc import Callable
from pathlib import Path

from training.sets import csl


def test_neither_titles_nor_keywords_stand_beside_the_abstracts(
    tmp_path: Path, objects: Callable[..., Path], qrels: Callable[..., Path]
) -> None:
    paper = {"title": "", "keywords": ["导热"], "paper_title": "石墨烯导热膜"}
    objects("corpus.jsonl.gz", *({"id": id, "text": f"摘要{id}", **paper} for id in "ab"))
    for suffix in ("title", "keywords"):
        objects(f"queries_{suffix}.jsonl.gz", {"id": "a-q", "text": suffix})
        qrels(f"qrels_{suffix}.tsv", "a-q a")
    for kind, suffix in (("titles", "title"), ("keywords", "keywords")):
        (part,) = csl.CASES[kind](tmp_path).parts
        assert [record["text"] for record in part.queries] == [suffix]
        assert [record["text"] for record in part.candidates] == ["摘要a", "摘要b"]
        assert not any(record["title"] or record["keywords"] for record in part.candidates)
