"""The stops of the tour: for each role some, in both languages, on pages it may open."""

from __future__ import annotations

from flask import Flask

from matcher.domain.enums import Role
from matcher.web.nav import PLACES
from matcher.web.tour import STOPS, stops_for


def test_every_role_is_shown_something() -> None:
    for role in Role:
        assert 2 <= len(stops_for([role])) <= 5


def test_every_stop_is_a_page_of_its_roles_and_said_in_both_languages(app: Flask) -> None:
    open_to = {place.endpoint: set(place.roles) for place in PLACES}
    for stop in STOPS:
        assert f"page.{stop.endpoint}" in app.view_functions
        assert set(stop.roles) <= open_to[stop.endpoint]
        assert stop.titles[0] != stop.titles[1]
        assert stop.texts[0] != stop.texts[1]
