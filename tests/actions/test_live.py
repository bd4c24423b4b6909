"""The models follow what is written, published and rolled back, here and in other processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from threading import Event
from typing import IO

import pytest

from matcher.actions.answer import Wish
from matcher.actions.live import NEW_MODEL, STALE_FEED, Live
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.search import counted, search
from matcher.domain.enums import Noun, Visibility
from matcher.domain.manager import Deal
from matcher.domain.organisation import Organisation
from matcher.domain.record import Record
from matcher.domain.visibility import PUBLIC, SYSTEM, Viewer
from matcher.errors import BrokenBundle, NoModel, StoreUnavailable, WrongSchema
from matcher.recommend.collections import NOUNS
from matcher.settings import Settings
from matcher.store import feed, records
from tests.platforms import NOW, manager, need, outcome, publish, put, remove, small_platform

ANYONE = Viewer(None, frozenset({PUBLIC}))
MAKE: dict[Noun, Callable[..., Record]] = {
    Noun.OUTCOME: outcome,
    Noun.NEED: need,
    Noun.MANAGER: lambda id_, title="", text="", **more: manager(id_, f"{title} {text}", **more),
}
WORD = "zirbolite"


class Clock:
    """A tick that a test moves."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def found(platform: Platform, noun: Noun, text: str = WORD, viewer: Viewer = ANYONE) -> list[str]:
    """The ids of the records that share a term with a text."""
    answer = search(platform, viewer, noun, text, Wish(k=50))
    return [match.candidate_id for match in answer.matches if match.reasons]


def live_ids(live: Live, noun: Noun) -> set[str]:
    candidates = live.serving().models[noun].candidates
    return set(candidates.ids_at(candidates.live.nonzero()[0]))


def with_clock(platform: Platform, poll: float) -> tuple[Platform, Clock]:
    """The same platform with a Live that looks when the clock says so."""
    clock = Clock()
    live = Live(platform.database, platform.library, poll, tick=clock)
    return replace(platform, live=live), clock


@pytest.mark.parametrize("noun", NOUNS)
def test_a_record_is_found_as_it_is_now_through_all_of_its_life(
    platform: Platform, noun: Noun
) -> None:
    make = MAKE[noun]
    put(platform, noun, make("x", "New", f"{WORD} process"))  # type: ignore[arg-type]
    assert found(platform, noun) == ["x"]
    put(platform, noun, make("x", "New", "quaxenium process"))  # type: ignore[arg-type]
    assert (found(platform, noun), found(platform, noun, "quaxenium")) == ([], ["x"])
    remove(platform, noun, ["x"])
    assert found(platform, noun, "quaxenium") == []
    with platform.database.writing() as session:
        records.restore(session, noun, "x", 1, actor=OPERATOR, at=NOW)
    assert (found(platform, noun), found(platform, noun, "quaxenium")) == (["x"], [])
    first = found(platform, noun, {"outcome": "rice", "need": "weld", "manager": "battery"}[noun])
    with platform.database.writing() as session:
        records.set_merged(session, noun, "x", first[0], actor=OPERATOR, at=NOW)
    assert found(platform, noun) == []
    with platform.database.writing() as session:
        records.set_merged(session, noun, "x", "", actor=OPERATOR, at=NOW)
    assert found(platform, noun) == ["x"]


@pytest.mark.parametrize("noun", [Noun.OUTCOME, Noun.NEED])
def test_a_trained_record_is_hidden_and_shown_again(platform: Platform, noun: Noun) -> None:
    id_ = found(platform, noun, "ultrasonic")[0]
    with platform.database.reading() as session:
        record = records.get_many(session, noun, [id_])[id_].record
    put(platform, noun, replace(record, visibility=Visibility.BROKERS))
    assert found(platform, noun, "ultrasonic") == []
    assert found(platform, noun, "ultrasonic", SYSTEM) == [id_]
    put(platform, noun, record)
    assert found(platform, noun, "ultrasonic") == [id_]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_record_is_gone_on_the_day_after_its_last(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD, valid_until=date(2026, 11, 1)))
    assert found(platform, Noun.OUTCOME) == ["x"]
    tomorrow = replace(platform, now=lambda: datetime(2026, 11, 2, tzinfo=UTC))
    assert found(tomorrow, Noun.OUTCOME) == []
    assert search(tomorrow, ANYONE, Noun.OUTCOME, WORD, Wish()).removed == {"expired": 1}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_looks_once_in_poll_seconds_and_at_once_when_asked_to(platform: Platform) -> None:
    platform, clock = with_clock(platform, poll=10)
    before = platform.live.serving()
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD))
    clock.at += 9.9
    assert platform.live.serving() is before
    clock.at += 0.2
    after = platform.live.serving()
    assert "x" in live_ids(platform.live, Noun.OUTCOME)
    assert after.seq > before.seq
    assert "x" not in set(before.models[Noun.OUTCOME].candidates.ids.later)
    put(platform, Noun.OUTCOME, outcome("y", "New", WORD))
    assert platform.live.look_now().seq > after.seq
    assert "y" in live_ids(platform.live, Noun.OUTCOME)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_nothing_is_made_anew_where_nothing_was_written(platform: Platform) -> None:
    assert platform.live.serving() is platform.live.serving()
    assert platform.live.look_now() is platform.live.serving()


