"""From the records of the store to a model in the library, interrupted or not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.actions.platform import Platform
from matcher.actions.ruling import Verdict
from matcher.domain.enums import Noun
from matcher.errors import EncoderUnavailable, InputError, MatcherError
from matcher.recommend.collections import NOUNS
from matcher.recommend.feedback import no_feedback
from matcher.store import feed
from tests.platforms import NOW, need, outcome, publish, put, small_platform
from tests.training.some_training import (
    DAY,
    RECIPE,
    gradually,
    methods,
    rightly,
    topical_platform,
    wrongly,
)
from training.__main__ import main
from training.build import build, tried
from training.marks import Plan
from training.recipe_text import as_toml, recipe_tables, with_values
from training.steps import REHEARSE, STEPS

CHECKOUT = Path(__file__).resolve().parents[2]

# Under a shell's background job SIGINT is ignored, and a child would inherit that.
INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from matcher.bootstrap import make_platform
from matcher.settings import Settings
from tests.training.some_training import RECIPE, gradually, methods
from training import build as building, steps

home, wanted, number = sys.argv[1:]
signal.signal(signal.SIGINT, signal.default_int_handler)

def stopped(folder):
    (folder / "half").write_text("half")
    os.kill(os.getpid(), int(number))

def until(name, make):
    def run(training, folder):
        if name == wanted:
            stopped(folder)
        return make(training, folder)
    return name, run

building._MAKERS = tuple(until(*maker) for maker in building._MAKERS)
facts = steps._facts

def described(*given):
    if wanted == steps.WRITE:
        os.kill(os.getpid(), int(number))
    return facts(*given)

steps._facts = described
platform = make_platform(Settings(home=Path(home)))
built = building.build(platform, RECIPE, "trained", print, methods=methods(gradually()))
print(built.version)
"""


def silent(_: str) -> None:
    pass


@pytest.fixture
def topics(tmp_path: Path) -> Iterator[Platform]:
    """Records, but no model yet."""
    platform = topical_platform(tmp_path / "home")
    yield platform
    platform.database.dispose()


def content(version: str) -> str:
    """The part of a version's name that is the digest of what is in it."""
    return version.partition("-")[2]


def left(platform: Platform) -> list[Path]:
    """The files that trainings left."""
    return [path for path in (platform.settings.home / "training").rglob("*") if path.is_file()]


@pytest.mark.slow
def test_a_model_tells_what_it_was_made_of(platform: Platform) -> None:
    before = platform.library.pointer()
    put(platform, Noun.OUTCOME, outcome("x", "New"))
    version, ruling = build(platform, RECIPE, "trained", silent, methods=methods(no_feedback()))
    manifest = platform.library.verify(version)
    assert manifest.counts == {"outcome": 6, "need": 3, "manager": 2}
    assert (manifest.parent, manifest.created_at) == (before.version, NOW)
    with platform.database.reading() as session:
        assert manifest.seq == feed.latest(session)
    assert {query["noun"] for query in manifest.golden} == {noun.value for noun in NOUNS}
    assert manifest.recipe
    assert manifest.dictionary
    assert manifest.metrics == {}
    assert (ruling.verdict, ruling.against) == (Verdict.NOT_COMPARABLE, before.version)
    assert platform.library.pointer() == before
    assert left(platform) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_each_step_says_what_it_did(platform: Platform) -> None:
    said: list[str] = []
    version = build(platform, RECIPE, "trained", said.append, methods=methods(no_feedback()))[0]
    assert [line.split(":")[0].strip() for line in said] == [
        "[1/6] ingest",
        "[2/6] features",
        "[3/6] rehearse",
        "[4/6] fit",
        "[5/6] evaluate",
        "gate",
        "[6/6] write",
    ]
    assert "5 outcomes, 3 needs, 2 managers; 0 judgements" in said[0]
    assert "too little feedback" in said[2]
    assert "too little feedback" in said[4]
    assert "not comparable" in said[5]
    assert version in said[6]
    assert all(line.endswith(" s)") for line in said if line.startswith("["))


@pytest.mark.slow
def test_the_same_records_make_the_same_model(platform: Platform) -> None:
    names = {content(publish(platform)) for _ in range(2)}
    assert len(names) == 1


@pytest.mark.slow
def test_what_is_learned_from_feedback_is_the_same_in_two_processes(tmp_path: Path) -> None:
    home = tmp_path / "home"
    size = ("--outcomes", "60", "--needs", "40", "--managers", "8", "--events", "900")
    here = CliRunner(env={"MATCHER_HOME": str(home)})
    made = here.invoke(main, ["simulate", "--home", str(home), *size, "--seed", "3"])
    assert made.exit_code == 0, made.output
    command = ("build", "--fresh", "--recipe", str(quick_recipe(tmp_path)))
    found = (here.invoke(main, command).stdout, trained(home, *command))
    versions = [json.loads(line)["version"] for line in found]
    assert content(versions[0]) == content(versions[1])
    ties = home / "models" / versions[0] / "ties"
    assert {folder.name for folder in ties.iterdir()} == {
        "need_outcome",
        "manager_outcome",
        "manager_need",
    }


QUICK = {
    "factors.dimension": 8,
    "factors.iterations": 2,
    "collaborative.dimension": 8,
    "collaborative.epochs": 2,
}


