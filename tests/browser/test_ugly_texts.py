"""Very long words, right-to-left text and HTML in every field are shown as they are, everywhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from matcher.bootstrap import open_platform
from matcher.domain.enums import FollowUpState as State
from matcher.domain.enums import Noun
from matcher.domain.followup import FollowUp, transition
from matcher.domain.need import Need
from matcher.domain.outcome import Outcome
from matcher.store import followups, records
from tests.browser.conftest import PHONE, WIDE, Site

pytestmark = pytest.mark.slow
HTML = '<img src=x onerror="document.title=1"><b>converter</b> & "quoted" \'{{ 7*7 }}\''
LONG = "converter" + "W" * 300
ARABIC = "محول طاقة converter للسيارات الكهربائية"
UGLY = {"u-html": HTML, "u-long": LONG, "u-arabic": ARABIC}
NOW = datetime.now(UTC)


def fill(site: Site) -> None:
    """A need and an outcome of each kind, and a follow-up of each pair."""
    with open_platform(site.settings) as platform, platform.database.writing() as session:
        for id_, text in UGLY.items():
            shared = {"title": text, "node": "n1", "keywords": (text,)}
            outcome = Outcome(id=id_, summary=text, holder=text, trl=7, **shared)
            need = Need(id=id_, problem=text, indicators=text, organisation=text, **shared)
            for noun, record in ((Noun.OUTCOME, outcome), (Noun.NEED, need)):
                records.put(session, noun, [record], actor="test", at=NOW)
            begun = FollowUp(id=id_, need=id_, outcome=id_, manager="M101", node="n1")
            taken = transition(begun, State.ACCEPTED, by="test", at=NOW, why=text)
            followups.add(session, taken)


def seen(page: Page, address: str, text: str) -> None:
    """It stands there as it was written, and makes the page neither wider nor another one."""
    page.goto(address)
    expect(page.locator("main")).to_contain_text(" ".join(text.split()))
    for width, height in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    assert page.title() != "1"
    assert page.locator("main img[src=x]").count() == 0


def test_it_is_shown_as_it_was_written(site: Site) -> None:
    fill(site)
    page = site.enter("manager", "en")
    every = "&".join(f"id={one}" for one in UGLY)
    shared = ("/find?q=converter", f"/compare?{every}", "/pipeline", "/pipeline?view=table")
    for id_, text in UGLY.items():
        own = (f"/outcomes/{id_}", f"/needs/{id_}", f"/pipeline/{id_}")
        for path in (*shared, *own):
            seen(page, site.address + path, text)