def test_a_portfolio_follows_the_outcomes_it_names(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD))
    put(platform, Noun.MANAGER, replace(manager("m9", "Brokers."), deals=(Deal(outcome="x"),)))
    assert found(platform, Noun.MANAGER) == ["m9"]
    put(platform, Noun.OUTCOME, outcome("x", "New", "quaxenium"))
    assert (found(platform, Noun.MANAGER), found(platform, Noun.MANAGER, "quaxenium")) == (
        [],
        ["m9"],
    )
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD, visibility=Visibility.MEMBERS))
    assert found(platform, Noun.MANAGER, viewer=SYSTEM) == []
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD))
    assert found(platform, Noun.MANAGER) == ["m9"]
    remove(platform, Noun.OUTCOME, ["x"])
    assert found(platform, Noun.MANAGER, viewer=SYSTEM) == []


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_portfolio_named_in_a_record_that_came_before_the_outcome_is_filled_in(
    platform: Platform,
) -> None:
    put(platform, Noun.MANAGER, replace(manager("m9", "Brokers."), deals=(Deal(outcome="x"),)))
    assert found(platform, Noun.MANAGER) == []
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD))
    assert found(platform, Noun.MANAGER) == ["m9"]


@pytest.mark.slow
def test_publishing_and_rolling_back_are_followed(platform: Platform) -> None:
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD))
    first = platform.live.serving().version
    second = publish(platform)
    serving = platform.live.serving()
    assert (serving.version, serving.degraded) == (second, ())
    assert found(platform, Noun.OUTCOME) == ["x"]
    assert platform.library.rollback() == first
    assert platform.live.serving().version == first
    assert found(platform, Noun.OUTCOME) == ["x"]


class Beside:
    """Keeps the work that is begun until it is to be done."""

    def __init__(self) -> None:
        self.begun: list[Callable[[], None]] = []

    def __call__(self, work: Callable[[], None]) -> None:
        self.begun.append(work)


