"""Two writers and four readers at once: no write is lost, and nobody is told of a lock.

ENDURANCE_SECONDS sets for how long; a few seconds in an ordinary run.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path
from typing import Any

import pytest

from matcher.actions.answer import Wish
from matcher.actions.platform import OPERATOR
from matcher.actions.search import search
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from matcher.store import feed, records
from tests.platforms import NOW, outcome, standard_platform

SECONDS = float(os.environ.get("ENDURANCE_SECONDS", "4"))
WRITERS, READERS = 2, 4

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def write(settings: Settings, number: int, start: Any, results: Any) -> None:
    """Write one record after another, each version in a transaction of its own."""
    written: dict[str, int] = {}
    try:
        with open_platform(settings) as platform:
            platform.live.serving()
            start.wait()
            turn, until = 0, time.monotonic() + SECONDS
            while time.monotonic() < until:
                id_ = f"w{number}-{turn % 20}"
                record = outcome(id_, f"Listing {number} {turn}", "graphene coating")
                with platform.database.writing() as session:
                    [one] = records.put(session, Noun.OUTCOME, [record], actor=OPERATOR, at=NOW)
                written[id_] = one.version
                turn += 1
        results.put(("written", turn, written))
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test has to show it
        results.put(("error", repr(error), {}))


def read(settings: Settings, start: Any, results: Any) -> None:
    """Search and read; every answer has to be whole."""
    try:
        with open_platform(settings) as platform:
            platform.live.serving()
            start.wait()
            turns, last, until = 0, 0, time.monotonic() + SECONDS
            while time.monotonic() < until:
                answer = search(platform, SYSTEM, Noun.OUTCOME, "graphene coating", Wish(k=5))
                assert answer.matches
                with platform.database.reading() as session:
                    seq = feed.latest(session)
                assert seq >= last
                last, turns = seq, turns + 1
        results.put(("read", turns, {}))
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test has to show it
        results.put(("error", repr(error), {}))


def test_writers_and_readers_at_once(tmp_path: Path, empty_url: str) -> None:
    platform = standard_platform(tmp_path / "home", empty_url)
    # A process that searched can't be forked: OpenMP's threads would hang in the child.
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    start = context.Barrier(WRITERS + READERS, timeout=300)
    work: list[tuple[Any, tuple[Any, ...]]] = [
        *((write, (platform.settings, number, start, results)) for number in range(WRITERS)),
        *((read, (platform.settings, start, results)) for _ in range(READERS)),
    ]
    processes = [context.Process(target=target, args=args) for target, args in work]
    for process in processes:
        process.start()
    said = [results.get(timeout=SECONDS + 300) for _ in processes]
    for process in processes:
        process.join()
    assert [detail for what, detail, _ in said if what == "error"] == []
    assert all(turns > 0 for _, turns, _ in said)
    expected = {id_: version for _, _, written in said for id_, version in written.items()}
    with platform.database.reading() as session:
        stored = records.get_many(session, Noun.OUTCOME, expected)
        assert {id_: one.version for id_, one in stored.items()} == expected
    # What this process searches has followed all of them.
    live = platform.live.look_now().models[Noun.OUTCOME].candidates
    assert len(live.places(expected)) == len(expected)
    platform.database.dispose()
