"""The page Find without a browser: what a reader gets, and what a script gets while they type."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Noun, Role, Visibility
from matcher.settings import Settings
from tests.platforms import outcome, put
from tests.web.people import signed_in

TYPING = {"HX-Request": "true", "HX-Trigger": "q", "HX-Current-URL": "http://localhost/find"}


@pytest.fixture
def reader(stranger: FlaskClient, person: Callable[..., str]) -> Callable[..., FlaskClient]:
    """The browser of somebody in a role."""

    def entered(role: Role = Role.ENTERPRISE, language: Language = Language.EN) -> FlaskClient:
        return signed_in(stranger, person("lin", role, node="n1", language=language))

    return entered


def fill(settings: Settings, *found: object) -> None:
    with open_platform(settings) as platform:
        put(platform, Noun.OUTCOME, *found)  # type: ignore[arg-type]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def stable(html: str) -> str:
    """The page without tokens of forms, and without scores, which learn a little from all texts."""
    return re.sub(r'"[^"]{40,}"|[+-]?\d\.\d\d|value="\d+"', "", html)


def titles(html: str) -> list[str]:
    return [words(title) for title in re.findall(r"<a [^>]*data-result>(.*?)</a>", html)]


def test_chinese_words_find_english_listings_and_the_other_way_round(
    reader: Callable[..., FlaskClient],
) -> None:
    client = reader()
    assert "Lithium battery recycling" in titles(client.get("/find?q=锂电池回收").text)
    text = client.get("/find?q=graphene+coating").text
    assert titles(text)[0] == "石墨烯 耐磨涂层"
    assert re.search(r'<mark class="term" data-term="\d">石墨烯</mark>', text)
    assert "graphene ↔ 石墨烯" in words(text)


def test_a_script_gets_what_was_found_and_the_address_of_it(
    reader: Callable[..., FlaskClient],
) -> None:
    client = reader()
    first = client.get("/find?q=gr", headers=TYPING)
    assert first.text.startswith("<!doctype") is False
    assert first.headers["HX-Push-Url"] == "/find?q=gr"
    typed = {**TYPING, "HX-Current-URL": "http://localhost/find?q=gr"}
    assert client.get("/find?q=grap", headers=typed).headers["HX-Replace-Url"] == "/find?q=grap"
    other = client.get("/find?q=lithium", headers=typed)
    assert other.headers["HX-Push-Url"] == "/find?q=lithium"
    restored = client.get("/find?q=gr", headers={**TYPING, "HX-History-Restore-Request": "true"})
    assert restored.text.startswith("<!doctype html>")


def test_one_letter_and_nothing_at_all_show_the_newest(
    reader: Callable[..., FlaskClient],
) -> None:
    client = reader()
    assert "5 in all" in client.get("/find").text
    assert "5 in all" in client.get("/find?q=g").text
    assert "found" in client.get("/find?q=钢").text.lower()


def test_filters_are_facets_chips_and_hidden_fields(
    reader: Callable[..., FlaskClient], standard_settings: Settings
) -> None:
    fill(standard_settings, outcome("o9", "Graphene film", "Graphene.", region="330100", trl=7))
    text = reader().get("/find?q=graphene&region=330000").text
    assert titles(text) == ["Graphene film"]
    assert '<input type="hidden" name="region" value="330000" form="search">' in text
    assert 'id="chip-region" href="/find?q=graphene"' in text
    assert 'id="region-330100" href="/find?q=graphene&amp;region=330100"' in text


def test_where_nothing_passes_the_nearest_are_shown_and_what_was_left_aside(
    reader: Callable[..., FlaskClient], standard_settings: Settings
) -> None:
    fill(standard_settings, outcome("o9", "Graphene film", "Graphene.", region="330100", trl=7))
    text = reader().get("/find?q=graphene&region=330000&trl_min=9").text
    assert "Nothing passes all that you chose Below, left aside: TRL ≥ 9" in words(text)
    assert titles(text) == ["Graphene film"]


def test_words_that_nobody_knows_are_told(reader: Callable[..., FlaskClient]) -> None:
    client = reader()
    assert "Nothing found" in words(client.get("/find?q=qwertyzx").text)
    text = words(client.get("/find?q=石墨烯+qwertyzx").text)
    assert "石墨烯 ✓ understood" in text
    assert "qwertyzx ? not found" in text


def test_more_comes_page_by_page_without_a_result_twice(
    reader: Callable[..., FlaskClient], standard_settings: Settings
) -> None:
    fill(
        standard_settings,
        *(outcome(f"g{n:02}", f"Graphene film {n}", "Graphene film.") for n in range(23)),
    )
    client, found, address = reader(), [], "/find?q=graphene film"
    while address:
        text = client.get(address, headers={"HX-Request": "true"} if found else {}).text
        found += titles(text)
        more = re.search(r'hx-get="([^"]*cursor=[^"]*)"', text)
        address = more[1].replace("&amp;", "&") if more else ""
    assert len(found) == len(set(found)) >= 23


@pytest.mark.parametrize(
    ("role", "offered"),
    [(Role.ENTERPRISE, False), (Role.HOLDER, True), (Role.MANAGER, True), (Role.ADMIN, True)],
)
def test_needs_are_offered_to_those_who_look_for_them(
    reader: Callable[..., FlaskClient], role: Role, offered: bool
) -> None:
    client = reader(role)
    assert ("noun=need" in client.get("/find").text) is offered
    answer = client.get("/find?q=coating&noun=need")
    assert answer.status_code == (200 if offered else 404)
    assert ("Graphene coating wanted" in words(answer.text)) is offered


def test_what_is_hidden_is_in_no_result_no_count_and_no_interpretation(
    reader: Callable[..., FlaskClient], standard_settings: Settings
) -> None:
    client = reader()
    before = [client.get(f"/find?q={q}").text for q in ("zq9zephyr", "graphene")]
    secret = {"visibility": Visibility.NAMED, "owner": "x", "region": "540000"}
    fill(standard_settings, outcome("s1", "zq9zephyr", "zq9zephyr graphene", **secret))
    after = [client.get(f"/find?q={q}").text for q in ("zq9zephyr", "graphene")]
    assert [stable(text) for text in after] == [stable(text) for text in before]


@pytest.mark.parametrize("query", ["trl_min=99", "mode=x", "noun=manager", "cursor=abc"])
def test_an_address_that_makes_no_sense_is_told_in_words(
    reader: Callable[..., FlaskClient], query: str
) -> None:
    answer = reader().get(f"/find?q=graphene&{query}")
    assert answer.status_code == 422
    assert "Traceback" not in answer.text


def test_html_in_a_query_or_a_title_stays_text(
    reader: Callable[..., FlaskClient], standard_settings: Settings
) -> None:
    fill(standard_settings, outcome("h1", "<script>alert(1)</script> graphene", "<b>graphene</b>"))
    text = reader().get("/find?q=graphene+<script>alert(2)</script>").text
    assert "<script>alert" not in text
    assert "<b>" not in text