@pytest.mark.slow
def test_while_a_new_model_is_opened_the_one_before_answers_and_follows(platform: Platform) -> None:
    start = Beside()
    live = Live(platform.database, platform.library, 0, start=start)
    platform = replace(platform, live=live)
    first = live.serving().version
    assert start.begun == []
    second = publish(platform)
    assert live.serving().version == live.look_now().version == first
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD))
    assert found(platform, Noun.OUTCOME) == ["x"]
    [work] = start.begun
    work()
    assert live._serving is not None
    assert (live._serving.version, live._serving.degraded) == (second, ())
    assert found(platform, Noun.OUTCOME) == ["x"]
    assert start.begun == [work]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_of_two_models_published_in_a_row_the_last_one_stays(platform: Platform) -> None:
    start = Beside()
    live = Live(platform.database, platform.library, 0, start=start)
    first = live.serving().version
    publish(platform)
    live.serving()
    platform.library.rollback()
    start.begun[0]()
    assert live.serving().version == first
    for work in start.begun[1:]:
        work()
    assert (live.serving().version, live.serving().degraded) == (first, ())


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_database_that_is_away_meanwhile_is_no_reason_to_stay_with_the_old_one(
    platform: Platform, request: pytest.FixtureRequest
) -> None:
    start = Beside()
    live = Live(platform.database, platform.library, 0, start=start)
    first = live.serving().version
    second = publish(platform)
    live.serving()
    with database_gone(platform, request):
        start.begun[0]()
    assert live.serving().version == first
    start.begun[1]()
    assert live.serving().version == second


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_fault_of_ours_is_told_once_and_not_tried_for_ever(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = Beside()
    live = Live(platform.database, platform.library, 0, start=start)
    first = live.serving().version
    publish(platform)
    live.serving()

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(live, "_opened", broken)
    with pytest.raises(ZeroDivisionError):
        start.begun[0]()
    assert (live.serving().version, live.serving().degraded) == (first, (NEW_MODEL,))
    assert len(start.begun) == 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_where_no_thread_is_to_be_had_it_is_tried_again(platform: Platform) -> None:
    begun: list[Callable[[], None]] = []

    def start(work: Callable[[], None]) -> None:
        begun.append(work)
        if len(begun) == 1:
            raise RuntimeError("can't start new thread")

    live = Live(platform.database, platform.library, 0, start=start)
    live.serving()
    second = publish(platform)
    with pytest.raises(RuntimeError):
        live.serving()
    live.serving()
    begun[1]()
    assert live.serving().version == second


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_broken_new_model_keeps_the_old_one_until_there_is_a_good_one(
    platform: Platform,
) -> None:
    first = platform.live.serving().version
    second = publish(platform)
    damaged = platform.settings.models / second / "outcome" / "owners.npy"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    serving = platform.live.serving()
    assert (serving.version, serving.degraded) == (first, (NEW_MODEL,))
    assert platform.live.serving() is serving
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD))
    answer = search(platform, ANYONE, Noun.OUTCOME, WORD, Wish())
    assert [answer.matches[0].candidate_id, *answer.degraded] == ["x", NEW_MODEL]
    platform.library.rollback()
    serving = platform.live.serving()
    assert (serving.version, serving.degraded) == (first, ())
    assert found(platform, Noun.OUTCOME) == ["x"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_model_that_finds_other_things_than_it_did_is_not_served(platform: Platform) -> None:
    second = publish(platform)
    manifest = platform.settings.models / second / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    assert '"o5"' in text
    manifest.write_text(text.replace('"o5"', '"o4"'), encoding="utf-8")
    with pytest.raises(BrokenBundle) as caught:
        platform.live.serving()
    assert caught.value.hint


def test_a_pruned_feed_means_that_everything_is_read_anew(platform: Platform) -> None:
    platform.live.serving()
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD))
    remove(platform, Noun.OUTCOME, ["o5"])
    put(platform, Noun.ORGANISATION, Organisation(id="u", name="Harbour University"))
    put(platform, Noun.MANAGER, replace(manager("m9", "Brokers."), deals=(Deal(outcome="x"),)))
    with platform.database.writing() as session:
        feed.prune(session, below=feed.latest(session))
    assert found(platform, Noun.OUTCOME) == ["x"]
    assert found(platform, Noun.OUTCOME, "ultrasonic") == []
    serving = platform.live.serving()
    assert serving.degraded == (STALE_FEED,)
    assert serving.organisations.identities.resolve("Harbour University") == "u"
    # What was read anew is followed, too: also the portfolios.
    put(platform, Noun.OUTCOME, outcome("x", "New", "quaxenium"))
    assert found(platform, Noun.MANAGER, "quaxenium") == ["m9"]
    fresh, _ = with_clock(platform, poll=10)
    assert found(fresh, Noun.OUTCOME, "quaxenium") == ["x"]
    assert fresh.live.serving().degraded == (STALE_FEED,)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_two_reasons_to_be_degraded_are_both_told(platform: Platform) -> None:
    platform.live.serving()
    pointer = next(iter(platform.settings.models.glob("current.json")), None)
    assert pointer is not None
    pointer.write_text("{}", encoding="utf-8")
    assert platform.live.serving().degraded == (NEW_MODEL,)
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD), outcome("y", "New", WORD))
    with platform.database.writing() as session:
        feed.prune(session, below=feed.latest(session))
    assert platform.live.serving().degraded == (NEW_MODEL, STALE_FEED)


def test_without_a_model_it_says_what_to_do(tmp_path: Path) -> None:
    platform = small_platform(tmp_path / "home")
    for _ in range(2):
        with pytest.raises(NoModel) as caught:
            platform.live.serving()
        assert caught.value.hint
    platform.database.dispose()


@pytest.mark.slow
def test_the_first_model_is_served_once_it_is_published(tmp_path: Path) -> None:
    platform = small_platform(tmp_path / "home")
    put(platform, Noun.OUTCOME, outcome("x", "New", WORD))
    with pytest.raises(NoModel):
        platform.live.serving()
    publish(platform)
    assert found(platform, Noun.OUTCOME) == ["x"]
    platform.database.dispose()


def test_without_a_database_the_store_is_unavailable_and_later_it_is_there_again(
    platform: Platform, request: pytest.FixtureRequest
) -> None:
    assert found(platform, Noun.OUTCOME, "rice")
    with database_gone(platform, request):
        for _ in range(2):
            with pytest.raises((StoreUnavailable, WrongSchema)) as caught:
                search(platform, ANYONE, Noun.OUTCOME, "rice", Wish())
            assert caught.value.hint
    assert found(platform, Noun.OUTCOME, "rice")


