"""One state of what is searched."""

from __future__ import annotations

import pytest

from matcher.actions.serving import Organisations, Serving
from matcher.domain.enums import Noun
from matcher.domain.identity import Identities
from matcher.domain.organisation import Organisation
from matcher.errors import UsageError

UNIVERSITY = Organisation(id="u", name="Harbour University", aliases=("港湾大学",))
LAB = Organisation(id="lab", name="Harbour Lab", parent="u")
FIRM = Organisation(id="f", name="Hill Works")


def organisations(*words: str) -> Organisations:
    return Organisations(Identities([UNIVERSITY, LAB, FIRM]), words)


def test_words_are_those_by_which_records_name_a_tree() -> None:
    found = organisations("u", "港湾大学", "Harbour Lab", "Hill Works", "Nobody's")
    assert found.words(["u"]) == {"u", "港湾大学", "Harbour Lab"}
    assert found.words(["f", "u"]) == {"u", "港湾大学", "Harbour Lab", "Hill Works"}


def test_what_nobody_knows_is_found_by_the_same_name() -> None:
    found = organisations("Nobody's", "NOBODY'S")
    root = found.identities.root("nobody's")
    assert found.words([root]) == {"Nobody's", "NOBODY'S"}


def test_no_word_for_an_organisation_that_no_record_names() -> None:
    assert organisations("u").words(["f", "never"]) == frozenset()


def test_words_that_come_later_are_learned() -> None:
    found = organisations("u")
    found.add(["lab", "u"])
    assert found.words(["u"]) == {"u", "lab"}


def test_a_noun_that_is_not_searched_is_refused() -> None:
    serving = Serving("0001", 0, {}, organisations(), {})
    with pytest.raises(UsageError, match="organisations aren't searched"):
        serving.model(Noun.ORGANISATION)
