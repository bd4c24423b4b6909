"""A process that is killed, at every call that changes the disk and at any moment between."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from matcher.bundle.library import Library
from tests.bundle.some_faults import Counter, counted, die
from tests.bundle.some_models import FACTS, fill, held, published, visible

CHECKOUT = Path(__file__).resolve().parents[2]

ENDLESS = """
import sys
from pathlib import Path
from matcher.bundle.library import Library
from tests.bundle.some_models import FACTS, fill

library = Library(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    with library.new() as draft:
        fill(draft.folder, "x" * 20_000)
        library.publish(draft.finish(FACTS))
    library.collect(2)
"""


def make_and_publish(library: Library) -> None:
    """What a training does with its model."""
    with library.new() as draft:
        fill(draft.folder, "new")
        library.publish(draft.finish(FACTS))
    library.collect(1)


def killed_at(n: int, action: Callable[[], object]) -> bool:
    """Run `action` in a child that dies at its n-th call; whether it got that far."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with counted(Counter(n, die)):
                action()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in {0, -signal.SIGKILL}
    return os.WIFSIGNALED(status)


def sound(library: Library, *, current: set[str]) -> None:
    """What is visible is whole, one of `current` is current, and a sweep leaves nothing else."""
    assert library.current().version in current
    for entry in library.versions():
        library.verify(entry.version)
    library.sweep()
    versions = [entry.version for entry in library.versions()]
    assert visible(library.folder) == [*versions, "current.json"]
    assert set(held(library.folder)) <= {*versions, "library"}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_kill_at_any_call_leaves_a_whole_library(library: Library) -> None:
    published(library, "a")
    published(library, "b")
    for n in count(1):
        before = library.current().version
        known = {entry.version for entry in library.versions()}
        if not killed_at(n, lambda: make_and_publish(library)):
            break
        new = {entry.version for entry in library.versions()} - known
        sound(library, current={before, *new})
        make_and_publish(library)
        assert library.current().version not in {before, *new}
        assert len(library.versions()) == 2
    assert n > 30


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_whole_library(library: Library) -> None:
    published(library, "a")
    chance = random.Random(7)
    for _ in range(8):
        command = [sys.executable, "-c", ENDLESS, str(library.folder)]
        with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as child:
            assert child.stdout
            assert child.stdout.readline() == b"ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(chance.uniform(0.0, 0.3))
            child.kill()
        sound(library, current={entry.version for entry in library.versions()})
        make_and_publish(library)
        assert library.current().version == library.versions()[-1].version
        assert len(library.versions()) <= 2
