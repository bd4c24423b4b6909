"""A space and its encoder come back as they were, or are refused by the file's name."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from matcher.errors import BrokenBundle, EncoderUnavailable
from matcher.text.concepts import ConceptSpace
from matcher.text.dictionary import Dictionary
from matcher.text.encoders.protocol import Documents, Encoder
from matcher.text.encoders.trained import TrainedEncoder
from matcher.text.saving import open_encoder_of, open_space, save_encoder, save_space
from matcher.text.segment import Segmenter
from matcher.text.stream import Reader, TermTable

CORPUS = ("graphene coating for steel", "graphene coating", "financial 石墨烯 涂层", "防腐 涂层")
ASKED = ("graphene coatings 防腐", "电池 finance", "zirconium")


@pytest.fixture(scope="module")
def space(segmenter: Segmenter, dictionary: Dictionary) -> ConceptSpace:
    reader = Reader(segmenter)
    return ConceptSpace.fit([reader.read(CORPUS)], reader.table, dictionary, room=9)


@pytest.fixture(scope="module")
def encoder(space: ConceptSpace) -> TrainedEncoder:
    weights = np.zeros(len(space.names), np.float32)
    weights[::2] = np.arange(1, len(weights[::2]) + 1)
    vectors = np.random.default_rng(0).random((len(weights[::2]), 6), np.float32)
    return TrainedEncoder(vectors, weights)


@pytest.fixture
def folder(space: ConceptSpace, encoder: TrainedEncoder, tmp_path: Path) -> Path:
    save_space(space, tmp_path)
    save_encoder(encoder, "trained", tmp_path)
    return tmp_path


def none(name: str) -> Encoder:
    raise AssertionError(name)


def counts(space: ConceptSpace, segmenter: Segmenter) -> sparse.csr_matrix:
    table = TermTable(space.expander.table)
    return space.counts(Reader(segmenter, table).read(ASKED), table).matrix


def test_a_space_comes_back(
    folder: Path, space: ConceptSpace, dictionary: Dictionary, segmenter: Segmenter
) -> None:
    opened = open_space(folder, dictionary)
    assert list(opened.names) == list(space.names)
    assert (opened.room, opened.fitted, len(opened)) == (space.room, space.fitted, len(space))
    np.testing.assert_array_equal(opened.kinds, space.kinds)
    np.testing.assert_array_equal(opened.importance, space.importance)
    for one, other in ((opened, space), (opened.grown(["电池"]), space.grown(["电池"]))):
        left, right = counts(one, segmenter), counts(other, segmenter)
        np.testing.assert_array_equal(left.toarray(), right.toarray())
    for term in range(space.fitted):
        assert list(opened.expansion(term)) == list(space.expansion(term))
    np.testing.assert_array_equal(opened.phrases, space.phrases)


def test_an_encoder_comes_back(
    folder: Path, space: ConceptSpace, encoder: TrainedEncoder, segmenter: Segmenter
) -> None:
    opened = open_encoder_of(folder, none, len(space.names))
    assert opened.fingerprint == encoder.fingerprint
    documents = Documents(ASKED, counts(space, segmenter))
    assert opened.encode(documents).tobytes() == encoder.encode(documents).tobytes()


def test_an_encoder_with_a_name_is_opened_by_it(
    encoder: TrainedEncoder, space: ConceptSpace, tmp_path: Path
) -> None:
    class Named:
        dimension = 2
        fingerprint = "one"

        def encode(self, documents: Documents) -> np.ndarray:
            return np.zeros((len(documents.texts), 2), np.float32)

    named = Named()
    save_encoder(named, "own", tmp_path)
    assert open_encoder_of(tmp_path, lambda name: named, 5) is named
    with pytest.raises(EncoderUnavailable, match="own has changed"):
        open_encoder_of(tmp_path, lambda name: encoder, 5)


def opened_both(folder: Path, dictionary: Dictionary, concepts: int) -> None:
    open_space(folder, dictionary)
    open_encoder_of(folder, none, concepts)


def test_every_damaged_file_is_refused_by_name(
    folder: Path, dictionary: Dictionary, space: ConceptSpace
) -> None:
    for path in sorted(folder.iterdir()):
        before = path.read_bytes()
        for damaged in (b"", before[:-1], before[: len(before) // 2], b"x" * len(before), None):
            path.unlink()
            if damaged is not None:
                path.write_bytes(damaged)
            with pytest.raises(BrokenBundle) as refused:
                opened_both(folder, dictionary, len(space.names))
            assert refused.value.where["file"] == str(path)
            path.write_bytes(before)
    opened_both(folder, dictionary, len(space.names))


def alike(path: Path, stranger: Path) -> bool:
    """Whether only what the numbers say tells the two apart."""
    return path.suffix == ".npy" and np.load(path).shape == np.load(stranger).shape


def test_files_of_another_space_are_refused(
    folder: Path, dictionary: Dictionary, segmenter: Segmenter, space: ConceptSpace
) -> None:
    other = folder / "other"
    other.mkdir()
    reader = Reader(segmenter)
    texts = ("graphene coating", "graphene coating", "steel")
    save_space(ConceptSpace.fit([reader.read(texts)], reader.table, dictionary, 9), other)
    for path in sorted(folder.glob("*.*")):
        stranger = other / path.name
        if path.name.startswith("encoder") or alike(path, stranger):
            continue
        before = path.read_bytes()
        shutil.copyfile(other / path.name, path)
        with pytest.raises(BrokenBundle):
            opened_both(folder, dictionary, len(space.names))
        path.write_bytes(before)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("space.json", {"terms": ["a", 5]}),
        ("space.json", {"prefixes": None}),
        ("space.json", {"room": "9"}),
        ("space.json", {"room": -1}),
        ("encoder.json", {"name": 5}),
        ("encoder.json", {"fingerprint": None}),
    ],
)
def test_a_description_has_to_be_whole(
    folder: Path, dictionary: Dictionary, name: str, change: dict[str, object]
) -> None:
    described = json.loads((folder / name).read_text(encoding="utf-8"))
    (folder / name).write_text(json.dumps({**described, **change}), encoding="utf-8")
    with pytest.raises(BrokenBundle, match=name):
        opened_both(folder, dictionary, 5)


@pytest.mark.parametrize("phrases", [[2**40], [-1], [5, 4], [2**32 * 10**6]])
def test_phrases_are_of_terms_there_are(
    folder: Path, dictionary: Dictionary, phrases: list[int]
) -> None:
    np.save(folder / "phrases.npy", np.array(phrases))
    with pytest.raises(BrokenBundle, match=r"phrases\.npy"):
        open_space(folder, dictionary)
