"""The page that documents the API: whole, for anybody, and nothing on it comes from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from matcher.web.app import create_app

VOID = {"meta", "link", "wbr", "br"}


class Page(HTMLParser):
    """What is on a page. Raises where an element ends that isn't open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [str(attrs[name]) for _, attrs in self.tags if name in attrs]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A stranger's; there is no platform at all."""
    return create_app().test_client()


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> Page:
    answer = client.get("/docs")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return Page(answer.text)


def test_it_is_well_formed_and_every_id_is_there_once(page: Page) -> None:
    assert page.open == []
    ids = page.all("id")
    assert len(ids) == len(set(ids))


def test_every_link_leads_somewhere(page: Page, client: FlaskClient) -> None:
    ids = set(page.all("id"))
    for link in page.all("href"):
        there = link[1:] in ids if link.startswith("#") else client.get(link).status_code == 200
        assert there, link


def test_every_operation_is_told_and_listed(page: Page, client: FlaskClient) -> None:
    spec = client.get("/openapi.json").get_json()
    told = {one["operationId"] for methods in spec["paths"].values() for one in methods.values()}
    assert told <= set(page.all("id"))
    assert {f"#{one}" for one in told} <= set(page.all("href"))


def test_it_needs_no_script_and_nothing_from_elsewhere(page: Page) -> None:
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "style", "img", "iframe", "form"}
    assert page.all("style") == []
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert all(link.startswith(("#", "/")) for link in page.all("href"))


def test_what_can_be_scrolled_can_be_reached_by_keyboard(page: Page) -> None:
    boxes = [attrs for tag, attrs in page.tags if tag == "pre"]
    assert boxes
    assert all(attrs["tabindex"] == "0" and attrs["aria-label"] for attrs in boxes)
    [skip] = [attrs for _, attrs in page.tags if attrs.get("class") == "skip"]
    assert skip["href"] == "#main"


def test_its_style_comes_from_here(client: FlaskClient) -> None:
    answer = client.get("/docs.css")
    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert not re.search(r"url\(|@import|&#", answer.text)


@pytest.mark.parametrize("path", ["/docs", "/docs.css"])
def test_what_a_browser_has_is_not_sent_again(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
