"""An admin makes a model, looks at it, takes it into use and goes back, in a real browser."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from matcher.actions.job_work import due, run_job
from matcher.bootstrap import open_platform
from tests.browser.conftest import Site, everywhere

pytestmark = pytest.mark.slow
PATIENCE = 60_000


@pytest.fixture
def worker(site: Site) -> Iterator[None]:
    """Carries out what is asked, one job after the other, until the test ends."""
    ended = threading.Event()

    def work() -> None:
        with open_platform(site.settings) as platform:
            while not ended.wait(0.1):
                for id_ in due(platform):
                    run_job(platform, id_, "tests")

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    yield
    ended.set()
    thread.join()


def current(page: Page) -> str:
    return page.locator("tr.current .name").inner_text()


def test_a_model_is_trained_compared_published_and_gone_back_from(site: Site, worker: None) -> None:
    page = site.enter("admin", "en")
    page.goto(f"{site.address}/models")
    first = current(page)
    page.get_by_role("button", name="Start the training").click()
    progress = page.locator("#work .job")
    expect(progress).to_contain_text("Training a new model")
    expect(page.locator("#work li[data-state=done]").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#work li[aria-current=step]")).to_have_count(1)
    done = page.locator("#work .ended")
    expect(done).to_contain_text("has been trained; it isn’t published", timeout=PATIENCE)
    second = re.search(r"\d{4}-[0-9a-f]{8}", done.inner_text())
    assert second is not None
    expect(page.locator(f'[id="v-{second[0]}"]')).to_be_visible()

    done.get_by_role("link", name="Compare it").click()
    expect(page.locator("table.slices tbody tr")).to_have_count(7)
    page.get_by_role("button", name="Compare them on the same questions").click()
    expect(page.locator("#same h3")).to_have_text("Examples that moved most", timeout=PATIENCE)
    expect(page.locator("#same")).to_contain_text("30 are needed")

    page.goto(f"{site.address}/models")
    page.get_by_role("link", name=f"Publish {second[0]}").click()
    ask = page.locator("[data-ask]")
    expect(ask).to_contain_text(f"go from {first} to {second[0]}")
    expect(ask).to_contain_text(f"go back to {first} at any time")
    ask.get_by_role("button", name="Publish").click()
    expect(page.locator("#work .ended")).to_contain_text(f"{second[0]} is in use", timeout=PATIENCE)
    expect(page.locator("tr.current .name")).to_have_text(second[0])

    page.get_by_role("link", name=f"Go back {first}").click()
    page.locator("[data-ask]").get_by_role("button", name="Go back").click()
    expect(page.locator("#work .ended")).to_contain_text(f"{first} is in use", timeout=PATIENCE)
    expect(page.locator("tr.current .name")).to_have_text(first)


def test_a_training_that_waits_is_cancelled(site: Site) -> None:
    page = site.enter("admin", "en")
    page.goto(f"{site.address}/models")
    page.get_by_role("button", name="Start the training").click()
    expect(page.locator("#work")).to_contain_text("Waiting for a worker")
    page.get_by_role("button", name="Cancel Training a new model").click()
    expect(page.locator("#work .ended")).to_contain_text("cancelled; nothing changed")


def test_anybody_can_use_it(site: Site, flawless: Callable[[Page], None]) -> None:
    page = site.enter("admin")
    page.goto(f"{site.address}/models")
    page.get_by_role("button", name="开始训练").click()
    for _ in everywhere(page):
        flawless(page)
    page.goto(f"{site.address}/models/compare")
    for _ in everywhere(page):
        flawless(page)
