"""The steps of a training: each reads what those before wrote, and writes a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from matcher.actions.platform import Platform
from matcher.actions.ruling import Ruling
from matcher.arrays import open_json
from matcher.bundle.manifest import Facts, Measured
from matcher.bundle.work import Work
from matcher.domain.enums import Noun
from matcher.recommend.boosted import require_lightgbm
from matcher.recommend.collections import Collections, build_collections
from matcher.recommend.feedback import Feedback
from matcher.recommend.folds import Past
from matcher.recommend.golden import golden_queries
from matcher.recommend.learning import idle
from matcher.recommend.recipe import read_recipe
from matcher.recommend.saving import RECIPE, open_collections, save_collections
from matcher.text.dictionary import standard_digest
from matcher.text.encoders.registry import is_trained, open_encoder
from training.boosting import gains_of, trials_of
from training.figures import DIRECTIONS, split_of
from training.gate import judge
from training.held_out import PRIMARY
from training.marks import Plan
from training.methods import Figures, Measure, Methods
from training.past import Way, is_shown, way_of
from training.snapshot import Snapshot, open_taken, save_snapshot, take

INGEST, FEATURES, REHEARSE, FIT, EVALUATE, WRITE = STEPS = (
    "ingest",
    "features",
    "rehearse",
    "fit",
    "evaluate",
    "write",
)
_TOLD = frozenset(f"{direction.name}.{PRIMARY}" for direction in DIRECTIONS)
METRICS, EVALUATION, SPLIT = "metrics.json", "evaluation.json", "split.json"


@dataclass(frozen=True, slots=True)
class Training:
    """One training at work: on which platform, by what, and where its steps lie.

    job: for which job of the platform, "" for none; opened: collections of steps that were read.
    """

    platform: Platform
    plan: Plan
    methods: Methods
    work: Work
    job: str = ""
    opened: dict[str, Collections] = field(default_factory=dict, init=False, repr=False)

    def snapshot(self) -> Snapshot:
        """What `ingest` read."""
        return open_taken(self.work.step(INGEST))

    def collections(self, step: str) -> Collections:
        """What `features`, `rehearse` or `fit` made; opened once, since several steps read it."""
        if step not in self.opened:
            self.opened[step] = open_collections(self.work.step(step), open_encoder)
        return self.opened[step]

    def rehearsal(self) -> Past | None:
        """What `rehearse` learned; None where too little is known to keep some of it back."""
        day = open_json(self.work.step(REHEARSE) / SPLIT)["day"]
        return None if day is None else Past(self.collections(REHEARSE), int(day))

    def way(self) -> Way:
        """What judges the rows that weights are learned from, in every step alike."""
        return way_of(self.snapshot().feedback)

    def metrics(self) -> dict[str, Measured]:
        """What `evaluate` found."""
        found = open_json(self.work.step(EVALUATE) / METRICS)
        return {name: Measured(**one) for name, one in found.items()}


def ingest(training: Training, folder: Path) -> str:
    """All live records and all feedback, as of one moment. Raises InputError without records."""
    snapshot = take(training.platform, training.methods.read_feedback)
    save_snapshot(snapshot, folder)
    return snapshot.in_words()


def features(training: Training, folder: Path) -> str:
    """The texts, learned from and indexed. Raises InvalidValue for a recipe, EncoderUnavailable,
    and UsageError for trees without LightGBM."""
    plan, snapshot = training.plan, training.snapshot()
    recipe = read_recipe(plan.recipe)
    if recipe.ranker.boosted:
        require_lightgbm()
    given = None if is_trained(plan.encoder) else open_encoder(plan.encoder)
    items = {noun: list(found) for noun, found in snapshot.items.items()}
    made = build_collections(items, recipe, encoder=given)
    save_collections(made, folder, encoder=plan.encoder, recipe=plan.recipe)
    documents = sum(len(model.index) for model in made.models.values())
    return f"{documents:,} documents indexed"


def rehearse(training: Training, folder: Path) -> str:
    """What is learned from all but the last days, to be asked about these."""
    known, snapshot = training.collections(FEATURES), training.snapshot()
    split = split_of(known, snapshot)
    (folder / SPLIT).write_text(json.dumps({"day": split and split.day}), encoding="utf-8")
    if split is None:
        return "too little feedback to hold some of it out"
    learn, seed = training.methods.learn, training.plan.seed
    _save(training, learn(known, split.train, seed=seed, way=training.way()), folder)
    return f"from what was known before {date.fromordinal(split.day)}"


def fit(training: Training, folder: Path) -> str:
    """All that is learned from feedback."""
    feedback, seed = training.snapshot().feedback, training.plan.seed
    known, way = training.collections(FEATURES), training.way()
    past = training.rehearsal() if way is Way.PAST else None
    made = training.methods.learn(known, feedback, seed=seed, way=way, past=past)
    _save(training, made, folder)
    trees = (f"\n      {name}: {trial.why}" for name, trial in trials_of(made))
    why = [f"\n      {told}"] if (told := idle(feedback)) else []
    return "".join([f"from {len(feedback.judgements):,} judgements", *why, *trees])


def _save(training: Training, made: Collections, folder: Path) -> None:
    recipe = training.work.step(FEATURES) / RECIPE
    save_collections(made, folder, encoder=training.plan.encoder, recipe=recipe)


def evaluate(training: Training, folder: Path) -> str:
    """How good a model is that doesn't know the last days."""
    found = measured(training, training.methods.measure)
    plain = {name: asdict(one) for name, one in sorted(found.metrics.items())}
    (folder / METRICS).write_text(json.dumps(plain), encoding="utf-8")
    details = json.dumps(found.details, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / EVALUATION).write_text(details, encoding="utf-8")
    if not found.metrics:
        return "too little feedback; nothing is measured"
    told = {name: one for name, one in found.metrics.items() if name in _TOLD}
    return ", ".join(f"{name} {one.value:.3f}" for name, one in told.items()) or "see the figures"


