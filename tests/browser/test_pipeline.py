"""A manager's deals in a real browser: by keyboard, by drag, in two tabs, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from matcher.actions.decisions import Decision, decide
from matcher.actions.followups import move, note
from matcher.bootstrap import open_platform
from matcher.domain.contract import Contract
from matcher.domain.enums import FollowUpState as S
from matcher.domain.visibility import SYSTEM
from matcher.store import followups
from tests.browser.conftest import Site, everywhere

pytestmark = pytest.mark.slow

PAIRS = (("N101", "O101"), ("N102", "O102"), ("N103", "O103"), ("N104", "O104"))


@pytest.fixture
def deals(site: Site) -> tuple[str, ...]:
    """Four follow-ups of the manager: overdue, in exchange, signed, on hold."""
    today = datetime.now(UTC).date()
    with open_platform(site.settings) as platform:
        ids = [
            decide(platform, SYSTEM, "M101", need, outcome, Decision.ACCEPT).followup.id
            for need, outcome in PAIRS
        ]
        late = today - timedelta(days=3)
        note(platform, SYSTEM, ids[0], "已电话沟通。", next_action="发送保密协议", due_on=late)
        move(platform, SYSTEM, ids[1], S.NDA_SIGNED)
        sheet = Contract(value=800_000, commission=40_000)
        move(platform, SYSTEM, ids[2], S.CONTRACT_SIGNED, contract=sheet)
        move(platform, SYSTEM, ids[3], S.ON_HOLD, until=today + timedelta(days=9))
    return tuple(ids)


def card(page: Page, id_: str) -> Locator:
    return page.locator(f'.deal[data-id="{id_}"]')


def column(page: Page, phase: str) -> Locator:
    return page.locator(f'.column[data-phase="{phase}"]')


def state_of(site: Site, id_: str) -> S:
    with open_platform(site.settings) as platform, platform.database.reading() as session:
        kept = followups.get(session, id_)
    assert kept is not None
    return kept.followup.state


def opened(site: Site, language: str = "en") -> Page:
    page = site.enter("manager", language)
    page.goto(f"{site.address}/pipeline")
    return page


def test_a_card_is_moved_and_moved_back_by_keyboard_alone(
    site: Site, deals: tuple[str, ...]
) -> None:
    page = opened(site)
    expect(card(page, deals[0])).to_contain_text("3 d overdue")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(card(page, deals[1]).locator(".deal-link")).to_be_focused()
    page.keyboard.press("m")
    choice = card(page, deals[1]).locator("[data-choice='2']")
    expect(choice).to_contain_text("negotiating")
    page.keyboard.press("2")
    expect(column(page, "negotiation").locator(".deal-link")).to_be_focused()
    expect(page.locator("#told")).to_contain_text("Moved to “negotiating”")
    page.keyboard.press("u")
    expect(column(page, "exchange").locator(".deal-link")).to_be_focused()
    assert state_of(site, deals[1]) is S.NDA_SIGNED


def test_a_reason_is_asked_for_in_place_and_escape_leaves_it(
    site: Site, deals: tuple[str, ...]
) -> None:
    page = opened(site)
    card(page, deals[0]).locator(".deal-link").focus()
    page.keyboard.press("m")
    own = card(page, deals[0])
    own.get_by_role("link", name="declined").focus()
    page.keyboard.press("Escape")
    expect(own.locator(".moves")).to_have_count(0)
    page.keyboard.press("m")
    own.get_by_role("link", name="declined").click()
    expect(own.get_by_role("button", name="too early")).to_be_visible()
    page.keyboard.press("6")
    expect(column(page, "end").locator(f'[data-id="{deals[0]}"]')).to_be_visible()
    assert state_of(site, deals[0]) is S.DECLINED


def test_a_card_is_dragged_where_one_step_leads_and_asks_where_several_do(
    site: Site, deals: tuple[str, ...]
) -> None:
    page = opened(site)
    card(page, deals[1]).drag_to(column(page, "negotiation"))
    expect(column(page, "negotiation").locator(".deal")).to_have_count(1)
    assert state_of(site, deals[1]) is S.NEGOTIATING
    card(page, deals[0]).drag_to(column(page, "exchange"))
    choices = card(page, deals[0]).locator("[data-choice]")
    expect(choices).to_have_count(2)
    choices.last.click()
    expect(column(page, "exchange").locator(".deal")).to_have_count(1)
    card(page, deals[0]).drag_to(column(page, "payment"))
    expect(card(page, deals[0]).locator(".moves")).to_contain_text("can’t go to")


def test_of_two_tabs_the_second_is_told_and_keeps_what_it_typed(
    site: Site, deals: tuple[str, ...]
) -> None:
    first = opened(site)
    second = first.context.new_page()
    for page in (first, second):
        page.goto(f"{site.address}/pipeline/{deals[0]}")
    first.locator("#next_action").fill("Visit the works")
    first.locator(".next-form .btn-primary").click()
    expect(first.locator("#next_action")).to_have_value("Visit the works")
    second.locator("#next_action").fill("Write to them")
    second.locator(".next-form .btn-primary").click()
    expect(second.get_by_role("alert")).to_contain_text("Visit the works")
    expect(second.locator("#next_action")).to_have_value("Write to them")
    second.locator(".next-form .btn-primary").click()
    expect(second.get_by_role("alert")).to_have_count(0)
    first.reload()
    expect(first.locator("#next_action")).to_have_value("Write to them")


def test_a_card_that_stands_elsewhere_by_now_is_shown_where_it_is(
    site: Site, deals: tuple[str, ...]
) -> None:
    page = opened(site)
    card(page, deals[0]).locator(".deal-link").focus()
    page.keyboard.press("m")
    expect(card(page, deals[0]).locator(".moves")).to_be_visible()
    with open_platform(site.settings) as platform:
        move(platform, SYSTEM, deals[0], S.NEGOTIATING)
    page.keyboard.press("1")
    expect(page.locator("#notices")).to_contain_text("Somebody has changed this")
    expect(column(page, "negotiation").locator(f'[data-id="{deals[0]}"]')).to_be_visible()


def test_many_are_put_on_hold_from_the_table(site: Site, deals: tuple[str, ...]) -> None:
    page = opened(site)
    page.keyboard.press("v")
    expect(page.locator(".deals tbody tr")).to_have_count(4)
    page.get_by_role("link", name="State", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("State")
    for id_ in deals[:2]:
        page.locator(f'[name=pick][value$="{id_}"]').check()
    expect(page.locator("#ticked")).to_have_text("(2)")
    page.get_by_role("button", name="in a week").click()
    page.get_by_role("button", name="Put on hold until then").click()
    expect(page.get_by_role("status").filter(has_text="2 were changed")).to_be_visible()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("State")
    assert {state_of(site, id_) for id_ in deals[:2]} == {S.ON_HOLD}


@pytest.mark.parametrize("place", ["board", "table", "one"])
def test_anybody_can_use_it(
    site: Site, deals: tuple[str, ...], flawless: Callable[[Page], None], place: str
) -> None:
    page = opened(site)
    # Else a colour may be looked at while it changes from one theme's to the other's.
    page.emulate_media(reduced_motion="reduce")
    address = {"board": "", "table": "?view=table", "one": f"/{deals[2]}"}[place]
    page.goto(f"{site.address}/pipeline{address}")
    for where in everywhere(page):
        if place == "board" and "light, 1440" in where:
            card(page, deals[0]).locator(".mover").click()
            expect(page.locator(".moves")).to_be_visible()
        for details in page.locator("[data-contract], .pick-states").all():
            details.evaluate("each => { each.open = true; }")
        flawless(page)
