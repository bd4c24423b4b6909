"""Jobs in a real browser: the page follows what runs by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from matcher.actions.job_attempt import Attempt
from matcher.actions.job_work import run_job
from matcher.actions.jobs import ask
from matcher.bootstrap import open_platform
from matcher.domain.job import Job, JobKind
from matcher.domain.visibility import SYSTEM
from tests.browser.conftest import Site, everywhere

pytestmark = pytest.mark.slow


def asked(site: Site) -> Job:
    with open_platform(site.settings) as platform:
        return ask(platform, SYSTEM, JobKind.EXPORT, {"noun": "needs"})


def test_a_job_is_seen_waiting_running_and_done_without_a_reload(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(site)
    page: Page = site.enter("admin", "en")
    page.goto(f"{site.address}/jobs")
    expect(page.get_by_role("heading", name="Waiting 1")).to_be_visible()
    going_on = threading.Event()
    monkeypatch.setattr(Attempt, "step", lambda self, doing: going_on.wait(30))

    def work() -> None:
        with open_platform(site.settings) as platform:
            run_job(platform, job.id, "tests")

    worker = threading.Thread(target=work)
    worker.start()
    try:
        expect(page.get_by_role("heading", name="Running 1")).to_be_visible()
        expect(page.locator("#jobs progress")).to_be_visible()
    finally:
        going_on.set()
        worker.join()
    expect(page.get_by_role("heading", name="Done 1")).to_be_visible()
    expect(page.locator("#jobs")).to_contain_text("8 records")


def test_a_job_is_cancelled_and_asked_for_again_in_place(site: Site) -> None:
    asked(site)
    page = site.enter("admin", "en")
    page.goto(f"{site.address}/jobs")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="Cancelled 1")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Waiting 1")).to_be_visible()


def test_anybody_can_use_it(site: Site, flawless: Callable[[Page], None]) -> None:
    asked(site)
    page = site.enter("admin")
    page.goto(f"{site.address}/jobs")
    for _ in everywhere(page):
        flawless(page)