def measured(training: Training, measure: Measure) -> Figures:
    """The figures of the rehearsal; none where there was none."""
    past = training.rehearsal()
    if past is None:
        return Figures()
    return measure(past.collections, training.snapshot(), training.plan.seed)


def ruling_on(training: Training) -> Ruling:
    """What the gate says. It isn't kept with the steps: another model may become current."""
    library, feedback = training.platform.library, training.snapshot().feedback
    features, learn = partial(training.collections, FEATURES), partial(learned_again, training)
    return judge(library, features, feedback, learn, training.plan.seed)


def learned_again(
    training: Training, collections: Collections, feedback: Feedback, *, seed: int
) -> Collections:
    """What is learned of a part of what is known, as `fit` learns of all.

    The rehearsal judges here, too, where enough of what was shown since its day is in that part.
    """
    way = training.way()
    past = training.rehearsal() if way is Way.PAST else None
    if past is not None and not is_shown(feedback, past.day):
        past = None
    return training.methods.learn(collections, feedback, seed=seed, way=way, past=past)


def write(training: Training, ruling: Ruling) -> str:
    """Put the model into the library under the next number; its version."""
    platform, made = training.platform, training.work.step(FIT)
    with platform.library.new() as draft:
        shutil.copytree(made, draft.folder, copy_function=_linked, dirs_exist_ok=True)
        _linked(str(training.work.step(EVALUATE) / EVALUATION), str(draft.folder / EVALUATION))
        metrics = {**training.metrics(), **ruling.to_metrics()}
        return draft.finish(_facts(training, metrics, ruling.against))


def _facts(training: Training, metrics: Mapping[str, Measured], parent: str | None) -> Facts:
    snapshot, collections = training.snapshot(), training.collections(FIT)
    recipe = training.work.step(FIT) / RECIPE
    return Facts(
        created_at=training.platform.now(),
        seq=snapshot.seq,
        counts=snapshot.counts(),
        encoder=collections.models[Noun.OUTCOME].text.encoder.fingerprint,
        dictionary=standard_digest(),
        recipe=tomllib.loads(recipe.read_text(encoding="utf-8")),
        metrics={**metrics, **gains_of(collections)},
        golden=tuple(golden_queries(collections)),
        parent=parent,
        job=training.job,
    )


def _linked(source: str, target: str) -> str:
    """One file under two names where the file system can, which takes no room; else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return target
