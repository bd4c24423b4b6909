"""One state of what is searched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.actions.serving import Judged, Organisations, Serving
from matcher.domain.enums import Noun
from matcher.domain.organisation import Organisation
from matcher.errors import UsageError
from matcher.store.stored import Stored
from tests.platforms import NOW

UNIVERSITY = Organisation(id="u", name="Harbour University", aliases=("港湾大学",))
LAB = Organisation(id="lab", name="Harbour Lab", parent="u")
FIRM = Organisation(id="f", name="Hill Works")


def organisations(*words: str) -> Organisations:
    return Organisations({one.id: one for one in (UNIVERSITY, LAB, FIRM)}, {}, words)


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


def newest(record: Organisation, **more: object) -> Stored[Organisation]:
    told = {"deleted_at": None, "merged_into": "", **more}
    return Stored(record, 2, NOW, NOW, "a", import_id="", **told)  # type: ignore[arg-type]


def test_a_change_that_says_nothing_of_who_is_who_costs_nothing() -> None:
    before = organisations("u")
    moved = newest(replace(FIRM, region="330000", industry="C37"))
    assert not before.concerned([moved])
    assert before.updated([moved]) is before


@pytest.mark.parametrize(
    "change",
    [
        newest(replace(FIRM, aliases=("Harbour Works",))),
        newest(replace(FIRM, parent="u")),
        newest(FIRM, merged_into="u"),
        newest(FIRM, deleted_at=NOW),
        newest(Organisation(id="new", name="Never seen")),
    ],
)
def test_a_change_of_who_is_who_counts(change: Stored[Organisation]) -> None:
    before = organisations("Hill Works", "u")
    after = before.updated([change])
    assert before.concerned([change])
    assert not after.concerned([change])
    assert after is not before


def test_a_merge_brings_the_words_of_both_together_and_its_undoing_parts_them() -> None:
    words = organisations("Hill Works", "u")
    merged = words.updated([newest(FIRM, merged_into="u")])
    assert merged.words([merged.identities.root("u")]) == {"Hill Works", "u"}
    parted = merged.updated([newest(FIRM)])
    assert parted.words([parted.identities.root("u")]) == {"u"}


def test_what_was_judged_holds_for_one_state_alone() -> None:
    judged = Judged()
    assert judged.after(5) == 5
    judged.note(5, 9)
    assert (judged.after(5), judged.after(7)) == (9, 7)
