"""Each step reads what the ones before wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from matcher.actions.platform import Platform
from matcher.actions.ruling import Ruling
from matcher.bundle.manifest import Measured
from matcher.bundle.work import working
from matcher.domain.enums import Noun
from matcher.recommend.collections import Collections
from matcher.recommend.feedback import Feedback, Impressions, graded, no_feedback
from matcher.recommend.folds import Past
from matcher.recommend.learning import UNWEIGHED
from tests.training.some_training import (
    DAY,
    RECIPE,
    TOPICS,
    gradually,
    methods,
    topical,
    topical_platform,
    wrongly,
)
from training import past, steps
from training.marks import Plan
from training.methods import Figures
from training.past import Way
from training.snapshot import Snapshot
from training.steps import (
    EVALUATE,
    EVALUATION,
    FEATURES,
    FIT,
    INGEST,
    METRICS,
    REHEARSE,
    SPLIT,
    Training,
)

BEFORE_FITTING = (
    (INGEST, steps.ingest),
    (FEATURES, steps.features),
    (REHEARSE, steps.rehearse),
)


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    opened = topical_platform(tmp_path_factory.mktemp("steps") / "home")
    yield opened
    opened.database.dispose()


@pytest.fixture(scope="module")
def training(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Training]:
    """With the texts learned and indexed, and rehearsed what is to be learned."""
    with working(tmp_path_factory.mktemp("work"), "k1") as work:
        made = Training(platform, Plan(RECIPE, "trained"), methods(gradually()), work)
        for name, make in BEFORE_FITTING:
            with work.writing(name) as folder:
                make(made, folder)
        yield made


def test_what_was_ingested_is_indexed(training: Training) -> None:
    snapshot, made = training.snapshot(), training.collections(FEATURES)
    assert snapshot.counts() == {"outcome": TOPICS, "need": TOPICS, "manager": 0}
    assert len(snapshot.feedback.judgements) == TOPICS
    assert [item.id for item in made.models[Noun.NEED].candidates] == [
        item.id for item in snapshot.items[Noun.NEED]
    ]


def test_fitting_keeps_what_was_learned(training: Training, tmp_path: Path) -> None:
    learning = replace(training, methods=replace(training.methods, learn=wrongly))
    assert steps.fit(learning, tmp_path) == f"from 36 judgements\n      {UNWEIGHED}"
    learned = np.load(tmp_path / "outcome" / "items.npy")
    before = np.load(training.work.step(FEATURES) / "outcome" / "items.npy")
    assert not np.array_equal(learned, before)


def test_learning_nothing_keeps_every_byte(training: Training, tmp_path: Path) -> None:
    steps.fit(training, tmp_path)
    before = training.work.step(FEATURES)
    files = {path.relative_to(before) for path in before.rglob("*") if path.is_file()}
    assert files == {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert all((tmp_path / file).read_bytes() == (before / file).read_bytes() for file in files)


def test_figures_are_kept(training: Training, tmp_path: Path) -> None:
    told = steps.evaluate(training, tmp_path)
    plain = json.loads((tmp_path / METRICS).read_text())
    assert {f"need>outcome.{name}" for name in ("nDCG@10", "R@20", "RR")} <= set(plain)
    assert "need>outcome.nDCG@10" in told
    details = json.loads((tmp_path / EVALUATION).read_text())
    assert set(details) == {"day", "reliability", "notes", "gaps"}


def shown(known: Feedback) -> Feedback:
    """The same, but each pair stood in a list of its own on the day that it was taken up."""
    own = known.judgements
    count = len(own)
    rows = Impressions(
        own.needs,
        own.outcomes,
        own.managers,
        own.days,
        np.arange(count),
        np.ones(count, np.int32),
        np.ones(count),
        np.zeros(count, bool),
        np.zeros(count, np.float32),
    )
    return replace(known, impressions=graded(rows, own))


HELD_OUT = DAY - 7
"""The first of the days that hold a fifth of what was taken up."""


def test_what_is_rehearsed_is_learned_without_the_last_days(
    training: Training, tmp_path: Path
) -> None:
    told: list[Feedback] = []

    def learn(
        collections: Collections,
        feedback: Feedback,
        *,
        seed: int,
        way: Way | None = None,
        past: Past | None = None,
    ) -> Collections:
        told.append(feedback)
        assert (way, past) == (Way.PARTS, None)
        return topical(1)

    rehearsing = replace(training, methods=replace(training.methods, learn=learn))
    day = date.fromordinal(HELD_OUT)
    assert steps.rehearse(rehearsing, tmp_path) == f"from what was known before {day}"
    assert json.loads((tmp_path / SPLIT).read_text()) == {"day": HELD_OUT}
    [known] = told
    assert known.judgements.days.max() == HELD_OUT - 1
    learned = np.load(tmp_path / "outcome" / "items.npy")
    before = np.load(training.work.step(FEATURES) / "outcome" / "items.npy")
    assert not np.array_equal(learned, before)


def test_the_rehearsal_is_what_is_measured(training: Training) -> None:
    """Not what was fitted, which knows the answers."""
    asked: list[tuple[Collections, Snapshot, int]] = []

    def measure(made: Collections, snapshot: Snapshot, seed: int) -> Figures:
        asked.append((made, snapshot, seed))
        return Figures({"luck": Measured(0.5, None, None)})

    found = steps.measured(replace(training, plan=Plan(RECIPE, "trained", 7)), measure)
    assert found.metrics == {"luck": Measured(0.5, None, None)}
    [(made, snapshot, seed)] = asked
    rehearsed = training.rehearsal()
    assert rehearsed is not None
    assert (rehearsed.day, seed) == (HELD_OUT, 7)
    assert len(snapshot.feedback.judgements) == TOPICS
    for noun in (Noun.NEED, Noun.OUTCOME):
        ids = [item.id for item in rehearsed.collections.models[noun].candidates]
        assert [item.id for item in made.models[noun].candidates] == ids


@pytest.mark.parametrize("much", [True, False])
def test_where_much_is_known_what_is_fitted_is_judged_by_the_rehearsal(
    training: Training, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, much: bool
) -> None:
    monkeypatch.setattr(past, "MANY", TOPICS if much else TOPICS + 1)
    monkeypatch.setattr(past, "SHOWN", 0)
    given: list[tuple[int, Way | None, Past | None]] = []

    def learn(
        collections: Collections,
        feedback: Feedback,
        *,
        seed: int,
        way: Way | None = None,
        past: Past | None = None,
    ) -> Collections:
        given.append((len(feedback.judgements), way, past))
        return collections

    learning = replace(training, methods=replace(training.methods, learn=learn))
    for name, make in ((REHEARSE, steps.rehearse), (FIT, steps.fit)):
        (tmp_path / name).mkdir()
        make(learning, tmp_path / name)
    again = gradually().until(HELD_OUT + 1)
    steps.learned_again(learning, topical(), again, seed=0)
    # What is rehearsed goes the same way as what is fitted, though it knows less than `MANY`.
    way = Way.PAST if much else Way.PARTS
    judged = HELD_OUT if much else None
    assert [(known, own, past and past.day) for known, own, past in given] == [
        (28, way, None),
        (TOPICS, way, judged),
        (29, way, judged),
    ]


@pytest.mark.parametrize("least", [3, 4])
def test_what_is_learned_for_the_gate_is_judged_by_the_rehearsal_where_that_is_enough(
    training: Training, monkeypatch: pytest.MonkeyPatch, least: int
) -> None:
    """Three rows were shown on the last days before the current model was made, and taken up."""
    given: list[Past | None] = []

    def learn(
        collections: Collections,
        feedback: Feedback,
        *,
        seed: int,
        way: Way | None = None,
        past: Past | None = None,
    ) -> Collections:
        given.append(past)
        return collections

    monkeypatch.setattr(Training, "way", lambda _: Way.PAST)
    monkeypatch.setattr(past, "SHOWN", least)
    known = shown(gradually())
    again = replace(training, methods=replace(training.methods, learn=learn))
    for day in (HELD_OUT + 3, HELD_OUT):
        steps.learned_again(again, topical(), known.until(day), seed=0)
    days = [past and past.day for past in given]
    assert days == ([HELD_OUT, None] if least == 3 else [None, None])


def test_without_feedback_nothing_is_rehearsed_or_measured(
    training: Training, tmp_path: Path
) -> None:
    with working(tmp_path / "work", "k2") as work:
        silent = replace(training, work=work, methods=methods(no_feedback()))
        for name, make in BEFORE_FITTING:
            with work.writing(name) as folder:
                told = make(silent, folder)
        assert told == "too little feedback to hold some of it out"
        assert [path.name for path in work.step(REHEARSE).iterdir()] == [SPLIT]
        assert silent.rehearsal() is None
        with work.writing(EVALUATE) as folder:
            assert "too little feedback" in steps.evaluate(silent, folder)
        assert silent.metrics() == {}


def test_a_model_is_what_was_fitted_and_its_work_folder_may_go(
    training: Training, platform: Platform
) -> None:
    for name, make in ((FIT, steps.fit), (EVALUATE, steps.evaluate)):
        with training.work.writing(name) as folder:
            make(training, folder)
    version = steps.write(training, Ruling(against=None, why="no model is current"))
    for path in (path for path in training.work.step(FIT).rglob("*") if path.is_file()):
        path.unlink()
    manifest = platform.library.verify(version)
    assert manifest.metrics["need>outcome.nDCG@10"] == training.metrics()["need>outcome.nDCG@10"]
    assert isinstance(manifest.metrics["need>outcome.RR"], Measured)
    assert manifest.parent is None
    assert EVALUATION in manifest.files


def test_where_no_file_can_have_two_names_it_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("os.link", refuse)
    (tmp_path / "a").write_text("x")
    steps._linked(str(tmp_path / "a"), str(tmp_path / "b"))
    assert (tmp_path / "b").read_text() == "x"
