"""Listings that want a look: told once the prompts noted them, as long as they still do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matcher.actions.notice_prompts import LATELY, news_of_prompts
from matcher.actions.notice_readers import readers
from matcher.actions.platform import OPERATOR, Platform
from matcher.actions.prompts import AGAIN_DAYS, confirm, prompt_owners
from matcher.domain.enums import Noun, Role
from tests.actions.pursuits import later, sign_up
from tests.platforms import NOW, need, outcome, put

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
DAY = timedelta(days=1)
OLD = {"updated_at": NOW.date() - 400 * DAY}


@pytest.fixture
def ageing(platform: Platform) -> Platform:
    """Two of a holder's, one of somebody who is gone, one of nobody's in the east."""
    sign_up(platform, "holder", Role.HOLDER)
    for id_, node in (("root", "n1"), ("east", "n2"), ("west", "n3")):
        sign_up(platform, id_, Role.ADMIN, node=node)
    put(platform, Noun.OUTCOME, outcome("a", "t", owner="holder", **OLD))
    put(platform, Noun.OUTCOME, outcome("b", "t", owner="gone", **OLD))
    put(platform, Noun.NEED, need("c", "t", owner="holder", **OLD))
    put(platform, Noun.NEED, need("d", "t", node="n2", **OLD))
    return platform


def told(platform: Platform) -> dict[tuple[str, str], list[str]]:
    """By account and noun."""
    with platform.database.reading() as session:
        everybody = readers(session)
    found = news_of_prompts(platform, everybody, platform.now())
    return {
        (account, news.key): sorted(it.id for one in news.matters for it in one.subjects)
        for account, news in found
    }


def test_owners_are_told_what_the_prompts_noted_and_admins_of_what_is_nobodys(
    ageing: Platform,
) -> None:
    assert told(ageing) == {}
    prompt_owners(ageing, OPERATOR)
    assert told(ageing) == {
        ("holder", "outcome"): ["a"],
        ("holder", "need"): ["c"],
        ("root", "need"): ["d"],
        ("east", "need"): ["d"],
    }
    assert told(later(ageing, LATELY + DAY)) == {}


def test_what_was_confirmed_since_then_wants_no_look(ageing: Platform) -> None:
    prompt_owners(ageing, OPERATOR)
    with ageing.database.reading() as session:
        holder = next(one.viewer for one in readers(session) if one.account.id == "holder")
    confirm(ageing, holder, Noun.OUTCOME, "a", 1)
    assert ("holder", "outcome") not in told(ageing)
    assert told(ageing)["holder", "need"] == ["c"]


def test_prompted_again_it_is_another_matter(ageing: Platform) -> None:
    def keys(platform: Platform) -> set[str]:
        with platform.database.reading() as session:
            everybody = readers(session)
        found = news_of_prompts(platform, everybody, platform.now())
        return {one.key for _, news in found for one in news.matters}

    prompt_owners(ageing, OPERATOR)
    first = keys(ageing)
    month = later(ageing, (AGAIN_DAYS + 1) * DAY)
    prompt_owners(month, OPERATOR)
    assert len(first) == 3
    assert len(keys(month)) == 3
    assert not first & keys(month)
