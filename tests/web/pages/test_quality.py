"""The page of figures without a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from matcher.actions.platform import Platform
from matcher.domain.enums import Language, Noun, Role
from matcher.store import records
from tests.platforms import need, outcome, put
from tests.web.people import csrf_of, signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def chief(stranger: FlaskClient, person: Callable[..., str]) -> FlaskClient:
    """The browser of an admin of the root."""
    return signed_in(stranger, person("chief", Role.ADMIN, node="n1", language=Language.EN))


def test_each_plot_says_what_it_shows_or_that_nothing_is_known(chief: FlaskClient) -> None:
    text = chief.get("/quality?days=30").text
    assert "There are no follow-ups yet, and so no funnel" in text
    assert "Nobody has looked at a list since" in text
    assert "None of 2 managers has looked at a list yet" in text
    assert "of acceptance" not in text
    assert "requests since the start" in text
    assert text.count("<h2") >= 7
    whole = chief.get("/quality/drift").text
    assert '<link rel="stylesheet"' in whole
    drift = chief.get("/quality/drift", headers=HTMX).text
    assert "<html" not in drift
    assert "0 outcomes came since the training; 30 more are needed" in drift


def test_a_stale_listing_is_said_to_be_still_so(chief: FlaskClient, platform: Platform) -> None:
    old = outcome("old", "<b>Old</b>", "x", updated_at=date(2020, 1, 1))
    put(platform, Noun.OUTCOME, old)
    page = chief.get("/quality").text
    assert "&lt;b&gt;Old&lt;/b&gt;" in page
    data = {"csrf_token": csrf_of(chief), "version": "1"}
    path = "/quality/listings/outcome/old/confirm"
    told = chief.post(path, data=data)
    assert told.status_code == 303
    after = chief.get(told.location).text
    assert "Old" not in after
    assert "Confirmed as still valid" in after
    assert chief.post(path, data=data).status_code == 409
    assert chief.post("/quality/listings/manager/m1/confirm", data=data).status_code == 404
    with platform.database.reading() as session:
        assert records.get(session, Noun.OUTCOME, "old").version == 2  # type: ignore[union-attr]


def test_needs_that_nothing_goes_with_are_listed(chief: FlaskClient, platform: Platform) -> None:
    put(platform, Noun.NEED, need("w9", "Xylophone", "A xylophone tuner is sought."))
    assert '<link rel="stylesheet"' in chief.get("/quality/needs").text
    text = chief.get("/quality/needs", headers=HTMX).text
    assert (
        "Of 4 valid needs that nobody took up, 1 to 4 were looked at; 1 have no good match" in text
    )
    assert "Xylophone" in text
    assert "Graphene" not in text


def test_an_admin_of_a_part_sees_their_part(
    stranger: FlaskClient, person: Callable[..., str]
) -> None:
    client = signed_in(stranger, person("east", Role.ADMIN, node="n2", language=Language.EN))
    text = client.get("/quality").text
    assert "None of 0 managers" in text
    assert "requests since the start" not in text
    assert "0 outcomes came" in client.get("/quality/drift").text
