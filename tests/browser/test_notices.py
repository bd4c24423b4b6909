"""Notices in a browser: the bell, the key, and that opening one reads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun
from matcher.domain.notice import NoticeKind
from matcher.store import accounts, notices, records
from tests.actions.notice_cases import about, notice
from tests.browser.conftest import Site, everywhere
from tests.web.example_platform import PEOPLE

pytestmark = pytest.mark.slow


def told(site: Site, role: str, count: int) -> None:
    """Keep so many notices of somebody, each about an outcome."""
    with open_platform(site.settings) as platform, platform.database.writing() as session:
        account = accounts.by_login(session, PEOPLE[role].login)
        assert account is not None
        id_ = next(iter(records.every(session, Noun.OUTCOME))).record.id
        for _ in range(count):
            matter = about(("outcome", id_))
            one = notice(account.id, NoticeKind.STILL_VALID, matter, at=platform.now())
            notices.add(session, one, ())


def test_the_bell_leads_there_by_a_key_and_opening_one_reads_it(site: Site) -> None:
    told(site, "enterprise", 2)
    page = site.enter("enterprise", "en")
    # Not on the first page, which is ready to be typed into.
    page.goto(f"{site.address}/interests")
    expect(page.get_by_role("link", name="Notices, 2 unread")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_url("**/notices")
    page.locator(".notice-day button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/outcomes/**")
    expect(page.get_by_role("link", name="Notices, 1 unread")).to_be_visible()


def test_anybody_can_use_it(site: Site, flawless: Callable[[Page], None]) -> None:
    told(site, "enterprise", 2)
    page = site.enter("enterprise")
    page.goto(f"{site.address}/notices")
    for _ in everywhere(page):
        flawless(page)
