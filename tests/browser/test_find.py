"""Somebody looks for a technology in a real browser: as they type, by keyboard, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, everywhere

pytestmark = pytest.mark.slow


def titles(page: Page) -> list[str]:
    return page.locator("[data-result]").all_inner_texts()


def found(page: Page, does: Callable[[], None]) -> None:
    """Do something whose answer changes the results."""
    with page.expect_response(lambda answer: "/find" in answer.url):
        does()
    page.wait_for_load_state("networkidle")


def test_results_change_as_one_types_and_back_leads_back(site: Site) -> None:
    page = site.enter("enterprise", "en")
    page.goto(f"{site.address}/find")
    before = titles(page)
    page.locator("h1").click()
    page.keyboard.press("/")
    found(page, lambda: page.keyboard.type("converter", delay=20))
    expect(page).to_have_url(f"{site.address}/find?q=converter")
    expect(page.locator("mark.term").first).to_be_visible()
    assert titles(page) != before
    expect(page.locator("#told")).to_contain_text("found")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-result]").first).to_be_focused()
    page.keyboard.press("w")
    expect(page.locator(".result").first.locator("caption")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/outcomes/O1"))
    page.go_back()
    expect(page.locator("#q")).to_have_value("converter")
    page.go_back()
    expect(page).to_have_url(f"{site.address}/find")
    expect(page.locator("[data-result]")).to_have_count(len(before))


def test_an_unfinished_word_of_an_input_method_isnt_searched(site: Site) -> None:
    page = site.enter("enterprise")
    page.goto(f"{site.address}/find")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#q").evaluate(
        """box => {
            box.value = "xin pian";
            box.dispatchEvent(new InputEvent("input", {bubbles: true, isComposing: true}));
        }"""
    )
    page.wait_for_function("() => new Promise(done => setTimeout(() => done(true), 300))")
    assert [url for url in asked if "/find" in url] == []
    page.locator("#q").evaluate("box => { box.value = '芯片'; }")
    found(
        page,
        lambda: page.locator("#q").dispatch_event("compositionend", {"bubbles": True}),
    )
    expect(page.locator("mark.term").first).to_be_visible()


def test_narrowing_down_and_taking_it_back_keeps_the_focus(site: Site) -> None:
    page = site.enter("manager", "en")
    page.goto(f"{site.address}/find?q=converter")
    count = page.locator("[data-result]").count()
    choice = page.locator(".facets a[id^=mode-]").first
    name = choice.get_attribute("id")
    choice.focus()
    found(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator(f"#{name}")).to_be_focused()
    expect(page.locator(f"#{name}")).to_have_attribute("aria-current", "true")
    assert "mode=" in page.url
    found(page, lambda: page.locator(".chip").click())
    expect(page.locator("[data-result]")).to_have_count(count)
    page.get_by_role("link", name="Needs", exact=True).click()
    expect(page).to_have_url(f"{site.address}/find?q=converter&noun=need")


def test_what_is_ticked_stays_while_other_words_are_looked_for(site: Site) -> None:
    page = site.enter("enterprise", "en")
    page.goto(f"{site.address}/find?q=converter")
    page.locator("[data-pick]").nth(0).check()
    page.locator("[data-pick]").nth(1).check()
    found(page, lambda: page.locator("#q").fill("固件"))
    expect(page.locator(".compare-bar li")).to_have_count(2)
    page.locator("[data-pick]:not(:checked)").first.check()
    expect(page.locator("[data-pick]:not(:checked)").first).to_be_disabled()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("table.compare thead th")).to_have_count(3)


def test_an_interest_reaches_its_manager_while_their_page_is_open(site: Site) -> None:
    """Looked for in Chinese, listed in English."""
    manager, firm = site.enter("manager", "en"), site.enter("enterprise", "zh")
    manager.goto(f"{site.address}/interests")
    expect(manager.locator(".interest-row")).to_have_count(0)
    firm.goto(f"{site.address}/find")
    found(firm, lambda: firm.locator("#q").press_sequentially("图像传感器 列并行 转换器"))
    expect(firm.locator("[data-result]").first).to_contain_text("Column-parallel data converters")
    firm.locator("[data-result]").first.click()
    firm.get_by_label("想了解什么").fill("多少钱？")
    firm.get_by_role("button", name="表达意向").dblclick()
    expect(firm.locator("#interest")).to_contain_text("已转给技术经理人")
    expect(firm.locator("#interest")).to_be_focused()
    expect(manager.locator(".interest-row")).to_have_count(1, timeout=4000)
    manager.get_by_role("button", name="Take it up").click()
    expect(manager.locator(".state")).to_have_text("taken up")
    firm.goto(f"{site.address}/interests")
    expect(firm.locator(".state")).to_have_text("已受理")


def test_without_scripts_it_is_a_form_and_links(site: Site) -> None:
    page = site.browser.new_context(java_script_enabled=False, locale="en-GB").new_page()
    site.sign_in(page, "enterprise")
    page.goto(f"{site.address}/find")
    page.locator("#q").fill("converter")
    page.locator("#search button").click()
    assert page.url.endswith("/find?q=converter")
    page.locator(".facets a").first.click()
    assert page.locator(".chip").count() == 1
    page.locator("[data-pick]").first.check()
    page.locator("#compare button").click()
    assert page.locator("table.compare").count() == 1


def test_anybody_can_use_it(site: Site, flawless: Callable[[Page], None]) -> None:
    page = site.enter("enterprise")
    page.goto(f"{site.address}/find?q=converter 芯片 qwertyzx&trl_min=3")
    page.locator("[data-pick]").first.check()
    for _ in everywhere(page):
        page.locator("[data-why]").first.evaluate("each => { each.open = true; }")
        flawless(page)


@pytest.mark.parametrize("path", ["/outcomes/{0}", "/compare?id={0}&id={1}", "/interests"])
def test_anybody_can_use_the_pages_behind_it(
    site: Site, flawless: Callable[[Page], None], path: str
) -> None:
    page = site.enter("enterprise")
    page.goto(f"{site.address}/find?q=converter")
    ids = [box.get_attribute("value") for box in page.locator("[data-pick]").all()[:2]]
    page.goto(f"{site.address}/outcomes/{ids[0]}")
    page.get_by_role("button", name="表达意向").click()
    expect(page.locator("#interest .state")).to_be_visible()
    page.goto(site.address + path.format(*ids))
    for _ in everywhere(page):
        flawless(page)
