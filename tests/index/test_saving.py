"""A snapshot comes back to the bit, and no damaged file ends the process or lies."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import pytest

from matcher.errors import BrokenBundle
from matcher.index import EmbeddedRetriever, Space, SpaceKind, Storage
from matcher.index.dense import FEWEST_CODED
from matcher.index.embedded import Snapshot
from matcher.index.saving import SPACES, open_snapshot, save_snapshot
from tests.index.retriever_cases import FLAT, SPARSE, as_ids, as_vectors, drawn, write

CODED = Space("coded", SpaceKind.DENSE, 4, Storage.SQ8)


def filled(rows: int = 60) -> Snapshot:
    retriever = EmbeddedRetriever([FLAT, SPARSE])
    for space, seed in ((FLAT, 1), (SPARSE, 2)):
        write(retriever, space, dict(enumerate(map(tuple, drawn(space, rows, seed)))))
    retriever.delete(as_ids([3, 7]))
    write(retriever, FLAT, {100: (1, 2, 3, 4), 5: (9, 0, 0, 0)})
    return retriever.snapshot()


def saved(snapshot: Snapshot, folder: Path) -> Path:
    folder.mkdir()
    save_snapshot(snapshot, folder)
    return folder


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(filled(), tmp_path_factory.mktemp("index") / "good")


@pytest.fixture
def copy(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "copy"))


def assert_same(one: Snapshot, other: Snapshot) -> None:
    assert one.ids.tolist() == other.ids.tolist()
    assert [each.space for each in one.spaces.values()] == [
        each.space for each in other.spaces.values()
    ]
    ids = np.arange(-1, 120)
    for name, segments in one.spaces.items():
        queries = as_vectors(segments.space, drawn(segments.space, 5, 9))
        left, right = (each.search(name, queries, 30) for each in (one, other))
        assert left.ids.tobytes() == right.ids.tobytes()
        assert left.scores.tobytes() == right.scores.tobytes()
        scores = [each.score(name, queries, ids).tobytes() for each in (one, other)]
        assert scores[0] == scores[1]
        rows = [each.vectors(name, ids) for each in (one, other)]
        dense = [each if isinstance(each, np.ndarray) else each.toarray() for each in rows]
        np.testing.assert_array_equal(*dense)


def test_a_snapshot_comes_back_to_the_bit(good: Path) -> None:
    assert_same(open_snapshot(good), filled())


def test_what_was_opened_can_be_written_to_and_stays_as_it_is(good: Path) -> None:
    opened = open_snapshot(good)
    changed = [EmbeddedRetriever.of(each) for each in (opened, filled())]
    for retriever in changed:
        write(retriever, SPARSE, {200: (1, 0, 0, 2), 4: (0, 1, 0, 0)})
        write(retriever, FLAT, {200: (1, 0, 0, 2)})
        retriever.delete(as_ids(range(40)))
    assert_same(changed[0].snapshot(), changed[1].snapshot())
    assert_same(opened, filled())


def test_spaces_without_rows_come_back(tmp_path: Path) -> None:
    empty = EmbeddedRetriever([FLAT, SPARSE]).snapshot()
    assert_same(open_snapshot(saved(empty, tmp_path / "empty")), empty)
    half = EmbeddedRetriever([FLAT, SPARSE])
    write(half, FLAT, {4: (1, 0, 0, 0)})
    assert_same(open_snapshot(saved(half.snapshot(), tmp_path / "half")), half.snapshot())


def test_codes_come_back(tmp_path: Path) -> None:
    retriever = EmbeddedRetriever([CODED])
    write(retriever, CODED, dict(enumerate(map(tuple, drawn(CODED, FEWEST_CODED)))))
    opened = open_snapshot(saved(retriever.snapshot(), tmp_path / "coded"))
    assert_same(opened, retriever.snapshot())
    assert (tmp_path / "coded" / "coded.codes.faiss").exists()


def test_rows_are_mapped_and_not_copied(good: Path) -> None:
    [leaf] = open_snapshot(good).named(SPARSE.name).leaves
    assert not leaf.segment.ids.flags.owndata


def refused(folder: Path, name: str) -> None:
    with pytest.raises(BrokenBundle) as error:
        open_snapshot(folder)
    assert Path(str(error.value.where["file"])).name.startswith(name)
    assert error.value.hint


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content[:40],
        lambda content: b"graphene" * len(content),
    ],
)
def test_every_damaged_file_is_refused_by_name(
    copy: Path, damage: Callable[[bytes], bytes]
) -> None:
    for name in names(copy):
        before = (copy / name).read_bytes()
        (copy / name).write_bytes(damage(before))
        refused(copy, name)
        (copy / name).write_bytes(before)
    open_snapshot(copy)


def test_every_missing_file_is_refused_by_name(copy: Path) -> None:
    for name in names(copy):
        before = (copy / name).read_bytes()
        (copy / name).unlink()
        refused(copy, name)
        (copy / name).write_bytes(before)


def test_files_of_an_index_of_another_size_are_refused(copy: Path, tmp_path: Path) -> None:
    other = saved(filled(30), tmp_path / "other")
    for name in names(copy):
        if name.endswith((".shape.npy", ".longest.npy")):
            continue
        before = (copy / name).read_bytes()
        shutil.copyfile(other / name, copy / name)
        refused(copy, "")
        (copy / name).write_bytes(before)


def test_rows_and_postings_that_changed_places_are_refused(copy: Path) -> None:
    """As many numbers in both, but those of one point outside of the other."""
    shutil.copyfile(copy / "concepts.rows.indices.npy", copy / "x")
    shutil.copyfile(copy / "concepts.postings.indices.npy", copy / "concepts.rows.indices.npy")
    refused(copy, "concepts.rows.indices.npy")


def index(kind: str, dimension: int = 4, rows: int = 59) -> faiss.Index:
    made = faiss.index_factory(
        dimension, kind, faiss.METRIC_L2 if kind == "L2norm,Flat" else faiss.METRIC_INNER_PRODUCT
    )
    vectors = np.random.default_rng(0).random((rows, dimension), np.float32)
    made.train(vectors)
    made.add(vectors)
    return made


def euclidean(rows: int) -> faiss.Index:
    made = faiss.IndexFlatL2(4)
    made.add(np.ones((rows, 4), np.float32))
    return made


def test_another_kind_of_index_is_refused(copy: Path) -> None:
    rows = json.loads((copy / SPACES).read_text())[0]["rows"]
    strangers = (index("SQ8", rows=rows), index("Flat", 5, rows), index("Flat", 4, rows + 1))
    for stranger in (*strangers, euclidean(rows)):
        faiss.write_index(stranger, str(copy / "content.faiss"))
        refused(copy, "content.faiss")
    faiss.write_index(index("Flat", rows=rows), str(copy / "content.codes.faiss"))
    faiss.write_index(index("Flat", rows=rows), str(copy / "content.faiss"))
    refused(copy, "content.codes.faiss")


@pytest.mark.parametrize("ids", [[5, 4, *range(6, 63)], [-1, *range(58)], [0, 0, *range(1, 58)]])
def test_ids_have_to_ascend(copy: Path, ids: list[int]) -> None:
    np.save(copy / "content.ids.npy", as_ids(ids))
    refused(copy, "content.ids.npy")


@pytest.mark.parametrize(
    "text",
    [
        "{}x",
        "1",
        '{"name": "content"}',
        '[{"name": "content"}]',
        '[{"name": "content", "kind": "dense", "dimension": 0, "storage": "flat", "rows": 1}]',
        '[{"name": "content", "kind": "round", "dimension": 4, "storage": "flat", "rows": 1}]',
    ],
)
def test_spaces_that_describe_none_are_refused(copy: Path, text: str) -> None:
    (copy / SPACES).write_text(text)
    refused(copy, SPACES)
