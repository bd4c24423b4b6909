"""What was saved is what is opened; what was damaged is refused by name."""

import json
import re
import shutil
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.errors import BrokenBundle, EncoderUnavailable, UsageError
from matcher.recommend.collections import NOUNS, Collections
from matcher.recommend.live import changed
from matcher.recommend.saving import open_collections, save_collections
from matcher.text.encoders.protocol import Documents, FloatMatrix
from matcher.text.encoders.registry import open_encoder
from tests.recommend.some_collections import ITEMS, RECIPE, ROOM, built, of_noun, ranking, recipe

QUERIES = ("graphene coating", "锂电池回收", "laser shaft repair 焊接", "zirconium", "茶", "")


def save(collections: Collections, folder: Path) -> Path:
    folder.mkdir()
    save_collections(collections, folder, encoder="trained", recipe=RECIPE)
    return folder


def saved_other(folder: Path) -> Path:
    return save(of_noun(Noun.OUTCOME, [Item("x1", text="rice"), Item("x2", text="水稻")]), folder)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(built(), tmp_path_factory.mktemp("saved") / "model")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved_other(tmp_path_factory.mktemp("saved") / "other")


@pytest.fixture
def copy(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "copy"))


def assert_same_answers(one: Collections, two: Collections) -> None:
    for noun in NOUNS:
        for query in QUERIES:
            left, right = (ranking(each.models[noun], query) for each in (one, two))
            assert left == right
            np.testing.assert_array_equal(left.found, right.found)


def test_what_is_opened_answers_to_the_bit_as_what_was_saved(good: Path) -> None:
    opened = open_collections(good, open_encoder)
    assert_same_answers(opened, built())
    for noun in NOUNS:
        assert list(opened.models[noun].candidates) == list(ITEMS[noun])


def test_what_is_opened_can_be_changed_as_what_was_saved(good: Path) -> None:
    opened = open_collections(good, open_encoder)
    items = {
        Noun.OUTCOME: [Item("o1", text="锆，zirconium alloys"), Item("new", text="graphene tea")],
        Noun.NEED: [Item("n1", text="perovskite")],
        Noun.MANAGER: [Item("m2", text="锆", portfolio=("graphene films",))],
    }

    def edited(collections: Collections) -> Collections:
        models = {
            noun: changed(model, items[noun], ["o2", "m1"])
            for noun, model in collections.models.items()
        }
        return Collections(models, collections.recipe)

    assert_same_answers(edited(opened), edited(built()))
    assert_same_answers(opened, built())


def test_saving_twice_gives_the_same_bytes(good: Path, tmp_path: Path) -> None:
    again = save(built(), tmp_path / "again")
    for file in files(good):
        assert (again / file.relative_to(good)).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("items", [[], [Item("m1", text="Tea farming", portfolio=("茶园",))]])
def test_nouns_without_items_are_saved_too(items: list[Item], tmp_path: Path) -> None:
    collections = of_noun(Noun.MANAGER, items)
    opened = open_collections(save(collections, tmp_path / "model"), open_encoder)
    assert_same_answers(opened, collections)
    came = changed(opened.models[Noun.OUTCOME], [Item("new", text="茶 tea")])
    assert [match.candidate_id for match in ranking(came, "tea").matches] == ["new"]


def test_collections_that_changed_since_are_not_saved(tmp_path: Path) -> None:
    models = dict(built().models)
    models[Noun.NEED] = changed(models[Noun.NEED], [Item("new", text="tea")])
    with pytest.raises(UsageError, match="have changed"):
        save(Collections(models, recipe()), tmp_path / "model")
    models[Noun.NEED] = changed(built().models[Noun.NEED], (), ["n1"])
    with pytest.raises(UsageError, match="have changed"):
        save(Collections(models, recipe()), tmp_path / "other")


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def assert_refused(folder: Path, file: Path) -> None:
    """By the file, or by the one of its group that no longer goes with it."""
    with pytest.raises(BrokenBundle) as refused:
        open_collections(folder, open_encoder)
    assert str(refused.value.where["file"]).startswith(str(folder))
    assert refused.value.hint
    named = Path(str(refused.value.where["file"]))
    assert named.parent == file.parent


# faiss notices a file of no bytes, one without its end, and one that is text.
DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "text": lambda path: path.write_text("graphene " * 50),
}


@pytest.mark.slow
def test_every_file_is_missed(copy: Path, good: Path) -> None:
    """The damages by turns; tests/index and tests/text try more of them on theirs."""
    ways = cycle(DAMAGES)
    for file in files(copy):
        DAMAGES["text" if file.suffix == ".toml" else next(ways)](file)
        assert_refused(copy, file)
        shutil.copyfile(good / file.relative_to(copy), file)
    open_collections(copy, open_encoder)


