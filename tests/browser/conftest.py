"""A real Chromium on a real server over a small platform of data/sample.

What a page logs as an error, and whatever it asks of another server, fails the test.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from matcher.setting_values import NO_LIMIT
from matcher.settings import Settings
from matcher.web.app import create_app
from tests.web.example_platform import PEOPLE, sample_platform
from tests.web.people import PASSWORD

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_REFUSALS = ("status of 4", "Response Status Error Code 4")
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
WIDE, PHONE = (1440, 900), (390, 844)


class Quiet(WSGIRequestHandler):
    """The log of the service says enough."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


@dataclass
class Site:
    """A service in a thread of its own, and who looks at it.

    faults: what pages logged as errors, and what they asked of other servers.
    """

    address: str
    settings: Settings
    browser: Browser
    faults: list[str] = field(default_factory=list)

    def visitor(
        self, language: str = "zh", size: tuple[int, int] = WIDE, theme: str = "light"
    ) -> Page:
        """The page of a browser in which nobody is signed in."""
        width, height = size
        page = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale=LANGUAGES[language],
            color_scheme=theme,  # type: ignore[arg-type]
            # Else axe may look at a colour on its way to another.
            reduced_motion="reduce",
        ).new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda asked: self._asked(asked.url))
        return page

    def enter(
        self,
        role: str,
        language: str = "zh",
        size: tuple[int, int] = WIDE,
        theme: str = "light",
        *,
        toured: bool = True,
    ) -> Page:
        """Somebody in this role who has just signed in and reads in this language.

        toured: they have been shown around, or didn't want to be.
        """
        page = self.visitor(language, size, theme)
        self.sign_in(page, role)
        skip = page.locator(".tour button[value=end]")
        if toured and skip.count():
            skip.click()
            page.wait_for_load_state("networkidle")
        other = page.locator(f"button[name=language][value={language}]")
        if other.count():
            other.click()
            page.wait_for_load_state("networkidle")
        return page

    def sign_in(self, page: Page, role: str) -> None:
        """Fill in the form of the sign-in page."""
        page.goto(f"{self.address}/sign-in")
        page.locator("#login").fill(PEOPLE[role].login)
        page.locator("#password").fill(PASSWORD)
        page.locator("main button").click()
        page.wait_for_load_state("networkidle")

    def _heard(self, kind: str, text: str) -> None:
        # What a test asks in vain on purpose, a browser reports as an error too.
        if kind == "error" and not any(told in text for told in _REFUSALS):
            self.faults.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:", "about:")):
            self.faults.append(f"asked {url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        message = "There is no Chromium; on Debian and Ubuntu: apt install chromium fonts-noto-cjk"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    # The sandbox of Chromium refuses to work for root, as which CI runs.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a small platform of data/sample, closed."""
    folder = tmp_path_factory.mktemp("sample")
    with sample_platform(folder) as sampled:
        return sampled.platform.settings.home


@pytest.fixture
def site(sample_home: Path, tmp_path: Path, browser: Browser) -> Iterator[Site]:
    """A platform of the test's own, served until the test ends."""
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    settings = Settings(home=home, poll_seconds=1e-6, rate_limit=NO_LIMIT)
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    found = Site(f"http://127.0.0.1:{server.server_port}", settings, browser)
    yield found
    for context in browser.contexts:
        context.close()
    server.shutdown()
    thread.join()
    assert found.faults == []


def everywhere(page: Page) -> Iterator[str]:
    """The page in both languages and themes, wide and on a phone; what it is now, in words.

    Whoever reads it must be signed in. What was opened by hand is closed by the change of language.
    """
    for language in ("zh", "en"):
        switch = page.locator(f"button[name=language][value={language}]")
        if switch.count():
            switch.click()
            page.wait_for_load_state("networkidle")
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            for width, height in (WIDE, PHONE):
                page.set_viewport_size({"width": width, "height": height})
                yield f"{language}, {theme}, {width} px"


@pytest.fixture(scope="session")
def flawless() -> Callable[[Page], None]:
    """Looks with axe for what keeps somebody from using the page as it stands, and whether it is
    wider than the window."""
    axe = Axe()

    def looked(page: Page) -> None:
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
        if page.evaluate("innerWidth") == PHONE[0] and page.evaluate(_DARK):
            return  # Its colours are those of the wide page, and the rest was seen in the light.
        found = axe.run(page).response["violations"]
        told = [
            f"{one['id']}: {node['html'][:200]} {node['failureSummary']}"
            for one in found
            for node in one["nodes"]
        ]
        assert told == [], page.url

    return looked
