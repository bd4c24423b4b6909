"""How long answers take on a platform that is there already: suggestions, searches, worklists.

    python benchmarks/serving_bench.py HOME [--queries 200] [--managers 20] [--k 10]

HOME is a platform with a published model, such as training_bench.py makes one; nothing is written
to it. Run it with OMP_NUM_THREADS=1. Everything happens in this process, without HTTP. It prints
one JSON line a figure: `figure`, `records` (outcomes), `value`, `unit`, and for the milliseconds
`processor`, the same in time of the processor, which other work disturbs less:

    serving_open         seconds until the model is open and it's counted how managers stand
    serving_suggest      milliseconds of k reasoned matches: `from`, `to`, and whether `filtered`
    serving_search       the same for words: the `query` is a need's title or its whole text
    serving_worklist     a manager's list of 20, made; `again`: the list that was kept

Each is given as median (`p50`) and 99th percentile (`p99`). Records are drawn evenly by place.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from matcher.actions.answer import Wish
from matcher.actions.moment import moment
from matcher.actions.platform import Platform
from matcher.actions.search import search
from matcher.actions.suggest import suggest
from matcher.actions.worklist import worklist
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun
from matcher.domain.item import Item
from matcher.domain.visibility import SYSTEM
from matcher.recommend.filters import Filters
from matcher.settings import Settings

FILTERED = Filters(trl_min=3)
# Answers before the clock runs: words and regions that were met once are known from then on.
WARM_UP = 20

Times = tuple[list[float], list[float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("home", type=Path)
    for name, default in (("queries", 200), ("managers", 20), ("k", 10)):
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N")
    arguments = parser.parse_args()
    with open_platform(Settings(home=arguments.home)) as platform:
        measure(platform, arguments)


def measure(platform: Platform, arguments: argparse.Namespace) -> None:
    wall, _ = clocked([partial(opened, platform)])
    models = platform.live.serving().models
    common = {"records": len(models[Noun.OUTCOME].candidates)}
    print(json.dumps({"figure": "serving_open", **common, "value": wall[0], "unit": "s"}))
    plain, filtered = Wish(k=arguments.k), Wish(k=arguments.k, filters=FILTERED)
    needs = drawn(platform, Noun.NEED, arguments.queries)
    pairs = [(Noun.NEED, Noun.OUTCOME, needs, wish) for wish in (plain, filtered)] + [
        (noun, to, drawn(platform, noun, arguments.queries), plain)
        for noun, to in ((Noun.OUTCOME, Noun.NEED), (Noun.NEED, Noun.MANAGER))
        if len(models[to].candidates)
    ]
    for noun, to, items, wish in pairs:
        calls = [partial(suggest, platform, SYSTEM, noun, one.id, to, wish) for one in items]
        told = {"from": noun.value, "to": to.value, "filtered": wish is filtered}
        report("serving_suggest", {**common, **told}, calls)
    for kind, texts in (
        ("title", [one.title for one in needs]),
        ("whole", [one.body for one in needs]),
    ):
        calls = [partial(search, platform, SYSTEM, Noun.OUTCOME, text, plain) for text in texts]
        report("serving_search", {**common, "query": kind}, calls)
    managers = [one.id for one in drawn(platform, Noun.MANAGER, arguments.managers)]
    lists = [partial(worklist, platform, SYSTEM, one) for one in managers]
    for again in (False, True) if lists else ():
        report("serving_worklist", {**common, "again": again}, lists, warm_up=0)


def opened(platform: Platform) -> None:
    with moment(platform) as (_, session):
        platform.standings.at(session, platform.now().date())


def drawn(platform: Platform, noun: Noun, count: int) -> list[Item]:
    candidates = platform.live.serving().models[noun].candidates
    places = np.linspace(0, len(candidates) - 1, min(count, len(candidates))).astype(int)
    return [candidates[int(place)] for place in places]


def clocked(calls: Iterable[Callable[[], Any]]) -> Times:
    """Seconds of each call, by the clock and of the processor."""
    wall, processor = [], []
    for call in calls:
        start, used = time.perf_counter(), time.process_time()
        call()
        wall.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return wall, processor


def report(
    figure: str, common: dict[str, Any], calls: list[Callable[[], Any]], warm_up: int = WARM_UP
) -> None:
    clocked(calls[:warm_up])
    wall, processor = clocked(calls)
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        value, used = (
            round(1000 * float(np.quantile(each, share)), 2) for each in (wall, processor)
        )
        line = {"figure": f"{figure}_{name}", **common, "value": value, "processor": used}
        print(json.dumps({**line, "unit": "ms"}), flush=True)


if __name__ == "__main__":
    main()
