"""Saved ties: what is opened ranks to the bit as what was saved; damage is named by its file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Facts, Item
from matcher.errors import BrokenBundle
from matcher.recommend.collections import Collections
from matcher.recommend.live import changed
from matcher.recommend.model import space_of
from matcher.recommend.recipe import UPTAKE
from matcher.recommend.saving import open_collections, save_collections
from matcher.recommend.saving_ties import LABELS, LEARNED, TIES, open_ties, save_ties
from matcher.recommend.tie import TieSide, labels_of
from matcher.recommend.tying import NOUNS_ASKING, wholes
from matcher.recommend.uptake import UNKNOWN
from matcher.text.encoders.registry import open_encoder
from tests.recommend.some_collections import RECIPE
from tests.recommend.some_learning import item, ranking, taught, untaught


def bare(collections: Collections) -> Collections:
    """The collections as `open_collections` has them before what was learned is opened."""
    models = {
        noun: replace(model, ties={}, learned={}) for noun, model in collections.models.items()
    }
    return replace(collections, models=models)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ties")
    save_ties(taught(), folder)
    return folder


@pytest.fixture
def copy(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "copy"))


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def assert_same_side(one: TieSide, other: TieSide) -> None:
    assert one.embedded is not None
    assert other.embedded is not None
    assert list(one.embedded.labels) == list(other.embedded.labels)
    for mine, theirs in ((one.embedded, other.embedded), (one.folding, other.folding)):
        for name in (each.name for each in fields(mine) if each.name != "labels"):
            np.testing.assert_array_equal(getattr(mine, name), getattr(theirs, name))
    assert one.uptake is not None
    np.testing.assert_array_equal(one.uptake, other.uptake)
    np.testing.assert_array_equal(one.factors, other.factors)
    np.testing.assert_array_equal(one.terms.places, other.terms.places)
    np.testing.assert_array_equal(one.terms.weights, other.terms.weights)
    assert one.terms.most == other.terms.most
    assert (
        one.ids.at(np.arange(len(one.ids))).tolist()
        == other.ids.at(np.arange(len(other.ids))).tolist()
    )


def test_every_tie_comes_back_to_the_bit(good: Path) -> None:
    opened = open_ties(bare(taught()), good)
    for noun, askers in NOUNS_ASKING.items():
        ties = opened.models[noun].ties
        assert set(ties) == {asker.value for asker in askers}
        for asker, tie in ties.items():
            saved = taught().models[noun].ties[asker]
            assert_same_side(tie.askers, saved.askers)
            assert_same_side(tie.candidates, saved.candidates)
            assert tie.settings == saved.settings


def test_what_was_learned_of_ranking_comes_back(good: Path) -> None:
    opened = open_ties(bare(taught()), good)
    for noun, model in taught().models.items():
        for asker, learned in model.learned.items():
            found = opened.models[noun].learned[asker]
            assert found.to_mapping() == learned.to_mapping()
        assert set(opened.models[noun].learned) == set(model.learned)


@pytest.mark.parametrize("asker", [Noun.NEED, Noun.MANAGER])
def test_what_is_opened_ranks_to_the_bit_as_what_was_saved(good: Path, asker: Noun) -> None:
    opened = open_ties(bare(taught()), good)
    strangers = Item("stranger", text="battery recycling", facts=Facts(region="310000"))
    for asking in (item(asker, 2), strangers):
        one, other = (
            ranking(each.models[Noun.OUTCOME], asking, asker) for each in (opened, taught())
        )
        assert one.matches == other.matches


def test_newcomers_have_the_same_vectors_in_what_is_opened(good: Path) -> None:
    came = Item("new", text="weld probe", facts=Facts(region="310000", organisation="org2"))
    concepts = wholes(taught().models[Noun.NEED])[[3]]
    found = []
    for each in (open_ties(bare(taught()), good), taught()):
        tie = each.models[Noun.NEED].ties["outcome"]
        found.append(tie.candidates.vectors([came], concepts, [labels_of(came)], tie.settings))
    assert set(found[0]) == set(found[1])
    for leg, vectors in found[0].items():
        np.testing.assert_array_equal(vectors, found[1][leg])


def test_collections_without_ties_are_saved_and_opened(tmp_path: Path) -> None:
    save_ties(untaught(), tmp_path)
    opened = open_ties(untaught(), tmp_path)
    assert all(not model.ties and not model.learned for model in opened.models.values())
    assert [path.name for path in files(tmp_path)] == [LEARNED]


def test_a_side_without_embeddings_is_saved_and_opened(tmp_path: Path) -> None:
    collections = bare(taught())
    tie = taught().models[Noun.OUTCOME].ties["need"]
    sides = replace(tie.askers, embedded=None), replace(tie.candidates, embedded=None)
    factors_only = replace(tie, askers=sides[0], candidates=sides[1])
    models = {**collections.models}
    models[Noun.OUTCOME] = replace(models[Noun.OUTCOME], ties={"need": factors_only})
    save_ties(replace(collections, models=models), tmp_path)
    opened = open_ties(collections, tmp_path).models
    assert opened[Noun.OUTCOME].ties["need"].candidates.embedded is None
    assert set(opened[Noun.NEED].ties) == {"outcome"}
    assert not opened[Noun.MANAGER].ties


def test_a_side_of_which_nobody_counts_how_it_fared_is_saved_and_opened(tmp_path: Path) -> None:
    collections = bare(taught())
    tie = taught().models[Noun.OUTCOME].ties["need"]
    uncounted = replace(
        tie,
        askers=replace(tie.askers, uptake=None),
        candidates=replace(tie.candidates, uptake=None),
    )
    models = {**collections.models}
    models[Noun.OUTCOME] = replace(models[Noun.OUTCOME], ties={"need": uncounted})
    save_ties(replace(collections, models=models), tmp_path)
    assert not [path for path in files(tmp_path) if path.stem == UPTAKE]
    opened = open_ties(collections, tmp_path).models[Noun.OUTCOME].ties["need"]
    assert (opened.askers.uptake, opened.candidates.uptake) == (None, None)


def test_saving_twice_gives_the_same_bytes(good: Path, tmp_path: Path) -> None:
    save_ties(taught(), tmp_path)
    for file in files(good):
        assert (tmp_path / file.relative_to(good)).read_bytes() == file.read_bytes()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "text": lambda path: path.write_text("graphene " * 50),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_named(copy: Path, good: Path, damage: str) -> None:
    for file in (*files(copy / TIES / "manager_need"), copy / LEARNED):
        # Without these a side has no embeddings, or nobody counts how it fared; the index that has
        # them tells (saving.py).
        if damage == "missing" and file.name in (LABELS, f"{UPTAKE}.npy"):
            continue
        DAMAGES[damage](file)
        with pytest.raises(BrokenBundle) as refused:
            open_ties(bare(taught()), copy)
        assert Path(str(refused.value.where["file"])).parent == file.parent
        assert refused.value.hint
        shutil.copyfile(good / file.relative_to(copy), file)
    open_ties(bare(taught()), copy)


@pytest.mark.parametrize(("name", "array"), [
    ("factors", np.zeros((3, 8), np.float32)),
    ("factors", np.zeros((40, 7), np.float32)),
    ("folding.terms", np.zeros((1, 8), np.float32)),
    ("folding.gram", np.zeros((8, 7), np.float32)),
    ("folding.gram", np.full((8, 8), np.nan, np.float32)),
    ("terms.places", np.zeros(5, np.int32)),
    ("terms.weights", np.zeros(5, np.float32)),
    ("terms.most", np.zeros(2, np.int64)),
    ("embedded.vectors", np.zeros((40, 3), np.float32)),
    ("embedded.by_label", np.zeros((2, 10), np.float32)),
    ("embedded.base", np.zeros(4, np.float32)),
    ("uptake", np.zeros(39, np.float32)),
    ("uptake", np.zeros((40, 1), np.float32)),
    ("uptake", np.zeros(40, np.int32)),
    ("ids.order", np.arange(39)),
])  # fmt: skip
def test_an_array_of_another_shape_is_refused(copy: Path, name: str, array: np.ndarray) -> None:
    side = copy / TIES / "need_outcome" / "outcome"
    np.save(side / f"{name}.npy", array)
    with pytest.raises(BrokenBundle) as refused:
        open_ties(bare(taught()), copy)
    assert Path(str(refused.value.where["file"])).parent == side


@pytest.mark.parametrize("text", ["{}", "[1]", "null", '["one"]'])
def test_other_labels_are_refused(copy: Path, text: str) -> None:
    (copy / TIES / "need_outcome" / "need" / LABELS).write_text(text)
    with pytest.raises(BrokenBundle, match="need"):
        open_ties(bare(taught()), copy)


@pytest.mark.parametrize("state", [[], None, {"outcome": 1}, {"outcome": {"need": {}}}])
def test_other_json_is_no_learning(copy: Path, state: object) -> None:
    (copy / LEARNED).write_text(json.dumps(state))
    with pytest.raises(BrokenBundle, match=LEARNED):
        open_ties(bare(taught()), copy)


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        (("calibration",), "has no key calibration."),
        (("weights", UPTAKE), "has no weight of uptake for needs."),
    ],
)
def test_a_key_that_an_older_model_lacks_is_named_with_what_to_do(
    copy: Path, gone: tuple[str, ...], message: str
) -> None:
    state = json.loads((copy / LEARNED).read_text())
    table = state["outcome"]["need"]
    for key in gone[:-1]:
        table = table[key]
    del table[gone[-1]]
    (copy / LEARNED).write_text(json.dumps(state))
    with pytest.raises(BrokenBundle) as refused:
        open_ties(bare(taught()), copy)
    field = ".".join(("outcome", "need", *gone))
    assert refused.value.where == {"file": str(copy / LEARNED), "field": field}
    assert refused.value.message == message
    assert "train anew" in str(refused.value.hint)


def test_labels_of_any_letters_come_back(tmp_path: Path) -> None:
    """Half a surrogate pair can come from a JSON file."""
    collections = taught()
    tie = collections.models[Noun.OUTCOME].ties["need"]
    assert tie.candidates.embedded is not None
    odd = [f"组织 \ud800 {place}" for place in range(len(tie.candidates.embedded.labels))]
    embedded = replace(tie.candidates.embedded, labels={name: i for i, name in enumerate(odd)})
    side = replace(tie.candidates, embedded=embedded)
    models = {**collections.models}
    ties = {"need": replace(tie, candidates=side)}
    models[Noun.OUTCOME] = replace(models[Noun.OUTCOME], ties=ties)
    save_ties(replace(collections, models=models), tmp_path)
    opened = open_ties(bare(taught()), tmp_path).models[Noun.OUTCOME].ties["need"]
    assert opened.candidates.embedded is not None
    assert list(opened.candidates.embedded.labels) == odd


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    save_collections(taught(), folder, encoder="trained", recipe=RECIPE)
    return folder


def test_whole_collections_with_ties_rank_alike_also_after_a_change(whole: Path) -> None:
    opened = open_collections(whole, open_encoder)
    came = [Item("new", text="weld probe crack"), Item("o3", text="tea", facts=Facts(trl=3))]
    for asker, noun in ((Noun.NEED, Noun.OUTCOME), (Noun.MANAGER, Noun.OUTCOME)):
        mine, theirs = (each.models[noun] for each in (opened, taught()))
        for model, other in ((mine, theirs), (changed(mine, came), changed(theirs, came))):
            asking = item(asker, 3)
            assert ranking(model, asking, asker) == ranking(other, asking, asker)


def test_how_a_record_fared_survives_saving_and_a_change(whole: Path) -> None:
    opened, before = open_collections(whole, open_encoder), taught().models[Noun.OUTCOME]
    model = changed(opened.models[Noun.OUTCOME], [Item("o3", text="tea"), Item("new", text="tea")])
    for asker in ("need", "manager"):
        space, own = space_of(UPTAKE, asker), before.ties[asker].candidates.uptake
        assert own is not None
        assert own[3] != UNKNOWN
        kept = model.index.vectors(space, model.starts[[5, -2, -1]])[:, 0]
        np.testing.assert_array_equal(kept, np.array([own[5], own[3], UNKNOWN], np.float32))


@pytest.mark.parametrize(
    "lost",
    [
        "ties/need_outcome",
        "ties/need_outcome/need/labels.json",
        "ties/need_outcome/need/uptake.npy",
    ],
)
def test_ties_that_are_missing_altogether_are_missed(
    whole: Path, tmp_path: Path, lost: str
) -> None:
    """The index still has what was learned, and nothing says of whom."""
    copied = Path(shutil.copytree(whole, tmp_path / "copy"))
    path = copied / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(BrokenBundle, match=r"spaces\.json"):
        open_collections(copied, open_encoder)
