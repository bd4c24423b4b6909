"""Things that go wrong at the n-th call that changes the disk: it fails, or the process dies."""

import builtins
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHANGING = ("fsync", "replace", "rename", "mkdir", "unlink", "rmdir", "open")
REMOVING = ("unlink", "rmdir")
"""A full disk refuses none of these."""


class Counter:
    """Calls `at` before the n-th call, and before every later one if `lasting`."""

    def __init__(self, n: int, at: Callable[[], None], lasting: bool = False) -> None:
        self.calls = 0
        self._n, self._at, self._lasting = n, at, lasting

    @property
    def reached(self) -> bool:
        return self.calls >= self._n

    def step(self) -> None:
        self.calls += 1
        if self.calls == self._n or (self._lasting and self.reached):
            self._at()


def full() -> None:
    raise OSError(28, "No space left on device")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def counted(counter: Counter, but: tuple[str, ...] = ()) -> Iterator[None]:
    """Every call that changes the disk is a step; writing into a file is two, one half-way."""
    with pytest.MonkeyPatch.context() as patch:
        for name in CHANGING:
            if name not in but:
                patch.setattr(os, name, _stepping(getattr(os, name), counter, name))
        patch.setattr("matcher.files.atomic.open", _opening(counter), raising=False)
        yield


def _stepping(plain: Callable[..., Any], counter: Counter, name: str) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:
        if _changes(name, *args):
            counter.step()
        return plain(*args, **options)

    return call


def _changes(name: str, path: Any, flags: int = 0, *_: object) -> bool:
    """Making a folder that is there, or opening to read, changes nothing."""
    if name == "mkdir":
        return not os.path.exists(path)
    return name != "open" or bool(flags & os.O_CREAT)


def _opening(counter: Counter) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:
        return _Stream(builtins.open(*args, **options), counter)

    return call


class _Stream:
    """A file whose every write is a step, once half of it is in the file."""

    def __init__(self, stream: Any, counter: Counter) -> None:
        self._stream, self._counter = stream, counter

    def write(self, content: bytes) -> None:
        self._stream.write(content[: len(content) // 2])
        self._stream.flush()
        self._counter.step()
        self._stream.write(content[len(content) // 2 :])

    def __enter__(self) -> "_Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
