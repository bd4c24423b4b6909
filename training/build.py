"""From the records of the store to a model in the library, step by step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from matcher.actions.models import WORK
from matcher.actions.platform import Platform
from matcher.actions.ruling import Ruling
from matcher.bundle.work import working
from matcher.recommend.recipe import read_recipe
from training import steps
from training.learning import METHODS
from training.marks import Plan, key_of, read_marks
from training.methods import Figures, Measure, Methods
from training.recipe_text import recipe_tables
from training.search import Trial, inner, scored, search
from training.space import drawn
from training.steps import STEPS, WRITE, Training

Say = Callable[[str], None]
_MAKERS = (
    (steps.INGEST, steps.ingest),
    (steps.FEATURES, steps.features),
    (steps.REHEARSE, steps.rehearse),
    (steps.FIT, steps.fit),
    (steps.EVALUATE, steps.evaluate),
)


class Built(NamedTuple):
    """The version that was made, and how the gate compares it with the current one."""

    version: str
    ruling: Ruling


def build(
    platform: Platform,
    recipe: Path,
    encoder: str,
    say: Say,
    *,
    seed: int = 0,
    fresh: bool = False,
    job: str = "",
    methods: Methods = METHODS,
) -> Built:
    """Make a model of what is in the store. It isn't published yet.

    Goes on where an interrupted one of the same store, recipe, encoder and seed ended, unless
    `fresh`. job: what the model is made for, which it names. Raises InputError where there is
    nothing to learn from or the recipe can't be used, EncoderUnavailable, UnwritableOutput,
    StoreUnavailable.
    """
    plan = Plan(recipe, encoder, seed)
    with _training(platform, plan, methods, say, fresh=fresh, job=job) as training:
        prepare(training, say)
        return _written(training, say)


def tried(
    platform: Platform,
    plan: Plan,
    space: Mapping[str, Any],
    seconds: float,
    say: Say,
    methods: Methods = METHODS,
) -> list[Trial]:
    """Search the space for better numbers of the plan's recipe for so many seconds.

    Raises InputError where there is too little feedback, and what `build` raises.
    """
    with _training(platform, plan, methods, say) as training:
        prepare(training, say, steps.FEATURES)
        feedback, features = training.snapshot().feedback, training.collections(steps.FEATURES)
        learn = partial(methods.learn, way=training.way())
        found = inner(features, feedback, learn, plan.seed)
        end = time.monotonic() + seconds
        score = scored(found, recipe_tables(plan.recipe))
        return search(drawn(space, plan.seed), score, lambda: time.monotonic() < end, say)


def reported(
    platform: Platform, plan: Plan, measure: Measure, say: Say, methods: Methods = METHODS
) -> Figures:
    """Measure what is learned of what is in the store now; no model is made.

    Raises what `build` raises.
    """
    with _training(platform, plan, methods, say) as training:
        prepare(training, say, steps.REHEARSE)
        return steps.measured(training, measure)


@contextmanager
def _training(
    platform: Platform,
    plan: Plan,
    methods: Methods,
    say: Say,
    *,
    fresh: bool = False,
    job: str = "",
) -> Iterator[Training]:
    """A training of what is in the store now, with the steps that are done."""
    read_recipe(plan.recipe)
    with platform.database.reading() as session:
        key = key_of(read_marks(session), plan)
    root = platform.settings.home / WORK
    with working(root, key, fresh=fresh, waits=lambda: say(_WAITS)) as work:
        yield Training(platform, plan, methods, work, job)


_WAITS = "Another training of the same records is at work; waiting for it"


def prepare(training: Training, say: Say, last: str = steps.EVALUATE) -> None:
    """Do the steps up to `last` that aren't done yet."""
    for number, (name, make) in enumerate(_MAKERS, start=1):
        if training.work.done(name):
            say(f"{_place(number)} {name}: done before")
        else:
            started = time.monotonic()
            with training.work.writing(name) as folder:
                told = make(training, folder)
            say(f"{_place(number)} {name}: {told} ({time.monotonic() - started:.1f} s)")
        if name == last:
            break


def _written(training: Training, say: Say) -> Built:
    started = time.monotonic()
    ruling = steps.ruling_on(training)
    say(f"      gate: {ruling.verdict.value.replace('_', ' ')}: {ruling.why}")
    version = steps.write(training, ruling)
    seconds = time.monotonic() - started
    say(f"{_place(len(STEPS))} {WRITE}: {version} ({seconds:.1f} s)")
    return Built(version, ruling)


def _place(number: int) -> str:
    return f"[{number}/{len(STEPS)}]"
