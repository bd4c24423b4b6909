"""Any sequence of publishing, going back and making room does what a list on paper would do."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.bundle.library import Library
from matcher.errors import NoModel
from tests.bundle.some_models import finished

STEPS = st.lists(
    st.one_of(
        st.just(("make", 0)),
        st.tuples(st.just("publish"), st.integers(0, 5)),
        st.just(("back", 0)),
        st.tuples(st.just("back to"), st.integers(0, 5)),
        st.tuples(st.just("collect"), st.integers(1, 3)),
    ),
    max_size=14,
)


class Paper:
    """What should be: versions there, and those that were current, the last of them still is."""

    def __init__(self) -> None:
        self.there: list[str] = []
        self.stack: list[str] = []

    def forget(self) -> None:
        """Drop what is gone, and what then stands twice in a row at the end."""
        *past, current = self.stack
        past = [version for version in past if version in self.there]
        while past and past[-1] == current:
            past.pop()
        self.stack = [*past, current]

    def publish(self, version: str) -> None:
        if self.stack[-1:] != [version]:
            self.stack.append(version)
            self.forget()

    def back(self) -> str | None:
        if len(self.stack) < 2:
            return None
        self.stack.pop()
        self.forget()
        return self.stack[-1]

    def back_to(self, version: str) -> None:
        past = self.stack[:-1]
        if version == self.stack[-1] or version not in past:
            self.publish(version)
            return
        while self.stack[-1] != version or len(self.stack) == len(past) + 1:
            self.stack.pop()
        self.forget()

    def collect(self, keep: int) -> None:
        needed = {*self.there[-keep:], *self.stack[-2:]}
        self.there = [version for version in self.there if version in needed]
        if self.stack:
            self.forget()


def step(library: Library, paper: Paper, name: str, number: int) -> None:
    chosen = paper.there[number % len(paper.there)] if paper.there else None
    if name == "make":
        paper.there.append(finished(library, f"content {len(paper.there)}"))
    elif name == "publish" and chosen:
        library.publish(chosen)
        paper.publish(chosen)
    elif name == "back to" and chosen and paper.stack:
        assert library.rollback(chosen) == chosen
        paper.back_to(chosen)
    elif name == "back":
        go_back(library, paper)
    elif name == "collect":
        library.collect(number)
        paper.collect(number)


def go_back(library: Library, paper: Paper) -> None:
    expected = paper.back()
    if expected is None:
        with pytest.raises(NoModel):
            library.rollback()
    else:
        assert library.rollback() == expected


@pytest.mark.slow
@settings(max_examples=40)
@given(STEPS)
def test_the_library_is_what_a_list_on_paper_says(steps: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _: None)  # Slow, and of no use to a folder that goes.
        library, paper = Library(Path(folder)), Paper()
        for name, number in [("make", 0), ("make", 0), *steps]:
            step(library, paper, name, number)
            assert [entry.version for entry in library.versions()] == paper.there
            if paper.stack:
                assert library.current().version == paper.stack[-1]
            else:
                with pytest.raises(NoModel):
                    library.current()