@pytest.mark.slow
def test_a_file_of_another_model_is_noticed(copy: Path, good: Path, other: Path) -> None:
    """Of what is about other items or other terms; the bundle's sha256 tells all files apart."""
    swapped = 0
    for file in files(copy):
        stranger = other / file.relative_to(copy)
        if not stranger.exists() or shape(stranger) == shape(file):
            continue
        shutil.copyfile(stranger, file)
        assert_refused(copy, file)
        shutil.copyfile(good / file.relative_to(copy), file)
        swapped += 1
    assert swapped > 50


def shape(path: Path) -> object:
    """What can tell a file from one of the same name without looking at every number in it."""
    if path.suffix == ".npy":
        array = np.load(path)
        return array.shape, str(array.dtype)
    if path.name in ("spaces.json", "space.json"):
        return path.read_bytes()
    return None if path.suffix in (".json", ".toml") else path.stat().st_size


def test_a_noun_s_folder_of_another_model_is_noticed(copy: Path, other: Path) -> None:
    shutil.rmtree(copy / "outcome")
    shutil.copytree(other / "outcome", copy / "outcome")
    assert_refused(copy, copy / "outcome" / "weights.npy")


@pytest.mark.parametrize(
    ("key", "value"), [("pooled", 1), ("documents", "5"), ("mean_length", None), ("pooled", None)]
)
def test_a_model_is_described_in_full(copy: Path, key: str, value: object) -> None:
    path = copy / "need" / "model.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))
    with pytest.raises(BrokenBundle, match=f"model.json.*no usable {key}"):
        open_collections(copy, open_encoder)


@pytest.mark.parametrize("key", ["ranker.boosted", "fusion.persons.uptake"])
def test_a_key_that_the_recipe_of_an_older_model_lacks_is_named(copy: Path, key: str) -> None:
    path, (table, _, name) = copy / "recipe.toml", key.rpartition(".")
    before, header, after = path.read_text(encoding="utf-8").partition(f"[{table}]")
    without = re.sub(rf"^{name} =.*\n", "", after, count=1, flags=re.MULTILINE)
    assert without != after
    path.write_text(before + header + without, encoding="utf-8")
    with pytest.raises(BrokenBundle) as refused:
        open_collections(copy, open_encoder)
    assert refused.value.where == {"file": str(path), "field": key}
    assert refused.value.message == f"has no key {key}."
    assert "train anew" in str(refused.value.hint)


@pytest.mark.parametrize("text", ["[]", "1", "null", "[" * 100_000])
@pytest.mark.parametrize("name", ["text/space.json", "text/encoder.json", "need/model.json"])
def test_other_json_is_refused(copy: Path, name: str, text: str) -> None:
    (copy / name).write_text(text)
    with pytest.raises(BrokenBundle, match=Path(name).name):
        open_collections(copy, open_encoder)


class OtherEncoder:
    """One that has changed between saving and opening."""

    dimension = 4

    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint

    def encode(self, documents: Documents) -> FloatMatrix:
        vectors = np.array([[len(text) % 5, 1, 0, 2] for text in documents.texts], np.float32)
        vectors = vectors.reshape(-1, 4)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_an_encoder_that_is_opened_by_name_has_to_be_the_one_that_was(tmp_path: Path) -> None:
    from_name = of_noun(Noun.OUTCOME, ITEMS[Noun.OUTCOME], encoder=OtherEncoder("one"))
    (tmp_path / "model").mkdir()
    save_collections(from_name, tmp_path / "model", encoder="named", recipe=RECIPE)
    asked: list[str] = []

    def open_named(name: str) -> OtherEncoder:
        asked.append(name)
        return OtherEncoder("one" if len(asked) == 1 else "two")

    assert_same_answers(open_collections(tmp_path / "model", open_named), from_name)
    with pytest.raises(EncoderUnavailable, match="has changed"):
        open_collections(tmp_path / "model", open_named)
    assert asked == ["named", "named"]


def test_the_room_and_the_recipe_come_back(good: Path) -> None:
    opened = open_collections(good, open_encoder)
    assert opened.recipe == recipe()
    assert opened.models[Noun.OUTCOME].text.space.room == ROOM


def test_arrays_are_mapped_and_read_only(good: Path) -> None:
    model = open_collections(good, open_encoder).models[Noun.OUTCOME]
    for array in (model.owners, model.text.weights.weights, model.text.space.matrix.data):
        assert not array.flags.owndata
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0
