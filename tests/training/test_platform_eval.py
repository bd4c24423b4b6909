"""A model beside its legs and baselines, on a platform whose right answers are known."""

import math
from collections.abc import Iterator

import pytest

from matcher.domain.enums import Noun
from matcher.errors import InvalidValue, UsageError
from matcher.evaluate import comparison, ials
from matcher.evaluate.comparison import Verdict
from tests.training.made_platform import (
    AFTER,
    BEFORE,
    LANGUAGES,
    NEED_OUTCOME,
    MadeModel,
    made_split,
)
from training import platform_eval
from training.platform_eval import METRICS, Evaluation, RelationFigure, evaluate_relation
from training.platform_split import Direction

needs_bench = pytest.mark.skipif(not ials.is_installed(), reason="needs the extra `bench`")


def evaluate(rows=None, languages=LANGUAGES, rank=None) -> Evaluation:
    model = rank or MadeModel()
    return evaluate_relation(
        model, made_split(rows), NEED_OUTCOME, legs=MadeModel.legs, languages=languages
    )


def figure(found: Evaluation, part: str, metric: str) -> RelationFigure:
    [one] = [each for each in found.figures if (each.slice, each.metric) == (part, metric)]
    return one


def means(found: RelationFigure) -> dict[str, float]:
    return {system: estimate.mean for system, estimate in found.systems.items()}


@pytest.fixture(scope="module", autouse=True)
def few_permutations() -> Iterator[None]:
    """Enough to tell a clear gain, and an evaluation that doesn't last seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "PERMUTATIONS", 199)
        yield


@pytest.fixture(scope="module")
def found(few_permutations) -> Evaluation:
    return evaluate()


def test_every_metric_is_measured_of_everything_and_of_each_slice(found) -> None:
    assert [(each.slice, each.metric) for each in found.figures] == [
        (part, metric)
        for part in ("", "cold_need", "cold_outcome", "cross_language", "zh_en")
        for metric in METRICS
    ]
    assert {each.direction for each in found.figures} == {"need>outcome"}


def test_what_is_right_comes_first_in_the_fusion_and_second_by_the_concepts(found) -> None:
    of_all = means(figure(found, "", "nDCG@10"))
    assert of_all["fusion"] == pytest.approx(1)
    assert of_all["concepts"] == pytest.approx(1 / math.log2(3))
    assert of_all["content"] == 0
    assert of_all["popularity"] < of_all["concepts"]
    assert means(figure(found, "", "RR"))["concepts"] == pytest.approx(1 / 2)


def test_a_slice_has_the_queries_of_its_pairs(found) -> None:
    queries = {
        each.slice: each.systems["fusion"].queries for each in found.figures if each.metric == "RR"
    }
    crossing = {"cross_language": 10, "zh_en": 10}
    assert queries == {"": 20, "cold_need": 10, "cold_outcome": 20, **crossing}


def test_the_fusion_is_compared_with_the_baselines(found) -> None:
    against = figure(found, "", "nDCG@10").against
    assert against["popularity"].verdict is Verdict.BETTER
    assert against["popularity"].queries == 20
    assert "chance" not in against
    assert figure(found, "", "RR").against == {}


@needs_bench
def test_ials_is_among_the_baselines_and_its_settings_are_told(found) -> None:
    assert set(figure(found, "", "nDCG@10").against) == {"popularity", "iALS"}
    assert any("iALS with" in note for note in found.notes)


def test_a_slice_without_queries_has_a_reason_in_place_of_a_figure(found) -> None:
    gap = "need>outcome, {}: 0 judged queries, an interval needs 2"
    assert found.gaps == (gap.format("warm"), gap.format("en_zh"))


def test_a_slice_with_one_query_has_no_figure() -> None:
    """n00 takes the known o01 as well."""
    found = evaluate([*BEFORE, *AFTER, (0, 1, 101, 1.0)])
    assert "need>outcome, warm: 1 judged queries, an interval needs 2" in found.gaps


def test_another_right_answer_is_no_wrong_one_in_a_slice() -> None:
    """n00 … n02 also take the known o03, behind the cold one that the model ranks first."""

    class Ranks(MadeModel):
        def _ranking(self, asker, allowed, weights):
            first = dict.fromkeys([*(name for name, _ in super()._ranking(asker, allowed, None))])
            rest = [name for name in first if name != "o03"]
            return [(name, 1.0) for name in (rest[0], "o03", *rest[1:])]

    found = evaluate([*BEFORE, *AFTER, *((need, 3, 101, 1.0) for need in range(3))], rank=Ranks())
    assert figure(found, "warm", "RR").systems["fusion"].mean == 1
    assert figure(found, "warm", "RR").systems["fusion"].queries == 3


def test_without_languages_there_is_no_slice_that_crosses_them() -> None:
    found = evaluate(languages=None)
    assert "need>outcome, cross_language: the languages aren't known" in found.gaps
    assert all(each.slice != "cross_language" for each in found.figures)


def test_with_one_judged_query_there_is_no_figure_and_nothing_is_ranked() -> None:
    model = MadeModel()
    found = evaluate([*BEFORE, AFTER[0]], rank=model)
    assert found.figures == ()
    assert found.gaps == ("need>outcome: 1 judged queries, an interval needs 2",)
    assert found.exposure is None
    assert model.asked == []


def test_answers_that_were_not_there_are_told() -> None:
    found = evaluate([*BEFORE, *AFTER, (3, 31, 102, 1.0)])
    assert found.notes[0].startswith("need>outcome: 1 right answers are left out")


def test_of_very_many_askers_some_are_drawn_and_that_is_told(monkeypatch) -> None:
    monkeypatch.setattr(platform_eval, "MOST_ASKERS", 8)
    found = evaluate()
    assert figure(found, "", "RR").systems["fusion"].queries == 8
    assert found.notes[0] == "need>outcome: 8 of 20 askers are drawn"


def test_exposure_is_that_of_what_the_fusion_shows_first(found) -> None:
    assert found.exposure is not None
    assert found.exposure.lists == 20
    assert (found.exposure.noun, len(found.exposure.ids)) == (Noun.OUTCOME, 31)
    first = found.exposure.ids.index("o10")
    assert found.exposure.shown[first] >= 1


def test_an_asker_that_is_left_out_is_answered_wrongly() -> None:
    def rank(asker, candidate, asker_ids, allowed, weights):
        run = MadeModel()(asker, candidate, asker_ids, allowed, weights)
        return {asker: ranking for asker, ranking in run.items() if asker >= "n10"}

    assert means(figure(evaluate(rank=rank), "", "RR"))["fusion"] == pytest.approx(0.5)


def test_a_model_that_ranks_what_was_not_there_is_refused() -> None:
    def rank(asker, candidate, asker_ids, allowed, weights):
        return {each: [("o31", 1.0)] for each in asker_ids}

    with pytest.raises(InvalidValue, match="ranks 'o31'"):
        evaluate(rank=rank)


def test_a_direction_whose_candidates_are_unknown_is_refused() -> None:
    with pytest.raises(UsageError, match="which managers were alive"):
        evaluate_relation(
            MadeModel(), made_split(), Direction(Noun.NEED, Noun.MANAGER), legs=MadeModel.legs
        )


def test_an_evaluation_is_seeded(found) -> None:
    assert evaluate().figures == found.figures
