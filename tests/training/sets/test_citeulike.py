"""What is hidden from the matcher is what it is asked for, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from training.sets import citeulike

KEPT = ["0 0 0", "0 1 3", "0 9 3", "1 1 1", "1 0 3", "2 2 2", "3 2 3"]
"""user, article, fold; nobody but user 0 has article 9, and user 3 is only in fold 3."""


@pytest.fixture
def folder(tmp_path: Path, objects: Callable[..., Path], lines: Callable[..., Path]) -> Path:
    articles = ({"id": n, "title": f"t{n}", "text": f"tags {n}"} for n in range(10))
    objects("items.jsonl.gz", *articles)
    rows = [row.replace(" ", "\t") for row in KEPT]
    lines("interactions.tsv.gz", ["user_id\titem_id\tfold", *rows])
    lines("dhcf_split/train.txt.gz", ["0 1 2", "1 3"])
    lines("dhcf_split/test.txt.gz", ["0 3 4", "1 1", "2 1"])
    return tmp_path


def test_warm_hides_fold_three_of_known_users_and_articles(folder: Path) -> None:
    case = citeulike.warm(folder)
    (part,) = case.parts
    assert case.qrels == {"0": {"1": 1}, "1": {"0": 1}}
    assert part.interactions == [("0", "0", 1.0), ("1", "1", 1.0), ("2", "2", 1.0)]
    assert [record["id"] for record in part.queries] == ["0", "1", "2"]
    assert not any(record["text"] for record in part.queries)
    assert len(part.candidates) == 10
    assert part.candidates[4]["title"] == "t4"


def test_cold_hides_all_that_is_known_of_a_fifth_of_the_articles(folder: Path) -> None:
    drawn = citeulike.draw([str(n) for n in range(10)], 0.2)
    case = citeulike.cold(folder)
    (part,) = case.parts
    assert part.only == drawn
    assert len(drawn) == 2
    assert not drawn & {item for _, item, _ in part.interactions}
    hidden = {item for documents in case.qrels.values() for item in documents}
    assert hidden <= drawn
    assert {record["id"] for record in part.candidates} > drawn


def test_the_draw_is_seeded() -> None:
    ids = [str(number) for number in range(100)]
    assert citeulike.draw(ids, 0.2) == citeulike.draw(ids, 0.2)
    assert len(citeulike.draw(ids, 0.2)) == 20


def test_the_published_split_is_taken_as_it_is(folder: Path) -> None:
    case = citeulike.published(folder)
    (part,) = case.parts
    assert part.interactions == [("0", "1", 1.0), ("0", "2", 1.0), ("1", "3", 1.0)]
    assert case.qrels == {"0": {"3": 1, "4": 1}, "1": {"1": 1}}
    assert {record["id"] for record in part.candidates} == {"1", "2", "3", "4"}
