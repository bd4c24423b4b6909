"""Somebody keeps a search in a real browser and comes back for what is new."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from matcher.bootstrap import open_platform
from matcher.settings import Settings
from matcher.store import saved_searches
from tests.browser.conftest import Site, everywhere

pytestmark = pytest.mark.slow


def kept(page: Page, site: Site, query: str) -> None:
    """Save what the page looks for under the name that it proposes."""
    page.goto(f"{site.address}/find?{query}")
    page.locator("#save summary").click()
    page.locator("#save button").click()
    expect(page.locator("#save")).to_contain_text("✓")
    page.wait_for_load_state("networkidle")


def unseen(settings: Settings, count: int) -> None:
    """As if that many of what every search finds had come since."""
    with open_platform(settings) as platform, platform.database.writing() as session:
        for one in saved_searches.every(session):
            saved_searches.save(session, replace(one, known=one.known[count:]))


def test_it_is_saved_in_place_renamed_opened_and_deleted(site: Site) -> None:
    page = site.enter("manager", "en")
    kept(page, site, "q=converter")
    expect(page.locator("#save")).to_be_focused()
    expect(page.locator("#told")).to_have_text("Saved")
    page.get_by_text("Saved searches").click()
    page.locator(".saved summary").click()
    page.get_by_label("New name").fill("Converters")
    page.get_by_role("button", name="Rename").click()
    expect(page.locator(".saved a")).to_have_text("Converters")
    expect(page.locator("#search-list")).to_be_focused()
    unseen(site.settings, 2)
    page.goto(f"{site.address}/find")
    expect(page.locator("#searches-new")).to_have_text("2 new")
    page.get_by_text("Saved searches").click()
    page.get_by_role("link", name="Converters").click()
    expect(page).to_have_url(re.compile(r"/find\?q=converter&saved=S-\w+&new="))
    expect(page.locator(".result .new")).to_have_count(2)
    expect(page.locator("#searches-new")).to_have_text("")
    page.get_by_text("Saved searches").click()
    page.locator(".saved summary").click()
    page.get_by_role("button", name="Delete this search").click()
    expect(page.locator("#search-list")).to_contain_text("There are no saved searches")


def test_anybody_can_use_it(site: Site, flawless: Callable[[Page], None]) -> None:
    page = site.enter("manager")
    for query in ("q=converter&trl_min=3", "q=芯片&noun=need"):
        kept(page, site, query)
    unseen(site.settings, 1)
    page.goto(f"{site.address}/find/searches")
    for _ in everywhere(page):
        opened(page)
        flawless(page)
    page.locator(".saved a").last.click()
    expect(page.locator("#searches-new")).to_be_visible()
    expect(page.locator(".result .new")).to_have_count(1)
    opened(page)
    flawless(page)


def opened(page: Page) -> None:
    """What is folded is looked at, too."""
    for each in page.locator(".searches, .saved details").all():
        each.evaluate("one => { one.open = true; }")
