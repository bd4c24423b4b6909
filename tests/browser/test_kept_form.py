"""Sessions that end while somebody types: nothing of it is lost, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from matcher.actions.decisions import Decision, decide
from matcher.bootstrap import open_platform
from matcher.domain.visibility import SYSTEM
from tests.browser.conftest import PASSWORD, PEOPLE, Site

pytestmark = pytest.mark.slow
TYPED = "First line <b>\n\n第二行"


def signed_in_again(page: Page, role: str) -> None:
    """On the page that answers a form whose session is over."""
    expect(page.locator("#fault")).to_contain_text("What you typed is kept")
    page.locator("#login").fill(PEOPLE[role].login)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    expect(page.locator(".kept")).to_contain_text("第二行")
    page.locator("main .btn-primary").click()


def test_a_need_is_saved_after_signing_in_again(site: Site) -> None:
    page = site.enter("enterprise", "en")
    page.goto(f"{site.address}/new/need")
    page.get_by_label("Title").fill("Coating for guideways")
    page.get_by_label("What is to be solved").fill(TYPED)
    page.get_by_label("technology development").check()
    page.context.clear_cookies()
    page.locator(".save button").click()
    signed_in_again(page, "enterprise")
    expect(page.get_by_role("heading", level=1)).to_have_text("Coating for guideways")
    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_label("What is to be solved")).to_have_value(TYPED)
    expect(page.get_by_label("technology development")).to_be_checked()


def test_a_note_is_written_after_signing_in_again_without_scripts(site: Site) -> None:
    with open_platform(site.settings) as platform:
        made = decide(platform, SYSTEM, "M101", "N101", "O101", Decision.ACCEPT)
    context = site.browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    site.sign_in(page, "manager")
    page.goto(f"{site.address}/pipeline/{made.followup.id}")
    page.locator("#text").fill(TYPED)
    context.clear_cookies()
    page.locator(".note-form button").click()
    signed_in_again(page, "manager")
    expect(page.locator(".timeline .said")).to_have_text(TYPED, use_inner_text=True)
