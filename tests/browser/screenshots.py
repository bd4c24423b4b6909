"""Takes the pictures of the guides in docs/, from the pages as they are, in both languages.

    python -m tests.browser.screenshots HOME

HOME is a platform of data/sample with two models and the accounts of the demo; `make screenshots`
makes it. It is copied, so that what is done for a picture doesn't change it.
"""

from __future__ import annotations

import json
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from matcher.actions.job_work import due, run_job
from matcher.bootstrap import open_platform
from matcher.cli.demo import KEPT, make_accounts
from matcher.setting_values import NO_LIMIT
from matcher.settings import load_settings
from matcher.web.app import create_app
from tests.browser.conftest import NAMES, Quiet

FOLDER = Path(__file__).parents[2] / "docs" / "images"
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
SIZE = {"width": 1200, "height": 800}
COLOURS = 96
TYPED = {"zh": "叶片除冰", "en": "blade icing"}
NEED = {
    "zh": (
        "海上风电叶片前缘防护",
        "叶片前缘两年就被雨滴打穿，需要耐侵蚀的涂层，寿命从2年提高到8年以上，可现场施工。",
    ),
    "en": (
        "Leading-edge protection for offshore wind blades",
        "Rain wears the leading edge through within two years. We need an erosion-resistant "
        "coating that lasts 8 years instead of 2 and can be applied on site.",
    ),
}
SHEET = (
    ("需求编号", "需求名称", "需求描述", "投入预算（万元）", "可见范围"),
    ("X1", "导轨耐磨涂层", "现有导轨寿命太短，希望提高一倍", "50-80", "公开"),
    ("X2", "", "", "30", "公开"),
    ("X3", "高温泵密封", "高温下泄漏，要求连续运行一年", "-5", "公开"),
    ("X4", "低噪声轴承", "家用压缩机用，噪声低于28 dB", "面议", "大家都行"),
)


class Camera:
    """Somebody at the pages of one service, in one language."""

    def __init__(self, address: str, browser: Browser, language: str, secrets: dict[str, str]):
        self.address, self.browser, self.language = address, browser, language
        self.secrets = secrets

    def enter(self, login: str) -> Page:
        """The page of somebody who is signed in and has been shown around."""
        locale = LANGUAGES[self.language]
        context = self.browser.new_context(viewport=SIZE, locale=locale, reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{self.address}/sign-in")
        page.locator("#login").fill(login)
        page.locator("#password").fill(self.secrets[login])
        page.locator("main button").click()
        page.wait_for_load_state("networkidle")
        for button in (f"button[name=language][value={self.language}]", ".tour button[value=end]"):
            if page.locator(button).count():
                page.locator(button).click()
                page.wait_for_load_state("networkidle")
        return page

    def take(self, page: Page, name: str) -> None:
        """Keep what is to be seen now."""
        page.wait_for_load_state("networkidle")
        taken = Image.open(BytesIO(page.screenshot(animations="disabled")))
        # Pages have few colours; as a palette a picture takes a third of the room.
        small = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(FOLDER / f"{name}.{self.language}.png", optimize=True)

    def show(self, page: Page, path: str, name: str) -> None:
        """Open a page and keep what is to be seen."""
        page.goto(self.address + path)
        self.take(page, name)


def manager(camera: Camera) -> None:
    """A morning: read, decide, and look after what was taken up."""
    page = camera.enter("broker")
    camera.show(page, "/today", "today")
    page.keyboard.press("w")
    camera.take(page, "why")
    page.keyboard.press("w")
    for _ in range(4):
        page.keyboard.press("a")
        page.wait_for_load_state("networkidle")
    page.keyboard.press("d")
    camera.take(page, "decline")
    camera.show(page, "/pipeline", "pipeline")
    page.locator(".board li a").first.click()
    camera.take(page, "followup")
    camera.show(page, "/profile", "profile")


def enterprise(camera: Camera) -> None:
    """Search in one's own words, compare, say what interests, write a need."""
    page = camera.enter("enterprise")
    page.goto(f"{camera.address}/find")
    page.locator("#q").press_sequentially(TYPED[camera.language])
    page.wait_for_timeout(600)
    camera.take(page, "find")
    page.locator("[data-result]").first.click()
    camera.take(page, "outcome")
    page.locator("#interest .btn-primary").click()
    page.wait_for_load_state("networkidle")
    title, text = NEED[camera.language]
    page.goto(f"{camera.address}/needs")
    page.locator("a.btn-primary").first.click()
    page.locator("[name=title]").fill(title)
    page.locator("[name=problem]").press_sequentially(text)
    page.wait_for_timeout(1200)
    camera.take(page, "need")
    camera.show(page, "/interests", "interests")


def admin(camera: Camera, folder: Path) -> None:
    """Bring a workbook in, look after models, figures and people."""
    page = camera.enter("admin")
    book = Workbook()
    for row in SHEET:
        book.active.append(row)
    book.save(folder / "登记表.xlsx")
    page.goto(f"{camera.address}/import")
    page.locator("[name=noun][value=need]").check()
    page.locator("#file").set_input_files(folder / "登记表.xlsx")
    page.locator(".upload > .btn").click()
    camera.take(page, "columns")
    page.locator("main form .btn-primary").first.click()
    page.locator(".tiles").wait_for(timeout=60_000)
    camera.take(page, "check")
    page.goto(f"{camera.address}/plans")
    page.locator("main form .btn-primary").first.click()
    while not page.locator("main .bar a.btn-primary").count():
        page.wait_for_timeout(500)
        page.reload()
    camera.take(page, "plan")
    for path in (
        "models",
        "quality",
        "duplicates",
        "people",
        "managers",
        "audit",
        "rules",
        "nodes",
        "jobs",
    ):
        camera.show(page, f"/{path}", path)
    camera.show(page, "/models/compare", "compare")
    camera.show(page, "/me", "me")


@contextmanager
def service(home: Path, folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A copy of the platform, served, with a worker: its address, and its passwords by login."""
    copy = folder / "home"
    shutil.copytree(home, copy)
    settings = load_settings(home=copy, rate_limit=NO_LIMIT, poll_seconds=0.05)
    with open_platform(settings) as platform:
        make_accounts(platform)
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True, request_handler=Quiet)
    over = threading.Event()
    threads = [
        threading.Thread(target=server.serve_forever, daemon=True),
        threading.Thread(target=_work, args=(settings, over), daemon=True),
    ]
    for thread in threads:
        thread.start()
    secrets = json.loads((copy / KEPT).read_text(encoding="utf-8"))
    yield f"http://127.0.0.1:{server.server_port}", secrets
    over.set()
    server.shutdown()
    for thread in threads:
        thread.join()


def _work(settings: object, over: threading.Event) -> None:
    with open_platform(settings) as platform:  # type: ignore[arg-type]
        while not over.wait(0.2):
            for id_ in due(platform):
                run_job(platform, id_, "pictures")


def main(home: Path) -> None:
    """Take all pictures anew."""
    FOLDER.mkdir(exist_ok=True)
    chromium = next(filter(None, map(shutil.which, NAMES)))
    parts: tuple[Callable[[Camera, Path], None], ...] = (
        lambda camera, _: manager(camera),
        lambda camera, _: enterprise(camera),
        admin,
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for language in LANGUAGES:
            with TemporaryDirectory() as folder, service(home, Path(folder)) as (address, secrets):
                for part in parts:
                    part(Camera(address, browser, language, secrets), Path(folder))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