def quick_recipe(folder: Path) -> Path:
    """What is learned takes few numbers and rounds."""
    tables = with_values(recipe_tables(RECIPE), QUICK, "for the tests")
    (folder / "quick.toml").write_text(as_toml(tables), encoding="utf-8")
    return folder / "quick.toml"


def trained(home: Path, *arguments: str) -> str:
    """What a command of training prints, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "training", *arguments],
        cwd=CHECKOUT,
        env={**os.environ, "MATCHER_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "where"), [(signal.SIGKILL, STEPS), (signal.SIGINT, (REHEARSE,))]
)
def test_a_training_stopped_in_any_step_goes_on_and_makes_the_same(
    topics: Platform, number: signal.Signals, where: tuple[str, ...]
) -> None:
    home, done = topics.settings.home, 0
    for step in where:
        ran = stopped(home, step, number)
        assert ran.returncode != 0
        assert [line for line in ran.stdout.splitlines() if line.endswith("done before")] == [
            f"[{n}/{len(STEPS)}] {name}: done before" for n, name in enumerate(STEPS[:done], 1)
        ]
        assert topics.library.versions() == ()
        done = STEPS.index(step)
    resumed = stopped(home, "none", number)
    assert resumed.returncode == 0, resumed.stderr
    assert resumed.stdout.count("done before") == done
    whole = build(topics, RECIPE, "trained", silent, methods=methods(gradually()))
    assert content(resumed.stdout.splitlines()[-1]) == content(whole.version)
    assert left(topics) == []


def stopped(home: Path, step: str, number: signal.Signals) -> subprocess.CompletedProcess[str]:
    """A training in a process that gets a signal in the middle of a step."""
    return subprocess.run(
        [sys.executable, "-u", "-c", INTERRUPTED, str(home), step, str(number.value)],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_whoever_begins_afresh_does_every_step(topics: Platform) -> None:
    broken = replace(methods(gradually()), learn=interrupting)
    with pytest.raises(KeyboardInterrupt):
        build(topics, RECIPE, "trained", silent, methods=broken)
    assert left(topics) != []
    said: list[str] = []
    good = methods(gradually())
    version, _ = build(topics, RECIPE, "trained", said.append, fresh=True, methods=good)
    assert not any("done before" in line for line in said)
    assert topics.library.verify(version).metrics["need>outcome.nDCG@10"].value > 0.9


@pytest.mark.slow
def test_another_record_is_another_training(topics: Platform) -> None:
    broken = replace(methods(gradually()), learn=interrupting)
    with pytest.raises(KeyboardInterrupt):
        build(topics, RECIPE, "trained", silent, methods=broken)
    put(topics, Noun.OUTCOME, outcome("x", "New"))
    said: list[str] = []
    version, _ = build(topics, RECIPE, "trained", said.append, methods=methods(gradually()))
    assert not any("done before" in line for line in said)
    assert topics.library.verify(version).counts["outcome"] == 37
    assert left(topics) == []


def interrupting(*_: object, **__: object) -> None:  # type: ignore[misc]
    raise KeyboardInterrupt


@pytest.mark.slow
def test_a_worse_model_is_found_out_and_says_so_in_its_manifest(topics: Platform) -> None:
    first = build(topics, RECIPE, "trained", silent, methods=methods(rightly(DAY)))
    topics.library.publish(first.version)
    worse = replace(methods(rightly(DAY + 1)), learn=wrongly)
    version, ruling = build(topics, RECIPE, "trained", silent, methods=worse)
    assert (ruling.verdict, ruling.against) == (Verdict.WORSE, first.version)
    metrics = topics.library.verify(version).metrics
    assert metrics["gate.difference"].value < 0
    assert metrics["gate.p"].value < 0.05
    assert metrics["gate.queries"].value == 36


@pytest.mark.slow
def test_a_search_tries_and_leaves_nothing(
    topics: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.search.LEAST", 5)
    before = topics.library.versions()
    plan = Plan(RECIPE, "trained")
    space = {"candidates.query_concepts": [32, 64]}
    trials = tried(topics, plan, space, 60, silent, methods(gradually()))
    assert [trial.values for trial in trials[:1]] == [{}]
    assert {trial.values["candidates.query_concepts"] for trial in trials[1:]} == {32, 64}
    assert topics.library.versions() == before
    assert left(topics) == []


@pytest.mark.slow
def test_one_record_is_enough(tmp_path: Path) -> None:
    platform = small_platform(tmp_path / "home")
    put(platform, Noun.NEED, need("w", "Wanted"))
    publish(platform)
    assert platform.live.serving().version.startswith("0001-")
    platform.database.dispose()


def test_without_records_there_is_nothing_to_learn_from(tmp_path: Path) -> None:
    platform = small_platform(tmp_path / "home")
    with pytest.raises(InputError, match="no records"):
        build(platform, RECIPE, "trained", silent)
    assert platform.library.versions() == ()
    assert left(platform) == []
    platform.database.dispose()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_goes_wrong_leaves_no_model(platform: Platform, tmp_path: Path) -> None:
    before = platform.library.versions()
    with pytest.raises(EncoderUnavailable):
        build(platform, RECIPE, str(tmp_path / "none"), silent)
    with pytest.raises(MatcherError):
        build(platform, tmp_path / "none.toml", "trained", silent)
    (tmp_path / "bad.toml").write_text("[nothing]\nat_all = 1\n")
    with pytest.raises(InputError, match="unknown key nothing"):
        build(platform, tmp_path / "bad.toml", "trained", silent)
    assert platform.library.versions() == before
