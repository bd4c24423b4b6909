"""The list of versions: order, state, size, and what is wrong with the broken ones."""

from matcher.bundle.catalogue import State
from matcher.bundle.library import Library
from matcher.bundle.pointer import POINTER
from tests.bundle.some_models import finished, published


def states(library: Library) -> dict[str, State]:
    return {entry.version: entry.state for entry in library.versions()}


def test_nothing_there_is_an_empty_list(library: Library) -> None:
    assert library.versions() == ()


def test_each_version_says_what_it_is_to_the_others(library: Library) -> None:
    a, b, c = published(library, "a"), published(library, "b"), published(library, "c")
    d = finished(library, "d")
    assert states(library) == {a: State.KEPT, b: State.PREVIOUS, c: State.CURRENT, d: State.KEPT}
    library.rollback()
    assert states(library) == {a: State.PREVIOUS, b: State.CURRENT, c: State.KEPT, d: State.KEPT}
    assert list(states(library)) == [a, b, c, d]


def test_size_is_that_of_all_files_and_the_manifest_is_at_hand(library: Library) -> None:
    version = finished(library)
    [entry] = library.versions()
    manifest = (library.folder / version / "manifest.json").stat().st_size
    assert entry.bytes == 300 + 6 + manifest
    assert entry.manifest == library.verify(version)
    assert entry.problem == ""


def test_a_broken_one_says_why_even_if_it_is_current(library: Library) -> None:
    a, b = published(library, "a"), published(library, "b")
    (library.folder / b / "ids.json").unlink()
    broken = library.versions()[1]
    assert (broken.version, broken.state, broken.manifest) == (b, State.BROKEN, None)
    assert "ids.json: is missing" in broken.problem
    assert states(library)[a] is State.PREVIOUS


def test_a_damaged_pointer_does_not_hide_what_one_can_go_back_to(library: Library) -> None:
    version = published(library)
    (library.folder / POINTER).write_text("{")
    assert states(library) == {version: State.KEPT}
