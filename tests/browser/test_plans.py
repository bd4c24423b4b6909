"""Plans, audit, managers, nodes and rules in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from matcher.actions.plans import PlanWish, make_plan
from matcher.bootstrap import open_platform
from matcher.domain.plan import Quota
from matcher.domain.visibility import SYSTEM
from matcher.recommend.plan import Terms
from tests.browser.conftest import Site, everywhere

pytestmark = pytest.mark.slow


def planned(site: Site) -> str:
    with open_platform(site.settings) as platform:
        wish = PlanWish(Quota(least=1, most=4), outcomes=2, terms=Terms(floor=0.0))
        return make_plan(platform, SYSTEM, wish).plan.id


def test_an_admin_edits_a_plan_and_confirms_it(site: Site) -> None:
    id_ = planned(site)
    page = site.enter("admin", "en")
    page.goto(f"{site.address}/plans")
    page.get_by_role("link", name="Plan of").first.click()
    count = page.locator(".pair-line").count()
    line = page.locator(".member li").first
    line.get_by_role("link", name="Why").click()
    expect(line.locator(".why-part")).to_contain_text("The need and the manager")
    line.locator("summary").click()
    line.get_by_role("button", name="Take it out").click()
    expect(page.get_by_role("heading", name="Taken out")).to_be_visible()
    assert page.locator(".member .pair-line").count() == count - 1
    page.get_by_role("link", name="Confirm…").click()
    page.get_by_role("button", name="Confirm: make").click()
    expect(page.get_by_text("follow-ups were made")).to_be_visible()
    assert page.url.startswith(f"{site.address}/plans/{id_}")
    page.goto(f"{site.address}/audit?kind=plans")
    expect(page.locator(".deeds")).to_contain_text("confirmed a plan")
    page.get_by_role("link", name="Check it now").click()
    expect(page.locator("#seals")).to_contain_text("as they were written")


def test_a_manager_writes_the_profile_from_the_account_menu(site: Site) -> None:
    page = site.enter("manager", "en")
    page.locator("details.menu summary").last.click()
    page.get_by_role("link", name="My profile").click()
    page.get_by_label("Expertise", exact=True).fill("Signalling, axle counters, point machines.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()


def test_anybody_can_use_them(site: Site, flawless: Callable[[Page], None]) -> None:
    id_ = planned(site)
    page = site.enter("admin")
    page.goto(f"{site.address}/plans/{id_}")
    for _ in everywhere(page):
        flawless(page)
    # The last of them: English, dark, on a phone.
    others = ("/plans", "/audit", "/managers", "/managers/edit/M101", "/nodes", "/rules?need=N101")
    for path in others:
        page.goto(f"{site.address}{path}")
        flawless(page)
