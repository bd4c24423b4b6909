"""A manager's morning in a real browser: by keyboard alone, in both languages, on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, everywhere

pytestmark = pytest.mark.slow


def left(page: Page) -> int:
    return int(page.locator("[data-left]").inner_text())


def press(page: Page, key: str) -> None:
    """A key whose answer changes the list."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press(key)


def test_ten_suggestions_are_worked_through_by_keyboard_alone(site: Site) -> None:
    page = site.enter("manager")
    expect(page.get_by_role("heading", level=1)).to_contain_text("今日推荐")
    before = left(page)
    assert before >= 10
    for number in range(10):
        opened = page.locator(".pair.open")
        expect(opened).to_have_count(1)
        title = opened.locator(".of").inner_text()
        if number % 3 == 0:
            press(page, "a")
        elif number % 3 == 1:
            page.keyboard.press("d")
            press(page, "1")
        else:
            page.keyboard.press("s")
            press(page, "2")
        expect(page.locator(".done")).to_have_count(number + 1)
        expect(page.locator(".pair.open .of")).not_to_have_text(title)
    assert left(page) == before - 10
    assert page.locator("[data-done=accept]").count() == 4
    page.reload()
    expect(page.locator("[data-left]")).to_be_visible()


def test_a_decision_is_taken_back_in_place(site: Site) -> None:
    page = site.enter("manager", "en")
    before, id_ = left(page), page.locator(".pair.open").get_attribute("id")
    press(page, "a")
    expect(page.locator(".done")).to_contain_text("Accepted")
    press(page, "u")
    expect(page.locator(".done")).to_have_count(0)
    expect(page.locator(".pair.open")).to_have_id(str(id_))
    assert left(page) == before


def test_a_reason_is_asked_for_in_place_and_its_key_declines(site: Site) -> None:
    page = site.enter("manager", "en")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="too early").first).to_be_visible()
    press(page, "6")
    expect(page.locator(".done")).to_contain_text("price")


def test_a_double_click_acts_once(site: Site) -> None:
    page = site.enter("manager")
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    page.locator(".pair.open [data-key=a]").dblclick()
    expect(page.locator(".done")).to_have_count(1)
    assert len(sent) == 1


def test_a_term_and_its_partner_light_up_together(site: Site) -> None:
    page = site.enter("manager")
    term = page.locator(".pair.open .why .term").first
    number = term.get_attribute("data-term")
    term.focus()
    lit = page.locator(f'.pair.open .term.lit[data-term="{number}"]')
    assert lit.count() >= 2
    assert page.locator(".pair.open .term.lit").count() == lit.count()


def test_in_full_the_parts_of_the_score_are_told(site: Site) -> None:
    page = site.enter("manager", "en")
    page.keyboard.press("w")
    parts = page.locator(".pair.open .parts")
    expect(parts.locator("caption")).to_be_visible()
    score = float(parts.locator("caption").inner_text().split()[1].rstrip(","))
    told = [float(value) for value in parts.locator("td.num").all_inner_texts()]
    assert sum(told) == pytest.approx(score, abs=0.01 * len(told))


def test_the_language_is_switched_and_remembered(site: Site) -> None:
    page = site.enter("manager", "zh")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")


def test_without_scripts_forms_still_decide(site: Site) -> None:
    page = site.browser.new_context(java_script_enabled=False, locale="en-GB").new_page()
    site.sign_in(page, "manager")
    page.goto(f"{site.address}/today")
    before = page.locator(".pair").count()
    page.locator(".pair").first.get_by_role("button", name="接受").click()
    assert page.url.startswith(f"{site.address}/today")
    expect(page.locator(".pair")).not_to_have_count(0)
    titles = page.locator(".pair .of").all_inner_texts()
    assert before >= 1
    assert len(titles) >= 1


def test_a_session_that_ends_says_so_and_loses_nothing(site: Site) -> None:
    page = site.enter("manager", "en")
    page.context.clear_cookies()
    press(page, "a")
    expect(page.locator("#notices")).to_contain_text("You have been signed out")
    expect(page.locator(".pair.open")).to_have_count(1)
    with page.expect_popup() as opened:
        page.locator("#notices a").click()
    site.sign_in(opened.value, "manager")
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#notices")).to_be_empty()
    press(page, "a")
    expect(page.locator("[data-done=accept]")).to_have_count(1)


def test_anybody_can_use_it(site: Site, flawless: Callable[[Page], None]) -> None:
    page = site.enter("manager")
    for _ in everywhere(page):
        flawless(page)
        page.locator(".pair.open [data-why]").evaluate("each => { each.open = true; }")
        page.locator(".pair.open [data-choose=d]").evaluate("each => { each.open = true; }")
        flawless(page)
