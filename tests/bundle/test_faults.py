"""A disk that is full at the n-th call, for every n: nothing changes, nothing is left behind."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from matcher.bundle.library import Library
from matcher.errors import UnwritableOutput
from tests.bundle.some_faults import REMOVING, Counter, counted, full
from tests.bundle.some_models import finished, held, published, visible


def fails(action: Callable[[], object], n: int, lasting: bool) -> bool:
    """Whether the n-th call was reached, and then the house's error came of it."""
    counter = Counter(n, full, lasting)
    told: UnwritableOutput | None = None
    with counted(counter, but=REMOVING):
        try:
            action()
        except UnwritableOutput as error:
            told = error
    assert counter.reached == (told is not None)
    assert told is None or "No space left on device" in told.message
    return counter.reached


def failing_everywhere(
    action: Callable[[], object], unchanged: Callable[[], None], lasting: bool
) -> int:
    """Fail at every call in turn, checking after each; how many calls there were."""
    for n in count(1):
        if not fails(action, n, lasting):
            return n - 1
        unchanged()
    raise AssertionError


MOVES: dict[str, Callable[[Library], object]] = {
    "publish": lambda library: library.publish(library.versions()[2].version),
    "rollback": lambda library: library.rollback(),
    "rollback by name": lambda library: library.rollback(library.versions()[2].version),
}


def test_writing_a_version_fails_whole(library: Library) -> None:
    a = published(library, "a")
    before = visible(library.folder), held(library.folder)

    def unchanged() -> None:
        assert (visible(library.folder), held(library.folder)) == before
        assert library.current().version == a

    calls = failing_everywhere(lambda: finished(library, "b"), unchanged, lasting=False)
    assert calls >= 12
    first, second = library.versions()
    assert (first.version, second.problem) == (a, "")


@pytest.mark.parametrize("action", MOVES)
def test_moving_the_pointer_fails_whole(library: Library, action: str) -> None:
    a, b, c = published(library, "a"), published(library, "b"), finished(library, "c")
    before = visible(library.folder), held(library.folder), library.pointer()

    def unchanged() -> None:
        assert (visible(library.folder), held(library.folder), library.pointer()) == before
        assert library.current().version == b

    calls = failing_everywhere(lambda: MOVES[action](library), unchanged, lasting=False)
    assert calls >= 4
    assert library.current().version == (a if action == "rollback" else c)


def test_where_nothing_can_be_undone_either_what_is_there_is_whole(library: Library) -> None:
    """All calls fail from the n-th on, so a move that was made but not synced can't be undone."""
    published(library, "a")

    def whole() -> None:
        library.verify(library.current().version)
        assert [entry.problem for entry in library.versions() if entry.problem] == []
        assert [name for name in visible(library.folder) if name.startswith(".")] == []

    def write_and_publish() -> None:
        library.publish(finished(library, "b"))

    failing_everywhere(write_and_publish, whole, lasting=True)
    assert library.current().version == library.versions()[-1].version


@pytest.mark.parametrize("lasting", [False, True])
def test_the_first_publication_fails_whole(library: Library, lasting: bool) -> None:
    a = finished(library, "a")

    def unchanged() -> None:
        assert library.pointer_stamp() == ""
        assert visible(library.folder) == [a]

    failing_everywhere(lambda: library.publish(a), unchanged, lasting)
    assert library.current().version == a


@pytest.mark.parametrize("lasting", [False, True])
def test_making_room_can_be_tried_again(library: Library, lasting: bool) -> None:
    """What was removed before the failure is gone whole; the rest goes the next time."""
    whole = [published(library, content) for content in "abcd"]

    def sound() -> None:
        for entry in library.versions():
            library.verify(entry.version)
        assert library.current().version == whole[-1]

    failing_everywhere(lambda: library.collect(2), sound, lasting)
    assert [entry.version for entry in library.versions()] == whole[-2:]
    assert held(library.folder) == [*whole[-2:], "library"]
    assert all(not name.startswith(".") for name in visible(library.folder))


def test_what_can_not_be_undone_is_told_and_whole(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The swap is made, its sync fails, and so does putting back: the new one is current."""
    published(library, "a")
    b = finished(library, "b")

    def failing(*_: object) -> None:
        full()

    monkeypatch.setattr("matcher.files.atomic._sync_folder", failing)
    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises(UnwritableOutput, match="No space left"):
        library.publish(b)
    monkeypatch.undo()
    assert library.current().version == b
    assert not [name for name in visible(library.folder) if name.endswith(".part")]
