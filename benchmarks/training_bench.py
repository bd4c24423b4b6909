"""How long a training takes at scale, step by step, and how much memory; then the first answers.

    python benchmarks/training_bench.py [--outcomes 1000] [--needs 300] [--managers 60]
        [--events 10000] [--home DIR] [--queries 50]

It simulates a platform in a temporary folder, or takes the one in --home as it is, trains a model
of it in a process of its own, and asks that model in another. Run it with OMP_NUM_THREADS=1. It
prints one JSON line a figure: `figure`, `step` where it is of one, `value`, `unit`:

    simulate_seconds   wall time of making the platform
    step_seconds       wall time of each step of the training; `gate` is part of `write`
    step_cpu           its processor time, which other processes don't lengthen
    step_peak_memory   the most that the process of the training has held since it began, when the
                       step ended: it never falls, so a step that needs less shows that before it
    train_seconds, train_cpu, peak_memory    of the whole training
    open_seconds       until a process has the model
    worklist_first, worklist_p50    milliseconds of 20 rows for a manager; of others after that
    suggest_p50        milliseconds of 10 reasoned outcomes for a need
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from matcher.actions.answer import Wish
from matcher.actions.models import publish_model
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.suggest import suggest
from matcher.actions.worklist import worklist
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun
from matcher.domain.visibility import SYSTEM
from matcher.resources import data_path
from matcher.settings import Settings
from training.build import build

SIZES = {"outcomes": 1000, "needs": 300, "managers": 60, "events": 10_000}
# What getrusage counts memory in, on Linux.
_UNIT = 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name, size in SIZES.items():
        parser.add_argument(f"--{name}", type=int, default=size)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--queries", type=int, default=50)
    parser.add_argument("--part", choices=["train", "ask"])
    arguments = parser.parse_args()
    if arguments.part:
        {"train": train, "ask": ask}[arguments.part](arguments)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = arguments.home or Path(folder, "home")
        if arguments.home is None:
            sizes = [f"--{name}={getattr(arguments, name)}" for name in SIZES]
            simulate = ["-m", "training", "simulate", "--home", str(home), *sizes]
            report("simulate_seconds", clocked(lambda: child(simulate)), "s")
        for part in ("train", "ask"):
            line = [__file__, "--part", part, "--home", str(home)]
            child([*line, "--queries", str(arguments.queries)], output=None)


def child(line: list[str], output: Any = sys.stderr) -> None:
    """A process of its own, whose memory is its own, too."""
    subprocess.run([sys.executable, *line], check=True, stdout=output)  # noqa: S603


def train(arguments: argparse.Namespace) -> None:
    """Train, and publish whatever the gate says; in this process."""
    stopwatch = Stopwatch()
    with open_platform(Settings(home=arguments.home)) as platform:
        recipe, encoder = data_path("recipes", "default.toml"), platform.settings.encoder
        built = build(platform, recipe, encoder, stopwatch.say, fresh=True)
        publish_model(platform, built.version, actor=OPERATOR, why="measured")
    report("train_seconds", stopwatch.seconds, "s")
    report("train_cpu", stopwatch.cpu, "s")
    report("peak_memory", peak() / 1e9, "GB")


class Stopwatch:
    """Reports what passed since the line before, by the step that a line begins with."""

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0
        self._wall, self._used = time.perf_counter(), used()

    def say(self, line: str) -> None:
        """A line of progress: a step has ended."""
        print(line, file=sys.stderr, flush=True)
        wall, spent = time.perf_counter() - self._wall, used() - self._used
        self._wall, self._used = time.perf_counter(), used()
        self.seconds, self.cpu = self.seconds + wall, self.cpu + spent
        step = line.partition(":")[0].split("]")[-1].strip()
        report("step_seconds", wall, "s", step=step)
        report("step_cpu", spent, "s", step=step)
        report("step_peak_memory", peak() / 1e9, "GB", step=step)


def ask(arguments: argparse.Namespace) -> None:
    """Open the current model in this process, and ask for worklists and for outcomes."""
    with open_platform(Settings(home=arguments.home)) as platform:
        report("open_seconds", clocked(platform.live.serving), "s")
        managers, needs = (drawn(platform, noun, arguments.queries) for noun in ASKED)
        taken = [clocked(lambda id_=id_: worklist(platform, SYSTEM, id_)) for id_ in managers]  # type: ignore[misc]
        report("worklist_first", 1000 * taken[0], "ms")
        report("worklist_p50", 1000 * float(np.median(taken[1:])), "ms")
        wish = Wish(k=10)
        taken = [
            clocked(lambda id_=id_: suggest(platform, SYSTEM, Noun.NEED, id_, Noun.OUTCOME, wish))  # type: ignore[misc]
            for id_ in needs
        ]
        report("suggest_p50", 1000 * float(np.median(taken)), "ms")


ASKED = (Noun.MANAGER, Noun.NEED)


def drawn(platform: Platform, noun: Noun, count: int) -> list[str]:
    """Ids of a noun, evenly drawn."""
    candidates = platform.live.serving().models[noun].candidates
    places = np.linspace(0, len(candidates) - 1, min(count, len(candidates))).astype(int)
    return [str(id_) for id_ in candidates.ids_at(places)]


def clocked(work: Callable[[], Any]) -> float:
    """Wall seconds of some work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def used() -> float:
    """Processor seconds of this process so far, of all its threads."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak() -> int:
    """The most bytes that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


def report(figure: str, value: float, unit: str, **names: str) -> None:
    """A figure on a line."""
    line = {"figure": f"training_{figure}", **names, "value": round(value, 3), "unit": unit}
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    main()
