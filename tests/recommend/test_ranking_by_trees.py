"""Where trees were shown to be better they rank what the weights find; the weights without them."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Facts, Item
from matcher.errors import BrokenBundle
from matcher.recommend.boosted import BASE
from matcher.recommend.calibration import Calibration
from matcher.recommend.collections import Collections
from matcher.recommend.corpus import read_queries
from matcher.recommend.learned import Learned, Trial
from matcher.recommend.matcher import Matcher
from matcher.recommend.model import Model, query_of
from matcher.recommend.pipeline import recommend
from matcher.recommend.ranking import Match
from matcher.recommend.rules import Request, Rules
from matcher.recommend.saving import open_collections, save_collections
from matcher.recommend.saving_ties import LEARNED, trees_lost
from matcher.text.encoders.registry import open_encoder
from tests.recommend.some_collections import RECIPE, built
from tests.recommend.some_trees import NAMES, trees_by

WEIGHTS = {**dict.fromkeys(NAMES, 0.0), "concepts": 0.9, "content": 0.1}
LINE = Calibration(np.array([0.0, 1.0]), np.array([0.1, 0.5]), labels=200)
BY_REGION = Learned(WEIGHTS, 200, 0.8, LINE, trees_by("region"), Trial("why", 0.1, 0.0, 0.2))
NEED = Item("n", text="steel pump housing", facts=Facts(region="110000"))


@pytest.fixture(scope="module")
def pumps() -> Model:
    """`same` has the text that is asked for, `near` the region."""
    offers = [
        Item("same", text="steel pump housing", facts=Facts(region="440000")),
        Item("near", text="steel pump", facts=Facts(region="110000")),
        Item("far", text="steel pipe", facts=Facts(region="440000")),
        Item("tea", text="tea farming", facts=Facts(region="110000")),
    ]
    return Matcher.fit(offers, [NEED]).model


def asked(
    model: Model, learned: Learned, weights: dict[str, float] | None = None
) -> tuple[Match, ...]:
    model = replace(model, learned={"need": learned})
    query = query_of(NEED, read_queries(model.text, [NEED]), 0, model, "need")
    request = Request()
    rules = Rules(model.candidates, request)
    return recommend(query, model, rules, request, weights, explain=False).matches


def ids(matches: tuple[Match, ...]) -> list[str]:
    return [match.candidate_id for match in matches]


def test_trees_rank_what_the_weights_find(pumps: Model) -> None:
    plain = asked(pumps, Learned(WEIGHTS))
    assert ids(plain) == ["same", "near", "far"]
    found = asked(pumps, BY_REGION)
    assert ids(found) == ["near", "same", "far"]
    assert [match.rank for match in found] == [1, 2, 3]


def test_what_trees_cant_tell_apart_stays_in_the_order_of_the_weights(pumps: Model) -> None:
    same, far = asked(pumps, BY_REGION)[1:]
    assert same.score == far.score
    assert (same.candidate_id, far.candidate_id) == ("same", "far")


def test_parts_are_what_each_feature_added_and_sum_to_the_score(pumps: Model) -> None:
    found = asked(pumps, BY_REGION)
    for match in found:
        assert set(match.parts) == {*NAMES, BASE}
        assert sum(match.parts.values()) == pytest.approx(match.score, abs=1e-12)
        assert 0 <= match.score <= 1
    near, same, _ = (match.parts["region"] for match in found)
    assert near > 0 > same
    assert found[0].parts[BASE] == found[1].parts[BASE]


def test_the_likelihood_is_that_of_what_ranks(pumps: Model) -> None:
    by_trees, by_weights = asked(pumps, BY_REGION), asked(pumps, replace(BY_REGION, boosted=None))
    for match in by_trees:
        assert match.likelihood is None
    for match in by_weights:
        assert match.likelihood == pytest.approx(0.1 + 0.4 * match.score)


def test_given_weights_go_before_trees(pumps: Model) -> None:
    assert ids(asked(pumps, BY_REGION, {"concepts": 1.0})) == ["same", "near", "far"]


def test_what_was_learned_scores_rows_by_names_in_any_order() -> None:
    rows = np.random.default_rng(0).random((20, len(NAMES)))
    order = np.random.default_rng(1).permutation(len(NAMES))
    names = [NAMES[place] for place in order]
    for learned in (BY_REGION, Learned(WEIGHTS)):
        straight = learned.scores(rows, NAMES)
        np.testing.assert_allclose(learned.scores(rows[:, order], names), straight)
    np.testing.assert_allclose(straight, 0.9 * rows[:, 0] + 0.1 * rows[:, 1])


def with_trees() -> Collections:
    """The small collections, needs asking for outcomes by region."""
    models = dict(built().models)
    models[Noun.OUTCOME] = replace(models[Noun.OUTCOME], learned={"need": BY_REGION})
    return replace(built(), models=models)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("trees") / "model")


@pytest.fixture
def copy(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "copy"))


def save(folder: Path) -> Path:
    folder.mkdir()
    save_collections(with_trees(), folder, encoder="trained", recipe=RECIPE)
    return folder


def opened(folder: Path) -> Model:
    return open_collections(folder, open_encoder).models[Noun.OUTCOME]


def test_what_was_saved_ranks_alike_to_the_bit(good: Path) -> None:
    model = opened(good)
    assert model.learned["need"].to_mapping() == BY_REGION.to_mapping()
    assert model.learned["need"].trial == BY_REGION.trial
    assert not trees_lost([model])
    before = with_trees().models[Noun.OUTCOME]
    assert asked(model, model.learned["need"]) == asked(before, before.learned["need"])


def test_the_same_trees_make_the_same_bytes(good: Path, tmp_path: Path) -> None:
    assert (save(tmp_path / "again") / LEARNED).read_bytes() == (good / LEARNED).read_bytes()


@pytest.mark.parametrize(
    ("old", "new"),
    [("left_child=", "left_child=9999 "), ('"region"', '"price"'), ('"low": -', '"low": -1')],
)
def test_damaged_trees_are_refused_by_the_name_of_the_file(copy: Path, old: str, new: str) -> None:
    path = copy / LEARNED
    state = json.loads(path.read_text(encoding="utf-8"))
    boosted = json.dumps(state["outcome"]["need"]["boosted"])
    assert old in boosted
    state["outcome"]["need"]["boosted"] = json.loads(boosted.replace(old, new, 1))
    path.write_text(json.dumps(state), encoding="utf-8")
    with pytest.raises(BrokenBundle) as caught:
        opened(copy)
    assert caught.value.where["file"] == str(path)


def test_without_lightgbm_the_weights_rank_and_nothing_is_lost(
    good: Path, pumps: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    model = opened(good)
    assert trees_lost([model])
    own = model.learned["need"]
    assert own.to_mapping() == BY_REGION.to_mapping()
    assert asked(pumps, own) == asked(pumps, Learned(WEIGHTS, calibration=LINE))
