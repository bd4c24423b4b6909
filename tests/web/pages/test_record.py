"""The pages of one record."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from matcher.bootstrap import open_platform
from matcher.domain.enums import Language, Noun, Role, Visibility
from matcher.domain.organisation import Organisation
from matcher.settings import Settings
from tests.platforms import need, outcome, put
from tests.web.people import signed_in, token_in

Reader = Callable[..., FlaskClient]


@pytest.fixture
def reader(stranger: FlaskClient, person: Callable[..., str]) -> Reader:
    """The browser of somebody in a role."""

    def entered(role: Role, **more: str) -> FlaskClient:
        return signed_in(stranger, person("lin", role, node="n1", language=Language.EN, **more))

    return entered


def fill(settings: Settings, noun: Noun, *found: object) -> None:
    with open_platform(settings) as platform:
        put(platform, noun, *found)  # type: ignore[arg-type]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_outcome_says_all_with_the_other_language_folded(
    reader: Reader, standard_settings: Settings
) -> None:
    whole = outcome(
        "C-1/2 x",
        "石墨烯涂层",
        "摩擦系数低。",
        title_en="Graphene coating",
        summary_en="Low friction.",
        trl=7,
        field="04",
    )
    fill(standard_settings, Noun.OUTCOME, whole)
    client = reader(Role.ENTERPRISE)
    text = client.get("/outcomes/C-1/2%20x").text
    assert '<h1 lang="en" dir="auto">Graphene coating</h1>' in text
    shown, folded = text.split('<details class="folded">')
    assert "Low friction." in shown
    assert "摩擦系数低。" in folded.split("</details>")[0]
    assert "TRL 7" in text
    assert "New Materials" in text


def test_a_need_has_outcomes_people_and_its_like_beside_it(
    reader: Reader, standard_settings: Settings
) -> None:
    fill(standard_settings, Noun.NEED, need("w8", "Graphene", "Graphene coating for bearings."))
    text = words(reader(Role.MANAGER, manager="m1").get("/needs/w1").text)
    assert "Similar ones Graphene" in text
    assert "Outcomes that fit best 石墨烯 耐磨涂层" in text
    assert "Who could carry this" in text
    assert "Express interest" not in text


@pytest.mark.parametrize(
    ("role", "needs", "interest"),
    [
        (Role.ENTERPRISE, False, True),
        (Role.HOLDER, True, False),
        (Role.MANAGER, True, False),
        (Role.ADMIN, True, True),
    ],
)
def test_each_role_is_offered_what_is_for_it(
    reader: Reader, role: Role, needs: bool, interest: bool
) -> None:
    text = reader(role).get("/outcomes/o1").text
    assert ("Needs it fits best" in text) is needs
    assert ("Express interest" in text) is interest


@pytest.mark.parametrize(
    "path", ["/outcomes/o404", "/needs/w404", "/needs/secret", "/outcomes/%00"]
)
def test_what_isnt_there_and_what_is_hidden_are_the_same(
    reader: Reader, standard_settings: Settings, path: str
) -> None:
    hidden = need("secret", "zq9zephyr", visibility=Visibility.NAMED, owner="x")
    fill(standard_settings, Noun.NEED, hidden)
    answer = reader(Role.ENTERPRISE).get(path)
    assert answer.status_code == 404
    assert "zq9zephyr" not in answer.text
    assert "There is nothing here, or not for you to see" in answer.text


def test_an_interest_is_said_once_however_often_it_is_sent(
    reader: Reader, person: Callable[..., str]
) -> None:
    person("qin", Role.MANAGER, node="n1", manager="m1")
    client = reader(Role.ENTERPRISE)
    page = client.get("/outcomes/o1")
    form = {"csrf_token": token_in(page), "outcome": "o1", "text": "How thick? <b>"}
    for _ in range(2):
        answer = client.post("/interests", data=form)
        assert answer.headers["Location"] == "/outcomes/o1#interest"
    part = client.post("/interests", data=form, headers={"HX-Request": "true"})
    assert "Put to a technology manager." in part.text
    again = words(client.get("/outcomes/o1").text)
    assert "Your interest waiting for an answer" in again
    assert "Because:" in again
    assert "Express interest" not in again
    assert client.get("/interests").text.count('class="interest-row') == 1


def test_a_need_of_ones_own_is_offered_and_a_foreign_one_refused(
    reader: Reader, standard_settings: Settings
) -> None:
    fill(standard_settings, Noun.ORGANISATION, Organisation(id="U7", name="东方机床"))
    client = reader(Role.ENTERPRISE, organisation="U7")
    fill(standard_settings, Noun.NEED, need("own", "导轨涂层", "石墨烯涂层", organisation="U7"))
    page = client.get("/outcomes/o1")
    assert '<option value="own">导轨涂层</option>' in page.text
    assert 'value="w1"' not in page.text
    form = {"csrf_token": token_in(page), "outcome": "o1", "need": "w1"}
    assert client.post("/interests", data=form).status_code == 403


def test_html_in_every_field_stays_text(reader: Reader, standard_settings: Settings) -> None:
    bad = "<img src=x onerror=alert(1)>"
    fields = ("form", "originality", "ipr_status", "reg_no", "source", "advantages", "holder")
    fill(
        standard_settings,
        Noun.OUTCOME,
        outcome("bad", bad, bad, keywords=(bad,), inventors=(bad,), **dict.fromkeys(fields, bad)),
    )
    client = reader(Role.ENTERPRISE)
    assert "<img" not in client.get("/outcomes/bad").text
    assert "<img" not in client.get("/compare?id=bad&id=o1").text
