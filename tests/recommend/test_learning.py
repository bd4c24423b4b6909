"""Learning: what little or odd feedback does to the models, and what a change does afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matcher.domain.enums import Noun
from matcher.domain.item import Facts, Item
from matcher.recommend.collections import Collections
from matcher.recommend.examination import Examination
from matcher.recommend.feedback import Feedback, no_feedback
from matcher.recommend.folds import Past
from matcher.recommend.learning import UNWANTED, UNWEIGHED, examination_of, idle, learned
from matcher.recommend.learning_lists import decided
from matcher.recommend.live import changed
from matcher.recommend.model import space_of
from matcher.recommend.recipe import COLLABORATIVE, FACTORS, UPTAKE
from matcher.recommend.saving import save_collections
from matcher.recommend.tying import tied
from matcher.recommend.uptake import UNKNOWN
from tests.recommend.some_collections import RECIPE
from tests.recommend.some_learning import (
    DAY,
    SUBJECTS,
    feedback,
    item,
    proposed,
    ranking,
    same_subject,
    spread,
    taught,
    untaught,
)

NEED, OUTCOME, MANAGER = Noun.NEED, Noun.OUTCOME, Noun.MANAGER


def files(collections: Collections, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    save_collections(collections, folder, encoder="trained", recipe=RECIPE)
    there = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in there}


NOTHING_GOOD = {
    "no events": no_feedback(),
    "shown and left alone": feedback(lists=[[(0, 1, 2), (3, 4, 2)]]),
    "all declined": proposed(5, lambda need, outcome: False, bad=-0.5),
}


@pytest.mark.parametrize("what", NOTHING_GOOD)
def test_where_nothing_went_well_the_models_stay_as_they_are(what: str) -> None:
    found = learned(untaught(), NOTHING_GOOD[what])
    assert found.models == untaught().models
    assert found.recipe is untaught().recipe


@pytest.mark.slow
def test_without_feedback_the_files_are_the_same_bytes(tmp_path: Path) -> None:
    before = files(untaught(), tmp_path / "before")
    assert files(learned(untaught(), no_feedback()), tmp_path / "after") == before


@pytest.mark.slow
def test_learning_the_same_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    again = learned(untaught(), proposed(40, same_subject))
    assert files(again, tmp_path / "again") == files(taught(), tmp_path / "first")


ODD = {
    "one manager": feedback(
        [(need, need, 0, DAY, 0.6, -1) for need in range(6)],
        [[(need, other, 0) for other in (need, need + 1)] for need in range(6)],
    ),
    "one need, one outcome": feedback([(0, 0, 0, DAY, 0.6, -1)], [[(0, 0, 0), (1, 1, 0)]]),
    "follow-ups that no list showed": feedback([(need, need, 0, DAY, 1, -1) for need in range(9)]),
    "no number": feedback([(0, 0, 0, DAY, 1, -1), (1, 1, 1, DAY, float("nan"), -1)]),
}


@pytest.mark.parametrize("what", ODD)
def test_whatever_is_known_every_score_is_a_number_from_0_to_1(what: str) -> None:
    found = learned(untaught(), ODD[what])
    for asker, noun in ((NEED, OUTCOME), (OUTCOME, NEED), (NEED, MANAGER), (MANAGER, OUTCOME)):
        matches = ranking(found.models[noun], item(asker, 0), asker).matches
        assert matches
        assert all(0 < match.score <= 1 for match in matches)


def test_what_was_learned_of_a_subject_finds_it() -> None:
    for number in (0, 7, 13):
        matches = ranking(taught().models[OUTCOME], item(NEED, number), NEED).matches
        assert [same_subject(number, int(match.candidate_id[1:])) for match in matches[:4]] == [
            True, True, True, True,
        ]  # fmt: skip


def test_a_newcomer_has_vectors_by_what_it_says() -> None:
    model = taught().models[OUTCOME]
    came = Item("new", text=SUBJECTS[3], facts=Facts(region="110000"))
    later = changed(model, [came])
    row = later.starts[[-1]]
    for asker in ("need", "manager"):
        for leg in (FACTORS, COLLABORATIVE):
            vector = later.index.vectors(space_of(leg, asker), row)
            assert np.isfinite(vector).all()
            assert vector.any()
        assert later.index.vectors(space_of(UPTAKE, asker), row).tolist() == [[UNKNOWN]]
    matches = ranking(later, item(NEED, 3), NEED).matches
    assert "new" in [match.candidate_id for match in matches[:5]]
    factors = {match.candidate_id: match.parts.get(FACTORS, 0) for match in matches}
    assert all(0 <= part <= 1 for part in factors.values())


def test_an_edited_record_keeps_what_was_learned_of_it() -> None:
    model = taught().models[OUTCOME]
    later = changed(model, [Item("o3", text="something else altogether")])
    for asker in ("need", "manager"):
        for leg in (FACTORS, COLLABORATIVE, UPTAKE):
            space = space_of(leg, asker)
            np.testing.assert_array_equal(
                later.index.vectors(space, later.starts[[-1]]),
                model.index.vectors(space, model.starts[[3]]),
            )
    assert not later.index.vectors(space_of(FACTORS, "need"), model.starts[[3]]).any()


@pytest.mark.parametrize("text", ["", "zirconium", "锆合金", "graphene zirconium"])
def test_words_and_labels_that_nobody_had_at_training_do_no_harm(text: str) -> None:
    facts = Facts(region="never seen", field="99", organisation="stranger", trl=9)
    for noun, asker in ((OUTCOME, NEED), (NEED, MANAGER), (MANAGER, NEED)):
        portfolio = ("zirconium plates",) if noun is MANAGER else ()
        came = Item("new", text=text, facts=facts, portfolio=portfolio)
        later = changed(taught().models[noun], [came])
        for asking in (item(asker, 1), Item("stranger", text=text, facts=facts)):
            for match in ranking(later, asking, asker).matches:
                assert 0 < match.score <= 1
                assert all(np.isfinite(part) for part in match.parts.values())


def test_a_removed_record_is_found_by_no_leg() -> None:
    later = changed(taught().models[OUTCOME], (), ["o3"])
    assert "o3" not in [match.candidate_id for match in ranking(later, item(NEED, 3), NEED).matches]


def said(known: Feedback) -> list[str]:
    found: list[str] = []
    learned(untaught(), known, say=found.append)
    return found


def test_it_is_said_that_what_no_list_showed_is_learned_and_weighs_nothing() -> None:
    assert UNWEIGHED in said(ODD["follow-ups that no list showed"])
    assert UNWEIGHED not in said(ODD["one manager"])
    assert said(no_feedback()) == []


def test_it_is_said_that_declines_alone_teach_no_weights() -> None:
    declined = feedback([(0, 1, 2, DAY, -1.0, -1)], [[(0, 1, 2), (3, 4, 2)]])
    assert UNWANTED in said(declined)
    assert (idle(declined), idle(no_feedback())) == (UNWANTED, "")


def test_ties_of_the_past_judge_what_came_since_and_nothing_is_dealt_out() -> None:
    known = spread(proposed(20, same_subject), 10)
    day, shown = DAY + 6, known.impressions
    before = known.until(day)
    examined = Examination().at(before.impressions.positions)
    past = Past(tied(untaught(), before, examined, lambda _: None), day)
    lines: list[str] = []
    found = learned(untaught(), known, say=lines.append, past=past)
    good = (shown.grades > 0) & decided(shown)
    since = int((good & (shown.days >= day)).sum())
    assert 0 < since < good.sum()
    for noun in (OUTCOME, MANAGER):
        assert {own.labels for own in found.models[noun].learned.values()} == {since}
    assert DEALT_OUT not in lines
    # What is served knows all there is, not only the past.
    own, earlier = (
        each.models[OUTCOME].ties["need"].candidates for each in (found, past.collections)
    )
    assert not np.array_equal(own.factors, earlier.factors)
    assert DEALT_OUT in said(known)


DEALT_OUT = "Factors of parts of what is known, to be judged by the rest"


def test_how_records_fared_counts_where_it_is_they_who_matter_and_not_the_subject() -> None:
    """Half of each subject's outcomes are dead, which no text tells; or else none is."""
    dead = learned(untaught(), proposed(40, lambda need, outcome: outcome % 20 < 10))
    model = dead.models[OUTCOME]
    assert model.learned["need"].weights[UPTAKE] > 0.5
    assert taught().models[OUTCOME].learned["need"].weights[UPTAKE] < 0.01
    found = [int(match.candidate_id[1:]) for match in ranking(model, item(NEED, 3), NEED).matches]
    fitting = [outcome for outcome in found if same_subject(3, outcome)]
    assert [outcome % 20 < 10 for outcome in fitting] == [True, True, False, False]


def explored(known: Feedback, share: float) -> Feedback:
    shown = known.impressions
    drawn = np.random.default_rng(0).random(len(shown)) < share
    return replace(known, impressions=replace(shown, explored=drawn))


def test_how_far_people_look_is_told_by_what_was_drawn_by_chance_alone() -> None:
    known = proposed(60, same_subject)
    assert examination_of(known) == Examination()
    found = examination_of(explored(known, 1.0))
    assert found.labels == int((known.impressions.grades[decided(known.impressions)] != 0).sum())
    # Here a row is acted upon at any position alike.
    assert found.eta < 0.5
    some = examination_of(explored(known, 0.3))
    assert 0 < some.labels < found.labels
