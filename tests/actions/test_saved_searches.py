"""Saved searches: an account's alone, and telling what is new since its owner looked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from matcher.actions import saved_searches
from matcher.actions.answer import Answer, Wish
from matcher.actions.platform import Platform
from matcher.actions.saved_searches import MOST, fresh_of, looked, save
from matcher.actions.search import search as find
from matcher.domain.enums import Noun, Role, Visibility
from matcher.domain.saved_search import SavedSearch
from matcher.domain.visibility import ANONYMOUS, SYSTEM, Viewer, viewer_of
from matcher.errors import InvalidValue, NotFound, UsageError
from matcher.recommend.filters import NO_FILTERS, Filters
from matcher.store import accounts, events
from tests.actions.pursuits import PARENTS, later, sign_up
from tests.platforms import need, outcome, put, remove

BATTERY = "lithium battery recycling"


@pytest.fixture
def lin(platform: Platform) -> Viewer:
    return sign_up(platform, "lin")


def battery(platform: Platform, viewer: Viewer, name: str = "") -> SavedSearch:
    return save(platform, viewer, name, Noun.OUTCOME, BATTERY, NO_FILTERS)


def again(platform: Platform, viewer: Viewer, id_: str) -> SavedSearch:
    return saved_searches.saved_search(platform, viewer, id_)


def test_what_comes_later_is_new_until_its_owner_looks(platform: Platform, lin: Viewer) -> None:
    search = battery(platform, lin)
    assert (search.name, search.query) == (BATTERY, BATTERY)
    assert fresh_of(platform, lin, search) == ()
    put(
        platform,
        Noun.OUTCOME,
        outcome("o8", "Recycling of lithium battery cells", "Recovers lithium and cobalt."),
        outcome("o9", "Dahlia tubers", "Tubers that stand frost."),
    )
    assert fresh_of(platform, lin, search) == ("o8",)
    assert fresh_of(platform, lin, again(platform, lin, search.id)) == ("o8",)
    after = later(platform, timedelta(hours=1))
    assert looked(after, lin, search.id) == ("o8",)
    assert looked(after, lin, search.id) == ()
    seen = again(platform, lin, search.id)
    assert "o8" in seen.known
    assert set(search.known) < set(seen.known)
    assert seen.looked_at == after.now() > seen.created_at


def test_without_words_the_newest_are_new(platform: Platform, lin: Viewer) -> None:
    search = save(platform, lin, "浙江", Noun.NEED, " ", Filters(region="330000"))
    assert search.known == ()
    near = need("w8", "Kiln", "A kiln.", region="330100")
    put(platform, Noun.NEED, near, need("w9", "Kiln", "A kiln.", region="110000"))
    assert fresh_of(platform, lin, again(platform, lin, search.id)) == ("w8",)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_it_is_looked_for_once_as_long_as_nothing_changes(
    platform: Platform, lin: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    def counted(platform: Platform, viewer: Viewer, noun: Noun, text: str, wish: Wish) -> Answer:
        looks.append(text)
        return find(platform, viewer, noun, text, wish)

    search = battery(platform, lin)
    monkeypatch.setattr(saved_searches, "find", counted)
    for _ in range(3):
        assert fresh_of(platform, lin, search) == ()
    assert looks == []
    put(platform, Noun.OUTCOME, outcome("o8", "Recycling of lithium battery cells", "Lithium."))
    for _ in range(3):
        assert fresh_of(platform, lin, search) == ("o8",)
    assert len(looks) == 1
    put(platform, Noun.OUTCOME, outcome("o8", "Recycling", visibility=Visibility.NAMED))
    assert fresh_of(platform, lin, search) == ()
    fresh_of(platform, SYSTEM, search)
    fresh_of(later(platform, timedelta(days=1)), lin, search)
    assert len(looks) == 4


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_is_weak_hidden_or_gone_is_not_new(platform: Platform, lin: Viewer) -> None:
    search = battery(platform, lin)
    hidden = {"visibility": Visibility.NAMED, "owner": "somebody"}
    found = "Recovers lithium and cobalt from battery cells."
    put(
        platform,
        Noun.OUTCOME,
        outcome("s1", "Lithium battery recycling", found, **hidden),
        outcome("g1", "Lithium battery recycling", found),
        outcome("x1", "Rye", "Rye for dry soil."),
    )
    remove(platform, Noun.OUTCOME, ["g1"])
    assert fresh_of(platform, lin, search) == ()
    assert fresh_of(platform, SYSTEM, search) == ("s1",)


def test_nobody_else_has_it_not_even_an_admin(platform: Platform, lin: Viewer) -> None:
    search = battery(platform, lin)
    for other in (
        sign_up(platform, "wu"),
        sign_up(platform, "root", Role.ADMIN),
        SYSTEM,
        ANONYMOUS,
    ):
        assert saved_searches.saved_searches(platform, other) == ()
        for refused in (
            lambda who=other: saved_searches.saved_search(platform, who, search.id),
            lambda who=other: saved_searches.rename(platform, who, search.id, "x"),
            lambda who=other: saved_searches.forget(platform, who, search.id),
            lambda who=other: looked(platform, who, search.id),
        ):
            with pytest.raises(NotFound):
                refused()
    assert saved_searches.saved_searches(platform, lin) == (search,)
    assert saved_searches.searches_of_all(platform) == (search,)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_nothing_of_it_is_told_to_admins(platform: Platform, lin: Viewer) -> None:
    with platform.database.reading() as session:
        before = events.latest(session)
    search = battery(platform, lin)
    saved_searches.rename(platform, lin, search.id, "Other")
    looked(platform, lin, search.id)
    saved_searches.forget(platform, lin, search.id)
    with platform.database.reading() as session:
        assert events.latest(session) == before


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_saved_twice_it_is_saved_once_and_a_name_is_taken_once(
    platform: Platform, lin: Viewer
) -> None:
    first = battery(platform, lin, " Cells\u202e ")
    assert first.name == "Cells"
    assert battery(platform, lin, "cells") == first
    with pytest.raises(InvalidValue, match="already") as refused:
        save(platform, lin, "ｃells".upper(), Noun.NEED, BATTERY, NO_FILTERS)
    assert refused.value.where["field"] == "name"
    other = battery(platform, lin)
    with pytest.raises(InvalidValue):
        saved_searches.rename(platform, lin, other.id, "CELLS")
    with pytest.raises(InvalidValue):
        saved_searches.rename(platform, lin, other.id, " \0 ")
    assert saved_searches.rename(platform, lin, first.id, "CELLS").name == "CELLS"
    assert battery(platform, sign_up(platform, "wu"), "Cells").account == "wu"
    saved_searches.forget(platform, lin, other.id)
    assert [one.name for one in saved_searches.saved_searches(platform, lin)] == ["CELLS"]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_an_account_has_so_many_and_no_more(
    platform: Platform, lin: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_searches, "MOST", 2)
    for name in ("1", "2"):
        battery(platform, lin, name)
    with pytest.raises(UsageError, match="2"):
        battery(platform, lin, "3")
    assert len(saved_searches.saved_searches(platform, lin)) == 2 < MOST


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_name_is_made_of_the_words_or_of_what_is_looked_for(
    platform: Platform, lin: Viewer
) -> None:
    long = save(platform, lin, "", Noun.OUTCOME, "涂层 " * 200, NO_FILTERS)
    assert long.name == ("涂层 " * 200)[:100].strip()
    assert long.query == ("涂层 " * 200).strip()
    assert save(platform, lin, "", Noun.NEED, "", NO_FILTERS).name == "技术需求"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_who_has_no_account_in_use_saves_nothing(platform: Platform, lin: Viewer) -> None:
    with pytest.raises(NotFound):
        battery(platform, SYSTEM)
    with platform.database.writing() as session:
        accounts.disable(session, "lin")
    with pytest.raises(NotFound):
        battery(platform, lin)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_other_roles_show_other_results(platform: Platform, lin: Viewer) -> None:
    """What is new is judged by what its owner may see now, not when it was saved."""
    search = battery(platform, lin)
    for_brokers = {"visibility": Visibility.BROKERS, "node": "n1"}
    found = "Recovers lithium and cobalt from battery cells."
    put(platform, Noun.OUTCOME, outcome("b1", "Lithium battery recycling", found, **for_brokers))
    assert fresh_of(platform, lin, search) == ("b1",)
    with platform.database.writing() as session:
        accounts.set_roles(session, "lin", [Role.ENTERPRISE])
        now = accounts.get(session, "lin")
        assert session.scalar(text("SELECT count(*) FROM saved_search")) == 1
    assert now is not None
    assert fresh_of(platform, viewer_of(now, PARENTS), search) == ()
