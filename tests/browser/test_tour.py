"""A newcomer is shown around in a real browser: what each stop points at is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from matcher.web.tour import STOPS
from tests.browser.conftest import Site

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("role", ["manager", "enterprise", "admin"])
def test_every_stop_points_at_something_on_its_page(
    site: Site, role: str, flawless: Callable[[Page], None]
) -> None:
    page = site.enter(role, "en", toured=False)
    on = page.locator(".tour a")
    if on.count():
        on.click()
    shown = [stop for stop in STOPS if role in stop.roles]
    for number, stop in enumerate(shown, start=1):
        panel = page.locator(".tour")
        expect(panel).to_contain_text(f"Tour {number}/{len(shown)}")
        expect(page.locator(".aimed")).to_be_visible()
        expect(panel).to_contain_text(stop.titles[1])
        if number == 1:
            flawless(page)
        last = number == len(shown)
        panel.get_by_role("button", name="Done" if last else "Next").click()
    expect(page.locator(".tour")).to_have_count(0)
    page.locator("details.menu summary").last.click()
    page.get_by_role("button", name="Show me around").click()
    expect(page.locator(".tour")).to_contain_text(f"Tour 1/{len(shown)}")
