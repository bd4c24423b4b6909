"""An admin lets a manager in, who signs in and chooses a password; in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, everywhere

pytestmark = pytest.mark.slow
NEW = "four words of my own"


def sign_in(page: Page, site: Site, login: str, password: str) -> None:
    page.goto(f"{site.address}/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(password)
    page.locator("main button").click()
    page.wait_for_load_state("networkidle")


def test_a_manager_gets_an_account_and_makes_it_theirs(site: Site) -> None:
    page = site.enter("admin", "en")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site.address}/people/managers")
    first = page.locator("table.people tbody th").first.inner_text()
    page.get_by_role("link", name=re.compile("Make an account")).first.click()
    expect(page.get_by_label("Name")).to_have_value(first.rsplit(" ", 1)[0].strip())
    # An organisation is found while one types.
    page.get_by_label("Organisation").press_sequentially("U101")
    page.get_by_label("Organisation").fill("")
    page.get_by_label("Login").fill("newcomer")
    page.get_by_role("button", name="Add, and get the password").click()
    page.get_by_role("button", name="Copy all of it").click()
    expect(page.locator("[data-told]")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    password = re.search(r"[2-9a-z]{4}(?:-[2-9a-z]{4}){3}", copied)
    assert password is not None
    page.get_by_role("link", name="All people").click()
    page.locator("#q").fill("newcom")
    expect(page.locator("table.people tbody tr")).to_have_count(1)

    theirs = site.visitor("en")
    sign_in(theirs, site, "newcomer", password[0])
    expect(theirs).to_have_url(re.compile("/today$"))
    theirs.locator("details.menu summary").last.click()
    theirs.get_by_role("link", name="My account").click()
    for name, text in (("Present password", password[0]), ("New password", NEW)):
        theirs.get_by_label(name).fill(text)
    theirs.get_by_label("The new one again").fill(NEW)
    theirs.get_by_role("button", name="Change it").click()
    expect(theirs.locator(".notice.told")).to_contain_text("has been changed")
    again = site.visitor("en")
    sign_in(again, site, "newcomer", password[0])
    expect(again.locator("#fault")).to_be_visible()
    sign_in(again, site, "newcomer", NEW)
    expect(again).to_have_url(re.compile("/today$"))


def test_anybody_can_use_them(site: Site, flawless: Callable[[Page], None]) -> None:
    page = site.enter("admin")
    page.goto(f"{site.address}/people")
    for _ in everywhere(page):
        flawless(page)
    for path in ("/people/managers", "/people/new?manager=M102", "/me"):
        page.goto(f"{site.address}{path}")
        flawless(page)
    page.goto(f"{site.address}/people?q=qin")
    page.locator("table.people a").first.click()
    for _ in everywhere(page):
        for each in page.locator("details.act").all():
            each.evaluate("one => { one.open = true; }")
        flawless(page)
