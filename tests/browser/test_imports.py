"""An admin imports a dirty workbook in a real browser, mends two rows, and takes it all back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from matcher.actions.job_work import due, run_job
from matcher.actions.jobs import list_jobs
from matcher.bootstrap import open_platform
from matcher.domain.enums import Noun
from matcher.domain.job import JobKind
from matcher.domain.visibility import SYSTEM
from matcher.settings import Settings
from matcher.store import records
from tests.browser.conftest import Site, everywhere

pytestmark = pytest.mark.slow
ROWS = (
    ("技术需求登记表",),
    ("需求编号", "需求名称", "需求描述", "投入预算（万元）", "可见范围"),
    ("X1", "导轨耐磨涂层", "现有导轨寿命太短", "50-80", "公开"),
    ("X2", "", "", "30", "公开"),
    ("X3", "<b>泵</b>密封", "高温下泄漏", "-5", "公开"),
    ("X4", "轴承", "低噪声轴承", "面议", "大家都行"),
    ("合计", "", "", "88", ""),
)


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "登记表.xlsx")
    return tmp_path / "登记表.xlsx"


def work(settings: Settings) -> None:
    """What a worker does."""
    with open_platform(settings) as platform:
        for id_ in due(platform):
            run_job(platform, id_, "tests")


def needs(settings: Settings) -> set[str]:
    with open_platform(settings) as platform, platform.database.reading() as session:
        found = records.every(session, Noun.NEED)
        return {one.record.id for one in found if one.record.id.startswith("X")}


def uploaded(site: Site, page: Page, file: Path) -> None:
    page.goto(f"{site.address}/import")
    page.get_by_label("技术需求").or_(page.get_by_label("Needs")).check()
    page.locator("#file").set_input_files(file)
    page.locator(".upload > .btn").click()
    page.wait_for_load_state()


def checked(site: Site, page: Page) -> None:
    """The file is sent to be checked, and a worker does."""
    page.locator("main .bar .btn-primary").click()
    expect(page.locator("#progress")).to_be_visible()
    work(site.settings)
    expect(page.locator(".tiles")).to_be_visible()


def mend(page: Page, row: int, column: str, text: str) -> None:
    place = page.locator(f"#row-{row}")
    place.locator("summary").click()
    place.get_by_label(column).fill(text)
    place.locator(".btn-primary").click()
    expect(page.locator(f"#row-{row} .mended")).to_be_visible()


def test_a_dirty_workbook_is_mended_imported_and_taken_back(site: Site, dirty: Path) -> None:
    page = site.enter("admin", "en")
    uploaded(site, page, dirty)
    expect(page.get_by_role("combobox", name="需求名称")).to_have_value("title")
    checked(site, page)
    expect(page.locator(".tiles .refused strong")).to_have_text("3")
    assert needs(site.settings) == set()
    mend(page, 4, "需求名称", "自动阀门")
    mend(page, 5, "投入预算", "5")
    expect(page.locator("#row-5")).to_be_focused()
    expect(page.locator("#bar")).to_contain_text("You corrected 2 rows")
    checked(site, page)
    expect(page.locator(".tiles .refused strong")).to_have_text("1")
    page.get_by_role("button", name="Import the other 3 rows").click()
    expect(page.locator("#progress")).to_contain_text("Import of Needs: 登记表.xlsx")
    work(site.settings)
    expect(page.locator(".outcome")).to_contain_text("3 new")
    assert needs(site.settings) == {"X1", "X2", "X3"}
    page.get_by_role("link", name="Undo this import").click()
    expect(page.locator(".fates")).to_contain_text("3 that it made will be deleted")
    page.get_by_role("button", name="Undo the import").click()
    expect(page.locator("#progress")).to_be_visible()
    work(site.settings)
    expect(page.get_by_role("heading", level=1)).to_have_text("The import was undone")
    assert needs(site.settings) == set()


def test_two_windows_import_once_and_the_way_back_leads_to_the_result(
    site: Site, dirty: Path
) -> None:
    page = site.enter("admin", "en")
    uploaded(site, page, dirty)
    checked(site, page)
    other = page.context.new_page()
    other.goto(page.url)
    for one in (page, other):
        one.get_by_role("button", name="Import the other").click()
        expect(one.locator("#progress")).to_be_visible()
    assert page.url == other.url
    other.go_back()
    assert other.url == page.url
    with open_platform(site.settings) as platform:
        found = list_jobs(platform, SYSTEM, kinds=[JobKind.IMPORT]).rows
        assert [one.arguments.get("dry_run", False) for one in found].count(False) == 1


def test_it_works_without_scripts(site: Site, dirty: Path) -> None:
    page = site.browser.new_context(java_script_enabled=False, locale="en-GB").new_page()
    site.sign_in(page, "admin")
    uploaded(site, page, dirty)
    page.locator("main .bar .btn-primary").click()
    work(site.settings)
    page.reload()
    row = page.locator("#row-4")
    row.locator("summary").click()
    row.get_by_label("需求名称").fill("自动阀门")
    row.locator(".btn-primary").click()
    assert page.url.endswith("/check#row-4")
    expect(page.locator("#row-4 .mended")).to_be_visible()
    page.locator("#bar .btn-primary").click()
    work(site.settings)
    page.reload()
    page.locator("#bar .btn-primary").click()
    work(site.settings)
    page.reload()
    expect(page.locator(".outcome")).to_be_visible()
    assert needs(site.settings) == {"X1", "X2"}


def test_a_file_that_is_too_large_isnt_sent(site: Site, dirty: Path) -> None:
    page = site.enter("admin", "en")
    page.goto(f"{site.address}/import")
    page.locator("form.upload").evaluate("each => { each.dataset.most = '10'; }")
    page.locator("#file").set_input_files(dirty)
    page.locator(".upload > .btn").click()
    expect(page.locator("[data-too-large]")).to_be_visible()
    assert page.url == f"{site.address}/import"


@pytest.fixture
def prepared(site: Site, dirty: Path) -> Page:
    """An admin who has a report before them."""
    page = site.enter("admin")
    uploaded(site, page, dirty)
    return page


def test_anybody_can_use_it(site: Site, prepared: Page, flawless: Callable[[Page], None]) -> None:
    columns = prepared.url
    for _ in everywhere(prepared):
        flawless(prepared)
    prepared.set_viewport_size({"width": 1440, "height": 900})
    checked(site, prepared)
    for _ in everywhere(prepared):
        prepared.locator(".mend").first.evaluate("each => { each.open = true; }")
        flawless(prepared)
    prepared.goto(f"{site.address}/import")
    for _ in everywhere(prepared):
        flawless(prepared)
    assert columns != prepared.url
