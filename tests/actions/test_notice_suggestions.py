"""What a manager's list of the day has, told without counting as shown."""

from __future__ import annotations

import pytest

from matcher.actions.notice_readers import readers
from matcher.actions.notice_suggestions import news_of_suggestions
from matcher.actions.platform import Platform
from matcher.actions.worklist import worklist
from matcher.domain.enums import Noun, Role
from matcher.domain.notice import NoticeKind
from matcher.store import events
from tests.actions.pursuits import sign_up
from tests.platforms import remove

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def told(platform: Platform) -> dict[str, list[str]]:
    with platform.database.reading() as session:
        everybody = readers(session)
    return {
        one.account.id: [it.key for it in news.matters]
        for one in everybody
        for news in news_of_suggestions(platform, one)
        if news.kind is NoticeKind.SUGGESTIONS
    }


def test_managers_are_told_the_pairs_of_their_list_and_nothing_counts_as_shown(
    platform: Platform,
) -> None:
    viewer = sign_up(platform, "b1", manager="m1")
    sign_up(platform, "root", Role.ADMIN, manager="m2")
    sign_up(platform, "nobody", Role.MANAGER)
    with platform.database.reading() as session:
        before = [one.verb for _, one in events.read(session)]
    found = told(platform)
    with platform.database.reading() as session:
        assert [one.verb for _, one in events.read(session)] == before
    rows = worklist(platform, viewer, "m1", counted=False).rows
    assert rows
    assert found == {"b1": [" ".join(row.pair) for row in rows]}


def test_a_manager_whose_record_is_gone_is_told_nothing(platform: Platform) -> None:
    sign_up(platform, "b1", manager="m1")
    remove(platform, Noun.MANAGER, ["m1"])
    assert told(platform) == {}
