"""Forms that ask for something new do so once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

import pytest
from flask import Flask

from matcher.actions import repeated
from matcher.actions.platform import Platform
from matcher.domain.visibility import SYSTEM
from matcher.errors import InvalidValue, UsageError
from matcher.store.idempotency import Answer
from matcher.web import once as module
from matcher.web.once import new_key, once


@pytest.fixture
def sent(
    app: Flask, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], object]:
    """Sends a form with a key."""
    monkeypatch.setattr(module, "platform", lambda: platform)
    monkeypatch.setattr(module, "viewer", lambda: SYSTEM)

    @contextmanager
    def sending(key: str, path: str = "/models/trainings") -> Iterator[None]:
        with app.test_request_context(path, method="POST", data={"key": key}):
            yield

    return sending


def test_a_form_that_is_sent_twice_acts_once(sent: Callable[[str], object]) -> None:
    done: list[int] = []
    key = new_key()
    for _ in range(2):
        with sent(key):  # type: ignore[attr-defined]
            once(lambda: done.append(1))
    with sent(new_key()):  # type: ignore[attr-defined]
        once(lambda: done.append(2))
    assert done == [1, 2]


def test_a_key_that_was_sent_elsewhere_is_not_taken_for_done(
    sent: Callable[..., object],
) -> None:
    done: list[int] = []
    key = new_key()
    with sent(key):  # type: ignore[attr-defined]
        once(lambda: done.append(1))
    for _ in range(2):
        with sent(key, "/people/u1/disable"), pytest.raises(InvalidValue, match="Another form"):  # type: ignore[attr-defined]
            once(lambda: done.append(2))
    assert done == [1]


def test_the_second_sending_gets_what_the_first_made(sent: Callable[[str], object]) -> None:
    key = new_key()
    told = []
    for made in ("u1", "u2"):
        with sent(key):  # type: ignore[attr-defined]
            told.append(once(lambda made=made: made))
    assert told == ["u1", "u1"]


def test_what_was_refused_may_be_sent_again(sent: Callable[[str], object]) -> None:
    done: list[int] = []
    key = new_key()

    def refuse() -> None:
        raise UsageError("no", field="x")

    with sent(key), pytest.raises(UsageError):  # type: ignore[attr-defined]
        once(refuse)
    with sent(key):  # type: ignore[attr-defined]
        once(lambda: done.append(1))
    assert done == [1]


def test_what_broke_may_be_sent_again(sent: Callable[[str], object]) -> None:
    done: list[int] = []
    key = new_key()

    def fail() -> None:
        raise ZeroDivisionError

    with sent(key), pytest.raises(ZeroDivisionError):  # type: ignore[attr-defined]
        once(fail)
    with sent(key):  # type: ignore[attr-defined]
        once(lambda: done.append(1))
    assert done == [1]


@pytest.mark.parametrize("key", ["", "short", "<script>alert(1)</script>", "x" * 61])
def test_a_form_without_a_key_does_nothing(sent: Callable[[str], object], key: str) -> None:
    done: list[int] = []
    with sent(key), pytest.raises(InvalidValue):  # type: ignore[attr-defined]
        once(lambda: done.append(1))
    assert done == []


def test_what_a_server_died_of_isnt_taken_for_done(
    sent: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0)
    done: list[int] = []
    key = new_key()

    def die() -> None:
        # What ends a process isn't an Exception.
        raise SystemExit

    with sent(key), pytest.raises(SystemExit):  # type: ignore[attr-defined]
        once(die)
    for _ in range(2):
        with sent(key), pytest.raises(InvalidValue, match="nobody knows"):  # type: ignore[attr-defined]
            once(lambda: done.append(1))
    with sent(new_key()):  # type: ignore[attr-defined]
        once(lambda: done.append(2))
    assert done == [2]


def test_the_second_sending_waits_for_the_first(
    sent: Callable[[str], object], platform: Platform
) -> None:
    done: list[int] = []
    key = new_key()
    with sent(key):  # type: ignore[attr-defined]
        assert repeated.begin(platform, SYSTEM, key, "/models/trainings") is None
    finished = Timer(0.1, repeated.finish, (platform, SYSTEM, key, Answer(303, "")))
    finished.start()
    with sent(key):  # type: ignore[attr-defined]
        once(lambda: done.append(1))
    finished.join()
    assert done == []
