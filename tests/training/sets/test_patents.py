"""Patents are looked for in the other language, by text alone."""

from collections.abc import Callable
from pathlib import Path

from training.sets import patents


def test_each_language_looks_for_the_other(
    tmp_path: Path, objects: Callable[..., Path], qrels: Callable[..., Path]
) -> None:
    for lang in ("zh", "en"):
        objects(f"corpus_{lang}.jsonl.gz", {"id": f"P-{lang}", "title": "t", "text": lang})
    qrels("qrels_zh2en.tsv", "P-zh P-en")
    qrels("qrels_en2zh.tsv", "P-en P-zh")
    for name, read in patents.CASES.items():
        source, target = name.split("-")
        case = read(tmp_path)
        (part,) = case.parts
        assert case.name == f"patents/{source}-{target}"
        assert [record["text"] for record in part.queries] == [source]
        assert [(record["text"], record["title"]) for record in part.candidates] == [(target, "")]
        assert case.qrels == {f"P-{source}": {f"P-{target}": 1}}
