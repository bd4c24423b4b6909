"""The form of a need in a real browser: coach and matches follow, drafts stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, everywhere

pytestmark = pytest.mark.slow


def test_coach_and_matches_change_while_one_types(site: Site) -> None:
    page = site.enter("enterprise", "en")
    page.get_by_role("link", name="My needs").click()
    page.get_by_role("link", name="Write a new need").click()
    coach = page.locator("#coach")
    expect(coach).to_contain_text("0%")
    page.get_by_label("What is to be solved").fill("机床导轨涂层,采用喷涂工艺,寿命提高 50%")
    expect(coach.locator(".result").first).to_be_visible()
    expect(coach).to_contain_text("25%")
    page.get_by_label("Lowest TRL").select_option("6")
    expect(coach).to_contain_text("33%")
    expect(page.locator("#coach-told")).to_have_text("33% complete, 5 matches")
    coach.locator(".suggestions a").first.click()
    expect(page.get_by_label("Title")).to_be_focused()


def test_what_is_typed_stays_until_it_is_saved(site: Site) -> None:
    page = site.enter("enterprise", "en")
    page.goto(f"{site.address}/new/need")
    page.get_by_label("Title").fill("Coating for guideways")
    page.get_by_label("technology development").check()
    page.context.clear_cookies()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("signed out")
    site.sign_in(page, "enterprise")
    page.goto(f"{site.address}/new/need")
    expect(page.get_by_label("Title")).to_have_value("Coating for guideways")
    expect(page.get_by_label("technology development")).to_be_checked()
    expect(page.locator("[data-restored]")).to_be_visible()
    page.locator(".save button").click()
    expect(page.locator("#saved")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Coating for guideways")
    page.goto(f"{site.address}/new/need")
    expect(page.locator("#title")).to_have_value("")


def test_anybody_can_use_it(site: Site, flawless: Callable[[Page], None]) -> None:
    page = site.enter("enterprise")
    page.goto(f"{site.address}/new/need?problem=涂层")
    for _ in everywhere(page):
        flawless(page)
