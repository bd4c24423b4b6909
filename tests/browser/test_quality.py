"""An admin reads the figures and works off a list, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, everywhere

pytestmark = pytest.mark.slow


def test_figures_are_read_and_a_duplicate_is_merged_and_taken_apart(site: Site) -> None:
    page = site.enter("admin", "en")
    page.goto(f"{site.address}/quality")
    expect(page.locator(".plot")).to_have_count(6)
    expect(page.locator(".plot").nth(4)).to_contain_text("came since the training")
    expect(page.locator("#needs")).to_contain_text("were looked at")
    page.get_by_role("link", name="See them side by side and decide").click()
    expect(page.locator(".twins")).to_have_count(2)
    page.locator(".twins").first.get_by_role("button", name="Merge").first.click()
    expect(page.locator(".twins")).to_have_count(1)
    expect(page.locator("main .notice")).to_contain_text("Merged; what stays is")
    page.get_by_role("button", name="Not the same").click()
    expect(page.locator(".twins")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("h1")).to_contain_text("Records that may be one")


def test_anybody_can_use_it(site: Site, flawless: Callable[[Page], None]) -> None:
    page = site.enter("admin")
    for path in ("/quality", "/duplicates"):
        page.goto(f"{site.address}{path}")
        for _ in everywhere(page):
            page.wait_for_load_state("networkidle")
            flawless(page)