@contextmanager
def database_gone(platform: Platform, request: pytest.FixtureRequest) -> Iterator[None]:
    platform.database.dispose()
    if platform.database.is_sqlite:
        file = platform.settings.home / "matcher.db"
        file.rename(file.with_suffix(".away"))
        file.mkdir()
        yield
        file.rmdir()
        file.with_suffix(".away").rename(file)
        return
    server = request.getfixturevalue("server")
    name = platform.settings.database.get_secret_value().rpartition("/")[2].partition("?")[0]
    server.run(f"ALTER DATABASE {name} RENAME TO {name}_away")
    yield
    server.run(f"ALTER DATABASE {name}_away RENAME TO {name}")


FOLLOWER = """
import sys, json
from matcher.actions.answer import Wish
from matcher.actions.search import search
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun
from matcher.domain.visibility import SYSTEM
from matcher.settings import load_settings

with open_platform(load_settings(poll_seconds=0.2)) as platform:
    for line in sys.stdin:
        answer = search(platform, SYSTEM, Noun.OUTCOME, line, Wish())
        ids = [match.candidate_id for match in answer.matches if match.reasons]
        print(json.dumps([answer.model_version, ids]), flush=True)
"""


@contextmanager
def follower(settings: Settings) -> Iterator[Callable[[str], tuple[str, list[str]]]]:
    """Another process over the same platform, asked by a line of text."""
    url = settings.database.get_secret_value()
    environment = {**os.environ, "MATCHER_HOME": str(settings.home), "MATCHER_DATABASE": url}
    with subprocess.Popen(
        [sys.executable, "-c", FOLLOWER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        encoding="utf-8",
    ) as child:

        def ask(text: str) -> tuple[str, list[str]]:
            _stream(child.stdin).write(f"{text}\n")
            _stream(child.stdin).flush()
            version, ids = json.loads(_stream(child.stdout).readline())
            return version, ids

        yield ask
        _stream(child.stdin).close()


def _stream(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def within_a_second(ask: Callable[[], object], wanted: object) -> None:
    until = time.monotonic() + 1
    while (answer := ask()) != wanted and time.monotonic() < until:
        pass
    assert answer == wanted


@pytest.mark.slow
def test_another_process_follows_within_a_second(platform: Platform) -> None:
    first = platform.library.pointer().version
    with follower(platform.settings) as ask:
        assert ask(WORD) == (first, [])
        put(platform, Noun.OUTCOME, outcome("x", "New", WORD))
        within_a_second(lambda: ask(WORD), (first, ["x"]))
        remove(platform, Noun.OUTCOME, ["x"])
        assert ask(WORD) == (first, [])
        put(platform, Noun.OUTCOME, outcome("y", "New", WORD))
        second = publish(platform)
        within_a_second(lambda: ask(WORD), (second, ["y"]))
        platform.library.rollback()
        within_a_second(lambda: ask(WORD), (first, ["y"]))


@pytest.mark.slow
def test_many_search_while_one_writes_and_publishes(platform: Platform) -> None:
    platform = replace(platform, live=Live(platform.database, platform.library, 0.005))
    stop = Event()

    def read(seed: int) -> int:
        random, count = Random(seed), 0
        while not stop.is_set():
            noun = random.choice((Noun.OUTCOME, Noun.NEED))
            answer = search(platform, ANYONE, noun, random.choice((WORD, "battery", "")), Wish())
            assert "hidden" not in {match.candidate_title for match in answer.matches}
            assert len({match.candidate_id for match in answer.matches}) == len(answer.matches)
            assert answer.found >= len(answer.matches)
            assert answer.degraded == ()
            counted(platform, ANYONE, noun, Wish())
            count += 1
        return count

    def write() -> None:
        random = Random(0)
        try:
            for step in range(60):
                id_ = f"x{random.randrange(8)}"
                hidden = random.random() < 0.5
                seen = Visibility.NAMED if hidden else Visibility.PUBLIC
                title = "hidden" if hidden else "shown"
                put(platform, Noun.OUTCOME, outcome(id_, title, WORD, visibility=seen))
                put(platform, Noun.NEED, need(id_, title, WORD, visibility=seen))
                if step % 7 == 6:
                    remove(platform, Noun.OUTCOME, [id_])
                if step == 30:
                    publish(platform)
            platform.library.rollback()
        finally:
            stop.set()

    with ThreadPoolExecutor(9) as pool:
        readers = [pool.submit(read, seed) for seed in range(8)]
        pool.submit(write).result()
        assert min(reader.result() for reader in readers) > 0
