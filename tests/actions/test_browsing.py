"""Lists a page at a time."""

from __future__ import annotations

import pytest

from matcher.actions.answer import Wish
from matcher.actions.browsing import DEEPEST, START, Place, leafed, organisations
from matcher.actions.platform import Platform
from matcher.domain.enums import Noun, Visibility
from matcher.domain.organisation import Organisation
from matcher.domain.visibility import PUBLIC, SYSTEM, Viewer
from matcher.errors import UsageError
from tests.platforms import outcome, put, remove

ANYONE = Viewer(None, frozenset({PUBLIC}))


def pages(platform: Platform, text: str, size: int) -> list[list[str]]:
    found, place = [], START
    while place is not None:
        page = leafed(platform, ANYONE, Noun.OUTCOME, text, Wish(k=size), place)
        found.append([row.candidate_id for row in page.answer.matches])
        assert list(page.records) == found[-1]
        place = page.next
    return found


@pytest.mark.parametrize("text", ["", "lithium battery 锂电池"])
def test_the_pages_together_are_the_whole_list(platform: Platform, text: str) -> None:
    [whole] = pages(platform, text, 50)
    assert len(whole) >= 2
    for size in (1, 2):
        found = pages(platform, text, size)
        assert [id_ for page in found for id_ in page] == whole
        assert all(len(page) == size for page in found[:-1])
        assert found[-1]


def test_a_page_goes_on_behind_the_last_one_that_was_shown(platform: Platform) -> None:
    first = leafed(platform, ANYONE, Noun.OUTCOME, "", Wish(k=2))
    shown = [row.candidate_id for row in first.answer.matches]
    [before] = pages(platform, "", 50)
    put(platform, Noun.OUTCOME, outcome("new", "New", updated_at=platform.now().date()))
    assert first.next is not None
    second = leafed(platform, ANYONE, Noun.OUTCOME, "", Wish(k=2), first.next)
    assert [*shown, *(row.candidate_id for row in second.answer.matches)] == before[:3]
    remove(platform, Noun.OUTCOME, ["new", shown[-1]])
    later = leafed(platform, ANYONE, Noun.OUTCOME, "", Wish(k=2), first.next)
    assert [row.candidate_id for row in later.answer.matches] == before[3:5]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
class TestOnOneDatabase:
    def test_what_is_hidden_is_in_no_page_and_no_count(self, platform: Platform) -> None:
        before = leafed(platform, ANYONE, Noun.OUTCOME, "", Wish(k=50)).answer
        put(platform, Noun.OUTCOME, outcome("x", "x", visibility=Visibility.NAMED))
        after = leafed(platform, ANYONE, Noun.OUTCOME, "", Wish(k=50)).answer
        assert (after.found, after.facets) == (before.found, before.facets)
        assert leafed(platform, SYSTEM, Noun.OUTCOME, "", Wish(k=50)).answer.found == 6

    def test_owners_are_masked(self, platform: Platform) -> None:
        put(platform, Noun.OUTCOME, outcome("o1", "x", owner="secret"))
        page = leafed(platform, ANYONE, Noun.OUTCOME, "", Wish(k=50))
        assert page.records["o1"].record.owner == ""

    @pytest.mark.parametrize("after", [-1, DEEPEST, 10**30])
    def test_there_is_an_end(self, platform: Platform, after: int) -> None:
        with pytest.raises(UsageError):
            leafed(platform, ANYONE, Noun.OUTCOME, "", Wish(), Place(after, "o1"))

    def test_nothing_lies_beyond_the_end(self, platform: Platform) -> None:
        page = leafed(platform, ANYONE, Noun.OUTCOME, "", Wish(), Place(400, "gone"))
        assert (page.answer.matches, page.next) == ((), None)

    def test_organisations_lead_on_by_id(self, platform: Platform) -> None:
        put(platform, Noun.ORGANISATION, *(Organisation(id=f"u{n}", name="大学") for n in range(3)))
        found, after = organisations(platform, ANYONE, " 大学 ", "", 2)
        assert ([one.record.id for one in found], after) == (["u0", "u1"], "u1")
        rest, end = organisations(platform, ANYONE, "大学", "u1", 2)
        assert ([one.record.id for one in rest], end) == (["u2"], None)
