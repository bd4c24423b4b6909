"""How soon pages can be used, in a real Chromium against a running service.

    python benchmarks/pages_bench.py HOME [--followups 0] [--times 5]

HOME is a platform that is there, with a model; accounts are added to it, and follow-ups of one
manager, as many as asked for. Needed: playwright (the extra test) and a Chromium on the path. Run
it with OMP_NUM_THREADS=1.

It prints one JSON line a figure, each with `figure`, `records`, `value`, `unit`:

    page_interactive    milliseconds from asking for a page until its scripts have run, by `page`
                        and `role`; the median, with styles and scripts kept from a visit before
    find_keystroke      milliseconds from a key in Find until its results stand there, what the
                        page waits for the next key included: `median`, `p95`, `most`
"""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from service_process import running

from matcher.actions.accounts import add_account
from matcher.actions.platform import Platform
from matcher.bootstrap import open_platform
from matcher.domain.account import Account
from matcher.domain.enums import FollowUpState as State
from matcher.domain.enums import Noun, Role
from matcher.domain.followup import FollowUp, transition
from matcher.domain.visibility import SYSTEM
from matcher.settings import load_settings
from matcher.store import followups, records

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
TYPED = ("erosion resistant coating", "battery recycling", "石墨烯 涂层", "low noise rotor")
_READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
_WATCH = """() => {
  window.keyed = []; let pressed = 0;
  const box = document.querySelector("#q");
  box.addEventListener("input", () => { pressed = performance.now(); });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "found") window.keyed.push(performance.now() - pressed);
  });
}"""


class Bench:
    """A platform with somebody in each role, and what is printed with every figure."""

    def __init__(self, home: Path, count: int) -> None:
        self.home = home
        self.password = secrets.token_urlsafe(12)
        self.logins: dict[Role, str] = {}
        with open_platform(load_settings(home=home)) as platform:
            self.records = len(platform.live.serving().models[Noun.OUTCOME].candidates)
            self.manager = _first(platform, Noun.MANAGER)
            for role in Role:
                self.logins[role] = self._added(platform, role)
            _pursue(platform, self.manager, count)

    def _added(self, platform: Platform, role: Role) -> str:
        login = f"{role.value}-{time.time_ns()}"
        manager = self.manager if role is Role.MANAGER else ""
        account = Account(id="new", login=login, roles=(role,), manager=manager)
        add_account(platform, SYSTEM, account, self.password)
        return login

    def report(self, figure: str, value: float, unit: str, **more: object) -> None:
        line = {"figure": figure, "records": self.records, **more}
        line |= {"value": round(value, 1), "unit": unit}
        print(json.dumps(line, ensure_ascii=False), flush=True)

    def enter(self, browser: Browser, address: str, role: Role) -> Page:
        """The page of somebody in this role who is signed in."""
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(f"{address}/sign-in")
        page.locator("#login").fill(self.logins[role])
        page.locator("#password").fill(self.password)
        page.locator("main button").click()
        page.wait_for_load_state("networkidle")
        return page


def _first(platform: Platform, noun: Noun) -> str:
    with platform.database.reading() as session:
        found = next(iter(records.every(session, noun)), None)
        return found.record.id if found else ""


def _pursue(platform: Platform, manager: str, count: int) -> None:
    """Follow-ups of pairs that nobody pursues, taken as the records come."""
    with platform.database.reading() as session:
        needs = [one.record.id for one in records.every(session, Noun.NEED)]
        outcomes = [one.record.id for one in records.every(session, Noun.OUTCOME)]
    at = datetime.now(UTC)
    with platform.database.writing() as session:
        for number in range(count):
            need, outcome = needs[number % len(needs)], outcomes[number % len(outcomes)]
            id_ = f"bench-{at.timestamp():.0f}-{number}"
            made = FollowUp(id=id_, need=need, outcome=outcome, manager=manager)
            followups.add(session, transition(made, State.ACCEPTED, by="benchmark", at=at))


def measure_pages(bench: Bench, page: Page, role: Role, times: int) -> None:
    """Each page at the top, by its link."""
    links = page.locator(".top nav a")
    found = {link.text_content(): link.get_attribute("href") for link in links.all()}
    origin = page.url.split("/", 3)[:3]
    for name, path in found.items():
        took = []
        for _ in range(times + 1):
            page.goto("/".join(origin) + (path or ""))
            took.append(page.evaluate(_READY))
            # What comes later by itself is over before the next visit.
            page.wait_for_load_state("networkidle")
        bench.report("page_interactive", statistics.median(took[1:]), "ms", page=name, role=role)


def measure_keys(bench: Bench, page: Page, address: str) -> None:
    """What is typed key by key, as somebody who types fast."""
    page.goto(f"{address}/find")
    page.evaluate(_WATCH)
    for words in TYPED:
        page.locator("#q").fill("")
        page.wait_for_timeout(500)
        for key in words:
            page.locator("#q").press_sequentially(key)
            page.wait_for_timeout(250)
    took = sorted(page.evaluate("window.keyed"))
    for name, value in (
        ("median", statistics.median(took)),
        ("p95", took[int(0.95 * (len(took) - 1))]),
        ("most", took[-1]),
    ):
        bench.report("find_keystroke", value, "ms", of=name, keys=len(took))


def main() -> None:
    """Measure one platform."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--followups", type=int, default=0)
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    bench = Bench(arguments.home, arguments.followups)
    chromium = next(filter(None, map(shutil.which, CHROMIUM)))
    with running(arguments.home, 2, 4) as service, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for role in Role:
            page = bench.enter(browser, service.address, role)
            measure_pages(bench, page, role, arguments.times)
            if role is Role.ENTERPRISE:
                measure_keys(bench, page, service.address)
        browser.close()


if __name__ == "__main__":
    main()
